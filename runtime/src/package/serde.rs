//! Values that cross by serde.

use core::ops::{Deref, DerefMut};

use crate::JsValue;
use crate::ts::Ts;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use crate::value::{ConversionError, FromJs, IntoJs};

/// A value that crosses by serde-wasm-bindgen: an object, array, `Map`, … of JavaScript. It is converted piece by
/// piece, which costs time in proportion to its size.
///
/// In the `.d.ts` its type is `any`. `#[lend(ts = "…")]` on a parameter and `ts_return = "…"` give a better one.
///
/// ```
/// use wasm_lend::{Serde, export};
///
/// #[derive(serde::Deserialize)]
/// pub struct Options {
///     radius: f64,
/// }
///
/// #[export]
/// pub fn area(#[lend(ts = "{ radius: number }")] options: Serde<Options>) -> f64 {
///     options.radius * options.radius * std::f64::consts::PI
/// }
/// ```
///
/// ```js
/// area({ radius: 2 });
/// ```
///
/// # Errors
///
/// If a value does not fit, the call throws `ERR_LEND_TYPE` with serde's message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serde<T>(pub T);

impl<T> Deref for Serde<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Serde<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: DeserializeOwned + 'static> FromJs for Serde<T> {
    const TS: Ts = Ts::Text("any");

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        serde_wasm_bindgen::from_value(value.clone()).map(Serde).map_err(|error| {
            let got = crate::js::describe(&value);
            ConversionError::new(format!("does not fit: {error}; got {got}"))
        })
    }
}

impl<T: Serialize> crate::PassAsValue for Serde<T> {}

impl<T: Serialize> IntoJs for Serde<T> {
    const TS: Ts = Ts::Text("any");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        serde_wasm_bindgen::to_value(&self.0).map_err(|error| ConversionError::new(error.to_string()))
    }
}
