//! Rust iterators for `for … of`.

use crate::JsValue;
use crate::closure::export_closure_mut;
use crate::js;
use crate::ts::Ts;
use crate::value::{ConversionError, IntoJs};

/// An iterator that an exported function returns. In JavaScript it is an iterable iterator.
///
/// Each step is one call into Rust. The iterator is dropped at its end, when a loop is left early, by `free()`, or
/// when the object is garbage collected. An item is any type that implements [`IntoJs`].
///
/// ```no_run
/// use wasm_lend::{Iter, export};
///
/// /// `for (const prime of primes(100)) …`
/// #[export]
/// pub fn primes(below: u32) -> Iter<u32> {
///     Iter::new((2..below).filter(|n| (2..*n).all(|d| n % d != 0)))
/// }
/// ```
pub struct Iter<T>(Box<dyn Iterator<Item = T>>);

impl<T> Iter<T> {
    /// Makes it from any iterator that borrows nothing.
    pub fn new(iterator: impl IntoIterator<Item = T, IntoIter: 'static>) -> Self {
        Iter(Box::new(iterator.into_iter()))
    }
}

impl<T: IntoJs + 'static> IntoJs for Iter<T> {
    const TS: Ts = Ts::Concat(&[Ts::Text("LendIterator<"), T::TS, Ts::Text(">")]);

    fn into_js(self) -> Result<JsValue, ConversionError> {
        let mut iterator = self.0;
        let next = export_closure_mut(move || match iterator.next() {
            Some(item) => fulfilled("an iterator of Rust()", item.into_js()),
            None => Ok(js::end_of_iteration()),
        });
        Ok(js::make_iterator(&next.into_js()?))
    }
}

/// The value of a step, or of a promise.
///
/// # Errors
///
/// A `LendError` if the result cannot be converted.
pub fn fulfilled(function: &str, result: Result<JsValue, ConversionError>) -> Result<JsValue, JsValue> {
    result.map_err(|error| js::result_error(function, &error.to_string()))
}
