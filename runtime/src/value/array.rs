//! Arrays of JavaScript.

use crate::JsValue;

/// An `Array`.
pub(super) struct Array(Inner);

#[cfg(not(feature = "plugin"))]
type Inner = js_sys::Array;
#[cfg(feature = "plugin")]
type Inner = JsValue;

#[cfg(not(feature = "plugin"))]
impl Array {
    pub(super) fn new() -> Self {
        Array(js_sys::Array::new())
    }

    /// The value, if it is one.
    pub(super) fn of(value: &JsValue) -> Option<Self> {
        use crate::JsCast;
        value.dyn_ref::<js_sys::Array>().cloned().map(Array)
    }

    /// The value, or the elements of one that is a typed array; strings, which JavaScript would take apart too, are none.
    pub(super) fn of_list(value: &JsValue) -> Option<Self> {
        let typed = || js_sys::ArrayBuffer::is_view(value).then(|| Array(js_sys::Array::from(value)));
        Self::of(value).or_else(typed)
    }

    pub(super) fn length(&self) -> u32 {
        self.0.length()
    }

    /// An element, or what a getter has thrown.
    pub(super) fn get(&self, index: u32) -> Result<JsValue, JsValue> {
        js_sys::Reflect::get_u32(&self.0, index)
    }

    pub(super) fn push(&self, value: &JsValue) {
        self.0.push(value);
    }
}

#[cfg(feature = "plugin")]
impl Array {
    pub(super) fn new() -> Self {
        Array(crate::JsObject::new_array().into())
    }

    /// The value, if it is one.
    pub(super) fn of(value: &JsValue) -> Option<Self> {
        value.as_object().is_array().then(|| Array(value.clone()))
    }

    /// The value, or a typed array's elements.
    pub(super) fn of_list(value: &JsValue) -> Option<Self> {
        let index = crate::js::object_list(value.index());
        (index >= 0).then(|| Array(JsValue::from_new(index)))
    }

    pub(super) fn length(&self) -> u32 {
        let length = self.0.as_object().get("length").ok().and_then(|length| length.as_f64());
        length.unwrap_or(0.0) as u32
    }

    /// An element, or what a getter has thrown.
    pub(super) fn get(&self, index: u32) -> Result<JsValue, JsValue> {
        self.0.as_object().get_index(index).map(JsValue::from).map_err(JsValue::from)
    }

    pub(super) fn push(&self, value: &JsValue) {
        // A fresh Array has no setter that could throw.
        let _ = self.0.as_object().set_index(self.length(), value.as_object());
    }
}

impl From<Array> for JsValue {
    #[cfg_attr(feature = "plugin", allow(clippy::useless_conversion))]
    fn from(array: Array) -> Self {
        array.0.into()
    }
}
