//! Arrays of JavaScript, through the object table.

use super::JsValue;
use crate::{JsObject, js};

/// An `Array`.
pub(crate) struct Array(JsValue);

impl Array {
    pub(crate) fn new() -> Self {
        Array(JsObject::new_array().into())
    }

    /// The value, if it is one.
    pub(crate) fn of(value: &JsValue) -> Option<Self> {
        value.as_object().is_array().then(|| Array(value.clone()))
    }

    /// The value if it is an `Array`, or the elements of a typed array.
    pub(crate) fn of_list(value: &JsValue) -> Option<Self> {
        let index = js::object_list(value.index());
        (index >= 0).then(|| Array(JsValue::from_new(index)))
    }

    pub(crate) fn length(&self) -> u32 {
        let length = self.0.as_object().get("length").ok().and_then(|length| length.as_f64());
        length.unwrap_or(0.0) as u32
    }

    /// An element, or what its getter throws.
    pub(crate) fn get(&self, index: u32) -> Result<JsValue, JsValue> {
        self.0.as_object().get_index(index).map(JsValue::from).map_err(JsValue::from)
    }

    pub(crate) fn push(&self, value: &JsValue) {
        // A new Array has no setter that could throw.
        let _ = self.0.as_object().set_index(self.length(), value.as_object());
    }
}

impl From<Array> for JsValue {
    fn from(array: Array) -> Self {
        array.0
    }
}
