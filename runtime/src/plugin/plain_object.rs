//! Plain objects of JavaScript, through the object table.

use super::JsValue;
use crate::{JsObject, JsType};

/// A plain object.
pub(crate) struct PlainObject(JsObject);

impl PlainObject {
    pub(crate) fn new() -> Self {
        PlainObject(JsObject::new_object())
    }

    /// True for an object that is neither an `Array` nor a function.
    pub(crate) fn is(value: &JsValue) -> bool {
        value.as_object().type_of() == JsType::Object && !value.as_object().is_array()
    }

    /// A property, or what its getter throws.
    pub(crate) fn get(value: &JsValue, name: &str) -> Result<JsValue, JsValue> {
        value.as_object().get(name).map(JsValue::from).map_err(JsValue::from)
    }

    /// Sets a property. The object is new, so it has no setter that could throw.
    pub(crate) fn set(&self, name: &str, value: &JsValue) {
        let _ = self.0.set(name, value.as_object());
    }
}

impl From<PlainObject> for JsValue {
    fn from(object: PlainObject) -> Self {
        object.0.into()
    }
}
