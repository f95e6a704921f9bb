//! Values that cross to a JavaScript function by their conversion.

use super::JsObject;
use super::pass::{OBJECT, Parameter, Pass, VALUE};
use crate::JsValue;
use crate::js;
use crate::ts::Ts;
use crate::value::IntoJs;

/// A type that crosses to a JavaScript function as its [`IntoJs`] says. The derive of `IntoJs` implements it too.
///
/// Implement it for a type with an `IntoJs` of your own, and the type can be a parameter of a callback:
///
/// ```no_run
/// # use wasm_lend::{ConversionError, IntoJs, JsValue, PassAsValue, Ts};
/// # struct Color(u32);
/// # impl IntoJs for Color {
/// #     const TS: Ts = Ts::Text("number");
/// #     fn into_js(self) -> Result<JsValue, ConversionError> { self.0.into_js() }
/// # }
/// impl PassAsValue for Color {}
/// ```
///
/// # Cost
///
/// The conversion, and a place in the object table for the length of the call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a callback",
    label = "JavaScript has no such value to get",
    note = "a parameter is a number, a `bool`, a string, a slice, a buffer, an object, or any type that implements `PassAsValue`"
)]
pub trait PassAsValue: IntoJs {}

/// A converted value, or the error of its conversion, which the call throws.
pub type PassedValue = Result<JsObject, JsObject>;

impl<T: PassAsValue> Pass for T {
    const KIND: u32 = VALUE;
    type Passed = PassedValue;

    fn pass(self) -> PassedValue {
        match self.into_js() {
            Ok(value) => Ok(value.into()),
            Err(error) => Err(js::parameter_error(&error.to_string(), error.code()).into()),
        }
    }

    fn number(passed: &PassedValue) -> f64 {
        f64::from(match passed {
            Ok(value) => value.index(),
            Err(error) => !error.index(),
        })
    }
}

impl<T: PassAsValue> Parameter for T {
    const TS: Ts = T::TS;
    type At<'a> = T;
}

impl<T: IntoJs> PassAsValue for Option<T> {}
impl<T: IntoJs> PassAsValue for Vec<T> {}
impl<T: IntoJs> PassAsValue for Box<[T]> {}
impl<T: IntoJs, const N: usize> PassAsValue for [T; N] {}
impl PassAsValue for JsValue {}
impl PassAsValue for char {}

impl Pass for &JsValue {
    const KIND: u32 = OBJECT;
    type Passed = JsObject;

    fn pass(self) -> JsObject {
        self.into()
    }

    fn number(passed: &JsObject) -> f64 {
        f64::from(passed.index())
    }
}

impl Parameter for &JsValue {
    const TS: Ts = Ts::Text("any");
    type At<'a> = &'a JsValue;
}

macro_rules! tuples_as_values {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: IntoJs),*> PassAsValue for ($($name,)*) {}
    )*};
}

tuples_as_values! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
