//! Arrays of JavaScript, through js-sys.

use wasm_bindgen::{JsCast, JsValue};

/// An `Array`.
pub(crate) struct Array(js_sys::Array);

impl Array {
    pub(crate) fn new() -> Self {
        Array(js_sys::Array::new())
    }

    /// The value, if it is one.
    pub(crate) fn of(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<js_sys::Array>().cloned().map(Array)
    }

    /// The value if it is an `Array`, or the elements of a typed array. A string is not a list, although JavaScript
    /// could split it.
    pub(crate) fn of_list(value: &JsValue) -> Option<Self> {
        let typed = || js_sys::ArrayBuffer::is_view(value).then(|| Array(js_sys::Array::from(value)));
        Self::of(value).or_else(typed)
    }

    pub(crate) fn length(&self) -> u32 {
        self.0.length()
    }

    /// An element, or what its getter throws.
    pub(crate) fn get(&self, index: u32) -> Result<JsValue, JsValue> {
        js_sys::Reflect::get_u32(&self.0, index)
    }

    pub(crate) fn push(&self, value: &JsValue) {
        self.0.push(value);
    }
}

impl From<Array> for JsValue {
    fn from(array: Array) -> Self {
        array.0.into()
    }
}
