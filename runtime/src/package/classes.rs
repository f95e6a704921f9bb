//! The classes of js-sys as values, so that other types can contain them.

use super::JsCast;
use crate::JsValue;
use crate::ts::Ts;

use crate::value::{ConversionError, FromJs, IntoJs, instance};

/// Classes with type parameters. js-sys does not check these, and neither does a conversion.
macro_rules! generic_classes {
    ($($class:ident<$($parameter:ident),*> $ts:literal),* $(,)?) => {$(
        impl<$($parameter: 'static),*> FromJs for js_sys::$class<$($parameter),*>
        where
            Self: JsCast,
        {
            const TS: Ts = Ts::Text($ts);

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                instance(value)
            }
        }

        impl<$($parameter: 'static),*> crate::PassAsValue for js_sys::$class<$($parameter),*> where
            Self: Into<JsValue>
        {
        }

        impl<$($parameter: 'static),*> IntoJs for js_sys::$class<$($parameter),*>
        where
            Self: Into<JsValue>,
        {
            const TS: Ts = Ts::Text($ts);

            fn into_js(self) -> Result<JsValue, ConversionError> {
                Ok(self.into())
            }
        }
    )*};
}

generic_classes! {
    Array<T> "Array<any>",
    Map<K, V> "Map<any, any>",
    Promise<T> "Promise<any>",
    Set<T> "Set<any>",
}

macro_rules! classes {
    ($($class:ident $ts:literal),* $(,)?) => {$(
        impl FromJs for js_sys::$class {
            const TS: Ts = Ts::Text($ts);

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                instance(value)
            }
        }

        impl crate::PassAsValue for js_sys::$class {}

        impl IntoJs for js_sys::$class {
            const TS: Ts = Ts::Text($ts);

            fn into_js(self) -> Result<JsValue, ConversionError> {
                Ok(self.into())
            }
        }
    )*};
}

classes! {
    ArrayBuffer "ArrayBuffer",
    BigInt "bigint",
    BigInt64Array "BigInt64Array",
    BigUint64Array "BigUint64Array",
    DataView "DataView",
    Date "Date",
    Error "Error",
    Function "Function",
    Float32Array "Float32Array",
    Float64Array "Float64Array",
    Int16Array "Int16Array",
    Int32Array "Int32Array",
    Int8Array "Int8Array",
    JsString "string",
    Number "number",
    Object "object",
    RegExp "RegExp",
    Symbol "symbol",
    Uint16Array "Uint16Array",
    Uint32Array "Uint32Array",
    Uint8Array "Uint8Array",
    Uint8ClampedArray "Uint8ClampedArray",
}
