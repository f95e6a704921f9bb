//! Functions of JavaScript with typed parameters and results.

use core::marker::PhantomData;

use crate::call_site::CallSite;
use crate::js;
use crate::object::{Exception, JsObject, JsRef, Parameters, PassAll, failure};
use crate::ts::Ts;
use crate::value::{ConversionError, FromJs, IntoJs};

/// A JavaScript function that is borrowed for the length of a call.
///
/// `Parameters` is a tuple of up to six types that implement [`Parameter`](crate::Parameter): numbers, `bool`,
/// strings, objects, buffers and slices. `Result` is any type that implements [`FromJs`]; `()` ignores what the
/// function returns.
///
/// - A slice crosses as a temporary buffer: the function gets a `ReadOnlyBuffer` or `MutableBuffer` over Rust's
///   memory, without a copy. The buffer ends when the function returns, and its later use throws.
/// - A call costs one call out of wasm. Numbers, `bool`s and objects cross as numbers, without a place in a table.
/// - The function may call back into Rust. Whatever the outer call has borrowed stays borrowed.
///
/// ```no_run
/// use wasm_lend::{Callback, Exception, export};
///
/// /// Calls `visit` with each row, and adds up what it returns.
/// #[export]
/// pub fn rows(values: &[f32], width: usize, visit: Callback<'_, (&[f32], u32), f64>) -> Result<f64, Exception> {
///     let rows = values.chunks(width.max(1)).enumerate();
///     rows.map(|(index, row)| visit.call((row, index as u32))).sum()
/// }
/// ```
///
/// ```js
/// rows(values, 640, (row, index) => row.view[0] * index);
/// ```
pub struct Callback<'a, Parameters, Result = ()> {
    function: JsRef<'a>,
    site: CallSite,
    types: PhantomData<fn(Parameters) -> Result>,
}

/// A JavaScript function that Rust owns: it may be called after the exported function has returned.
///
/// See [`Callback`] for its types, and [`JsObject`] for how long it lives.
///
/// ```no_run
/// use std::cell::RefCell;
/// use wasm_lend::{Exception, Function, export};
///
/// thread_local!(static LISTENER: RefCell<Option<Function<(u32,)>>> = const { RefCell::new(None) });
///
/// #[export]
/// pub fn listen(listener: Function<(u32,)>) {
///     LISTENER.set(Some(listener));
/// }
///
/// #[export]
/// pub fn emit(event: u32) -> Result<(), Exception> {
///     LISTENER.with_borrow(|listener| listener.as_ref().map_or(Ok(()), |listener| listener.call((event,))))
/// }
/// ```
pub struct Function<Parameters, Result = ()> {
    function: JsObject,
    site: CallSite,
    types: PhantomData<fn(Parameters) -> Result>,
}

impl<'a, P: Parameters, R: FromJs> Callback<'a, P, R> {
    #[doc(hidden)]
    #[inline(always)]
    #[must_use]
    pub fn from_argument(object: JsRef<'a>, function: &'static str, argument: u32) -> Self {
        Callback { function: object, site: CallSite::new(function, argument), types: PhantomData }
    }

    /// Calls the function with `this` as `undefined`.
    ///
    /// # Errors
    ///
    /// What the function throws, or a `LendError` if its result is not an `R`.
    #[inline]
    pub fn call(&self, arguments: P::At<'_>) -> Result<R, Exception> {
        call(self.function.index(), self.site, arguments)
    }

    /// The function itself.
    #[must_use]
    pub fn as_object(&self) -> &JsRef<'a> {
        &self.function
    }

    /// The same function, owned. O(1): it takes a place in the object table.
    #[must_use]
    pub fn to_function(&self) -> Function<P, R> {
        Function { function: self.function.to_object(), site: self.site, types: PhantomData }
    }
}

impl<P: Parameters, R: FromJs> Function<P, R> {
    #[doc(hidden)]
    #[inline(always)]
    #[must_use]
    pub fn from_argument(object: JsObject, function: &'static str, argument: u32) -> Self {
        Function { function: object, site: CallSite::new(function, argument), types: PhantomData }
    }

    /// Calls the function with `this` as `undefined`.
    ///
    /// # Errors
    ///
    /// What the function throws, or a `LendError` if its result is not an `R`.
    #[inline]
    pub fn call(&self, arguments: P::At<'_>) -> Result<R, Exception> {
        call(self.function.index(), self.site, arguments)
    }

    /// The function itself.
    #[must_use]
    pub fn as_object(&self) -> &JsObject {
        &self.function
    }
}

impl<P, R> Clone for Function<P, R> {
    fn clone(&self) -> Self {
        Function { function: self.function.clone(), site: self.site, types: PhantomData }
    }
}

#[inline(always)]
fn call<R: FromJs>(index: i32, site: CallSite, arguments: impl PassAll) -> Result<R, Exception> {
    let raw = arguments.call(index, 0, R::RESULT);
    if raw.is_nan() {
        if let Some(exception) = thrown(site) {
            return Err(exception);
        }
    }
    R::from_result(raw).map_err(|error| refused(site, &error))
}

#[cold]
fn thrown(site: CallSite) -> Option<Exception> {
    let index = js::callback_failed(site.function, site.argument);
    if index >= 0 { Some(Exception::from_new(index)) } else { failure() }
}

#[cold]
fn refused(site: CallSite, error: &ConversionError) -> Exception {
    let (message, code) = (error.to_string(), error.code());
    Exception::from_new(js::callback_refused(site.function, site.argument, &message, code))
}

/// The function's type in the `.d.ts`.
pub trait Signature {
    /// `(a: number) => void`
    const TS: Ts;
}

impl<P: Parameters, R: FromJs> Signature for Callback<'_, P, R> {
    const TS: Ts = Ts::Concat(&[P::TS, Ts::Text(" => "), R::TS]);
}

impl<P: Parameters, R: FromJs> Signature for Function<P, R> {
    const TS: Ts = Ts::Concat(&[P::TS, Ts::Text(" => "), R::TS]);
}

/// Inside other types: a list of listeners.
impl<P: Parameters + 'static, R: FromJs> FromJs for Function<P, R> {
    const TS: Ts = Ts::Concat(&[Ts::Text("("), P::TS, Ts::Text(" => "), R::TS, Ts::Text(")")]);

    fn from_js(value: crate::JsValue) -> Result<Self, ConversionError> {
        let object = JsObject::from(&value);
        if !object.is_function() {
            return Err(ConversionError::expected("a function", &value));
        }
        Ok(Function { function: object, site: CallSite::new("a function in a list", 0), types: PhantomData })
    }
}

impl<P: Parameters, R: FromJs> crate::PassAsValue for Function<P, R> {}

impl<P: Parameters, R: FromJs> IntoJs for Function<P, R> {
    const TS: Ts = Ts::Concat(&[Ts::Text("("), P::TS, Ts::Text(" => "), R::TS, Ts::Text(")")]);

    fn into_js(self) -> Result<crate::JsValue, ConversionError> {
        Ok(self.function.into())
    }
}
