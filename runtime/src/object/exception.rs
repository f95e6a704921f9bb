//! Exceptions of JavaScript.

use super::JsObject;
use crate::js;

/// An exception of JavaScript: the value that was thrown. If an exported function returns it as its error, the same
/// value is thrown again.
#[derive(Clone, Debug)]
pub struct Exception(JsObject);

impl Exception {
    /// The value that was thrown. O(1).
    #[must_use]
    pub fn value(&self) -> &JsObject {
        &self.0
    }

    /// The value that was thrown. O(1).
    #[must_use]
    pub fn into_value(self) -> JsObject {
        self.0
    }

    /// Reads a status of `runtime/js/operations.js`: an index, or the complement of the index of what was thrown.
    pub(crate) fn check(status: i32) -> Result<i32, Exception> {
        if status >= 0 { Ok(status) } else { Err(Exception(JsObject::from_new(!status))) }
    }

    /// The exception at an index that JavaScript has just made.
    pub(crate) fn from_new(index: i32) -> Self {
        Exception(JsObject::from_new(index))
    }
}

impl From<JsObject> for Exception {
    fn from(value: JsObject) -> Self {
        Exception(value)
    }
}

impl From<Exception> for JsObject {
    fn from(exception: Exception) -> Self {
        exception.0
    }
}

impl core::fmt::Display for Exception {
    /// Like `String(value)`: for an `Error`, its name and message.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&crate::text::string(js::object_display(self.0.index())))
    }
}

impl core::error::Error for Exception {}
