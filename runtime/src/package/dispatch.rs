//! The part of [`dispatch`](crate::value::dispatch) for wasm-bindgen's own types.

use wasm_bindgen::convert::{IntoWasmAbi, RefFromWasmAbi, TryFromJsValue};

use crate::JsValue;
use crate::value::{ConversionError, Probe, Ready, name_of};

#[cfg(feature = "async")]
pub use super::abort::{OptionalSignal, Signal};

/// A struct or enum of `#[wasm_bindgen]`. `TryFromJsValue` is not documented as stable, but nothing else takes one by
/// value, and its version is that of the `#[wasm_bindgen]` that implements it.
pub trait TakeBindgen<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<Ready<T>, ConversionError>;
}

impl<T: TryFromJsValue> TakeBindgen<T> for &&Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Result<Ready<T>, ConversionError> {
        T::try_from_js_value(value)
            .map(Ready)
            // A struct or an enum: only the type itself knows.
            .map_err(|value| {
                ConversionError::expected(&format!("a value of the type {}", name_of::<T>()), &value)
            })
    }
}

impl<T: RefFromWasmAbi> Probe<T> {
    /// True for a struct of `#[wasm_bindgen]`.
    pub const IS_CLASS: bool = true;
}

impl<T: IntoWasmAbi<Abi = f64>> Probe<T> {
    /// True for an enum of numbers.
    pub const IS_NUMBER: bool = true;
}

impl<T: IntoWasmAbi<Abi = u32>> Probe<T> {
    /// True for an enum of strings, unless it is a class.
    pub const IS_TEXT: bool = true;
}
