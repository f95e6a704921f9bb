//! wasm-bindgen's `JsValue`, and its conversions to and from values of the object table.

pub(crate) use wasm_bindgen::JsCast;
pub use wasm_bindgen::JsValue;

use super::js;
use crate::object::{JsObject, JsRef};

impl From<JsObject> for JsValue {
    fn from(object: JsObject) -> Self {
        object.to_js_value()
    }
}

impl From<&JsRef<'_>> for JsValue {
    fn from(object: &JsRef<'_>) -> Self {
        object.to_js_value()
    }
}

impl From<&JsValue> for JsObject {
    fn from(value: &JsValue) -> Self {
        JsObject::from_new(js::object_of_value(value))
    }
}

impl From<JsValue> for JsObject {
    fn from(value: JsValue) -> Self {
        JsObject::from(&value)
    }
}
