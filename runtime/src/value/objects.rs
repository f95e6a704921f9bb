//! Conversions of objects, to and from the types of wasm-bindgen and of Rust.

use crate::JsValue;
use crate::backend::JsCast;
use crate::ts::Ts;

use super::{ConversionError, FromJs, IntoJs};
use crate::js;
use crate::object::{Exception, JsObject, JsRef, OBJECT, Pass};

impl JsRef<'_> {
    /// The value as a `JsValue`, for wasm-bindgen, js-sys and web-sys. O(1): one call out of wasm.
    #[must_use]
    pub fn to_js_value(&self) -> JsValue {
        js::object_value(self.index())
    }

    /// The value as a class of js-sys or web-sys. O(1).
    ///
    /// # Errors
    ///
    /// If it is an instance of another class.
    pub fn to_class<T: JsCast>(&self) -> Result<T, ConversionError> {
        super::instance(self.to_js_value())
    }

    /// The value as any type that an exported function can take.
    ///
    /// # Errors
    ///
    /// If it is not of that type.
    pub fn convert<T: FromJs>(&self) -> Result<T, ConversionError> {
        T::from_js(self.to_js_value())
    }
}

impl From<&JsRef<'_>> for JsObject {
    fn from(value: &JsRef<'_>) -> Self {
        value.to_object()
    }
}

macro_rules! from_passed {
    ($($type:ty)*) => {$(
        impl From<$type> for JsObject {
            /// Takes a place in the object table.
            fn from(value: $type) -> Self {
                let passed = Pass::pass(value);
                JsObject::from_new(js::object_of(<$type as Pass>::KIND, <$type as Pass>::number(&passed)))
            }
        }
    )*};
}

from_passed!(f64 f32 u32 i32 bool &str String);

impl From<Exception> for JsValue {
    fn from(exception: Exception) -> Self {
        exception.into_value().into()
    }
}

impl FromJs for JsObject {
    const TS: Ts = Ts::Text("any");

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        Ok(value.into())
    }

    const RESULT: u32 = OBJECT;

    fn from_result(raw: f64) -> Result<Self, ConversionError> {
        Ok(JsObject::from_new(raw as i32))
    }
}

impl IntoJs for JsObject {
    const TS: Ts = Ts::Text("any");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        Ok(self.into())
    }
}

impl FromJs for JsValue {
    const TS: Ts = Ts::Text("any");

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        Ok(value)
    }
}

impl IntoJs for JsValue {
    const TS: Ts = Ts::Text("any");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        Ok(self)
    }
}
