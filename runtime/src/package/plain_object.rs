//! Plain objects of JavaScript.
//!
//! The imports are our own: with those of js-sys, the compiler would read all of js-sys for every package.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Object)]
    pub(crate) type PlainObject;

    #[wasm_bindgen(constructor, js_class = Object)]
    pub(crate) fn new() -> PlainObject;

    // It throws for a Proxy that is revoked.
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect, js_name = get, catch)]
    fn reflect_get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn reflect_set(object: &PlainObject, name: &str, value: &JsValue) -> bool;
}

impl PlainObject {
    /// True for an object that is neither an `Array` nor a function.
    pub(crate) fn is(value: &JsValue) -> bool {
        value.is_object() && matches!(is_array(value), Ok(false))
    }

    /// A property, or what its getter throws.
    pub(crate) fn get(value: &JsValue, name: &str) -> Result<JsValue, JsValue> {
        reflect_get(value, name)
    }

    /// Sets a property. The object is new, so it has no setter that could throw.
    pub(crate) fn set(&self, name: &str, value: &JsValue) {
        reflect_set(self, name, value);
    }
}
