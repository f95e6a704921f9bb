//! wasm-bindgen's `Clamped<Vec<u8>>`: the bytes of a `Uint8ClampedArray`.

use wasm_bindgen::Clamped;

use crate::JsValue;
use crate::PassAsValue;
use crate::ts::Ts;
use crate::value::{ConversionError, FromJs, IntoJs, elements_from_js, elements_into_js};

impl FromJs for Clamped<Vec<u8>> {
    const TS: Ts = <u8 as FromJs>::LIST_TS;

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        elements_from_js::<u8>(&value).map(Clamped)
    }
}

impl IntoJs for Clamped<Vec<u8>> {
    const TS: Ts = Ts::Text("Uint8ClampedArray");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        let bytes: Vec<_> = self.0.into_iter().map(crate::Clamped).collect();
        elements_into_js(&bytes)
    }
}

impl PassAsValue for Clamped<Vec<u8>> {}
