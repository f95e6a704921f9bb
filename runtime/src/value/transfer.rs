//! Values on their way into and out of a shim.

use core::cell::Cell;

use crate::JsValue;
use crate::backend::JsCast;

use super::ConversionError;
use crate::fault::{Fault, RESULT, Refusal};
use crate::js;
use crate::kept::{Kept, try_push};

/// The value at a place, among those that JavaScript passes to this call.
///
/// A shim takes all of them before it does anything else, so that no other call finds them there.
#[inline]
pub fn take_value(place: u32) -> JsValue {
    js::take_value(place)
}

thread_local! {
    /// Conversion errors that JavaScript has not fetched yet, by number. There may be several, because a `Drop` can
    /// make other calls before the error is thrown.
    static REFUSED: Kept<Vec<Option<ConversionError>>> = const { Kept::new(Vec::new()) };
    /// The function that tells JavaScript the error at a place. The first error sets it, so that only a package in which
    /// a conversion can fail has the words.
    static EXPLAIN: Cell<Option<fn(u32)>> = const { Cell::new(None) };
}

/// Tells JavaScript the error at a place, counted from 1, and forgets it.
pub(crate) fn explain_conversion_error(place: u32) {
    if let Some(explain) = EXPLAIN.get() {
        explain(place);
    }
}

fn explain(place: u32) {
    if let Some(error) = take_conversion_error(place) {
        js::explain(&error.to_string(), error.code(), error.cause());
    }
}

fn with_refused<R>(f: impl FnOnce(&mut Vec<Option<ConversionError>>) -> R) -> R {
    REFUSED.with(|refused| refused.with(f))
}

/// Takes the error at a place, counted from 1.
fn take_conversion_error(place: u32) -> Option<ConversionError> {
    with_refused(|refused| {
        let error = refused.get_mut((place as usize).checked_sub(1)?)?.take();
        if refused.iter().all(Option::is_none) {
            // The list has no destructor, so its memory is released here.
            *refused = Vec::new();
        }
        error
    })
}

/// Keeps an error. Returns its place, counted from 1, or `None` if there is no memory.
fn keep_conversion_error(error: ConversionError) -> Option<u32> {
    EXPLAIN.set(Some(explain));
    with_refused(|refused| {
        if let Some((index, free)) = refused.iter_mut().enumerate().find(|(_, place)| place.is_none()) {
            *free = Some(error);
            return Some(index as u32 + 1);
        }
        try_push(refused, Some(error))?;
        Some(refused.len() as u32)
    })
}

/// Refuses an argument that could not be converted.
///
/// # Errors
///
/// `Conversion` if `result` is an error.
#[inline]
pub fn converted<T, E: Refusing>(result: Result<T, E>, argument: u32) -> Result<T, Refusal> {
    result.map_err(|error| error.refusal(argument))
}

/// An error that refuses an argument.
pub trait Refusing {
    #[doc(hidden)]
    fn refusal(self, argument: u32) -> Refusal;
}

impl Refusing for ConversionError {
    #[cold]
    fn refusal(self, argument: u32) -> Refusal {
        refusal(self, argument)
    }
}

impl Refusing for Refusal {
    fn refusal(self, _: u32) -> Refusal {
        self
    }
}

#[cold]
pub(crate) fn refusal(error: ConversionError, argument: u32) -> Refusal {
    match keep_conversion_error(error) {
        Some(handle) => Refusal { fault: Fault::Conversion, argument, handle },
        None => Refusal { fault: Fault::OutOfMemory, argument, handle: 0 },
    }
}

/// Gives the result to the JavaScript shim, which takes it right after the call.
///
/// # Errors
///
/// `Conversion` if it could not be converted.
#[inline]
pub fn give(result: Result<JsValue, ConversionError>) -> Result<(), Refusal> {
    let value = result.map_err(|error| refusal(error, RESULT))?;
    js::give_value(&value);
    Ok(())
}

/// True if the argument is absent, so that its `default` is used.
#[inline]
pub fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// A class of JavaScript that a function can take by reference.
#[diagnostic::on_unimplemented(
    message = "an exported function cannot borrow this `{Self}`",
    label = "no exported struct, no class of js-sys or web-sys, and no slice that is written as one",
    note = "put `#[export]` on a struct of yours to make it a class of JavaScript; an exported enum is taken by value",
    note = "for data take `&[T]`, `&str` or a `Buffer<T>`; the macro does not see what an alias stands for"
)]
pub trait Reference: JsCast {}

impl<T: JsCast> Reference for T {}

/// The value as a reference to its class. O(1).
///
/// # Errors
///
/// If it is an instance of another class.
pub fn reference<T: Reference>(value: &JsValue) -> Result<&T, ConversionError> {
    if let Some(instance) = value.dyn_ref() {
        return Ok(instance);
    }
    if is_duck::<T>(value) {
        return Ok(value.unchecked_ref());
    }
    Err(ConversionError::expected(&instance_of::<T>(), value))
}

/// True if JavaScript has no class of this name: the type was imported for its methods alone, and only they can say what
/// is one. wasm-bindgen takes any value for such a type.
#[cold]
fn is_duck<T>(value: &JsValue) -> bool {
    let path = core::any::type_name::<T>();
    // Those of js-sys and web-sys are classes, in hosts that have them.
    let is_of_user = !path.starts_with("js_sys::") && !path.starts_with("web_sys::");
    is_of_user && !is_absent(value) && !js::is_class(name_of::<T>())
}

/// The value as its class.
///
/// # Errors
///
/// If it is an instance of another class.
pub(crate) fn instance<T: JsCast>(value: JsValue) -> Result<T, ConversionError> {
    match value.dyn_into() {
        Ok(instance) => Ok(instance),
        Err(value) if is_duck::<T>(&value) => Ok(value.unchecked_into()),
        Err(value) => Err(ConversionError::expected(&instance_of::<T>(), &value)),
    }
}

/// `an instance of Date`, made from Rust's name of the type.
pub(crate) fn instance_of<T>() -> String {
    format!("an instance of {}", name_of::<T>())
}

/// The name of a type, without its path, its parameters, and an `Option` around it.
pub(crate) fn name_of<T>() -> &'static str {
    let path = core::any::type_name::<T>();
    let path = path.strip_prefix("core::option::Option<").unwrap_or(path);
    let path = path.split(['<', '>']).next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path)
}
