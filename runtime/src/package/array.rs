//! Arrays of JavaScript.
//!
//! The imports are our own: with those of js-sys, the compiler would read all of js-sys for every package.

use wasm_bindgen::prelude::*;

use super::JsCast;

#[wasm_bindgen]
extern "C" {
    /// An `Array`.
    #[derive(Clone)]
    pub(crate) type Array;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Array;

    #[wasm_bindgen(static_method_of = Array)]
    fn from(list: &JsValue) -> Array;

    #[wasm_bindgen(static_method_of = Array, js_name = of)]
    pub(crate) fn of_one(value: &JsValue) -> Array;

    #[wasm_bindgen(static_method_of = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> bool;

    #[wasm_bindgen(js_namespace = ArrayBuffer, js_name = isView)]
    fn is_view(value: &JsValue) -> bool;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn length(this: &Array) -> u32;

    /// An element, or what its getter throws.
    #[wasm_bindgen(method, structural, indexing_getter, catch)]
    pub(crate) fn get(this: &Array, index: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    pub(crate) fn push(this: &Array, value: &JsValue) -> u32;
}

impl Array {
    /// The value, if it is one.
    pub(crate) fn of(value: &JsValue) -> Option<Self> {
        Self::is_array(value).then(|| value.clone().unchecked_into())
    }

    /// The value if it is an `Array`, or the elements of a typed array. A string is not a list, although JavaScript
    /// could split it.
    pub(crate) fn of_list(value: &JsValue) -> Option<Self> {
        Self::of(value).or_else(|| is_view(value).then(|| Self::from(value)))
    }
}
