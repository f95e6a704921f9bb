//! The error of a `Result` as an exception.

use core::cell::Cell;
use core::error::Error;
use std::borrow::Cow;

use crate::JsValue;

use crate::buffer::OutOfMemory;
use crate::fault::{Fault, Refusal};
use crate::js;

/// Records the value that the JavaScript shim throws after the call. No destructor is pending then.
#[cold]
pub fn thrown(error: JsValue) -> Refusal {
    js::fail(&error);
    Refusal { fault: Fault::Thrown, argument: 0, handle: 0 }
}

/// An error that is to be thrown. Autoref specialization finds the trait that converts it.
pub struct Caught<E>(Cell<Option<E>>);

impl<E> Caught<E> {
    /// Wraps the error.
    pub fn new(error: E) -> Self {
        Caught(Cell::new(Some(error)))
    }
}

/// A text: thrown as an `Error` with that message, which has a stack.
pub trait ThrowText {
    #[doc(hidden)]
    fn __lend_throw(self) -> JsValue;
}

impl<E: Text> ThrowText for &&&&Caught<E> {
    #[cold]
    fn __lend_throw(self) -> JsValue {
        self.0.take().map_or(JsValue::UNDEFINED, |text| js::make_error(text.as_ref(), &JsValue::UNDEFINED))
    }
}

/// The text types.
#[doc(hidden)]
pub trait Text: AsRef<str> {}

impl Text for String {}
impl Text for &str {}
impl Text for Box<str> {}
impl Text for Cow<'_, str> {}

/// An error that is a JavaScript value or contains one: thrown as it is.
pub trait ThrowValue {
    #[doc(hidden)]
    fn __lend_throw(self) -> JsValue;
}

impl<E: Into<JsValue>> ThrowValue for &&&Caught<E> {
    #[cold]
    fn __lend_throw(self) -> JsValue {
        self.0.take().map_or(JsValue::UNDEFINED, Into::into)
    }
}

/// A Rust error: thrown as an `Error` with its message. Its sources are the chain of `cause`s.
pub trait ThrowError {
    #[doc(hidden)]
    fn __lend_throw(self) -> JsValue;
}

impl<E: Into<Box<dyn Error>>> ThrowError for &&Caught<E> {
    #[cold]
    fn __lend_throw(self) -> JsValue {
        self.0.take().map_or(JsValue::UNDEFINED, |error| error_with_causes(&*error.into()))
    }
}

/// No other trait fits: a compile error.
pub trait ThrowNothing<E> {
    #[doc(hidden)]
    fn __lend_throw(self) -> JsValue
    where
        E: Throw;
}

impl<E> ThrowNothing<E> for &Caught<E> {
    fn __lend_throw(self) -> JsValue
    where
        E: Throw,
    {
        JsValue::UNDEFINED
    }
}

/// A type that can be the error of a `Result`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be thrown",
    label = "the error of an exported function's `Result` is not an error",
    note = "implement `std::error::Error` for it, or `From<{Self}> for JsValue`; or map it: `.map_err(|error| error.to_string())`"
)]
pub trait Throw {}

fn error_with_causes(error: &(dyn Error + 'static)) -> JsValue {
    if error.is::<OutOfMemory>() {
        return js::out_of_memory(&error.to_string());
    }
    let cause = error.source().map_or(JsValue::UNDEFINED, error_with_causes);
    js::make_error(&error.to_string(), &cause)
}
