//! Records as values.

use super::{Array, JsCast};
use crate::JsValue;
use crate::Record;
use crate::element::Element;
use crate::ts::Ts;
use crate::value::{ConversionError, FromJs, IntoJs, elements_from_js, elements_into_js};

impl<T: Record> FromJs for T {
    const TS: Ts = Ts::Text(T::NAME);
    const LIST_TS: Ts = Ts::Concat(&[
        Ts::Text("ReadOnlyBuffer<"),
        T::TYPED_ARRAY,
        Ts::Text("> | MutableBuffer<"),
        T::TYPED_ARRAY,
        Ts::Text("> | Array<"),
        Ts::Text(T::NAME),
        Ts::Text(">"),
    ]);

    /// Reads the fields from the properties of an object. One copy.
    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        let list = Array::of_one(&value);
        let records = elements_from_js::<T>(list.as_ref());
        let mut records =
            records.map_err(|_| ConversionError::expected(&format!("a {}", T::NAME), &value))?;
        records.pop().ok_or_else(|| ConversionError::expected(T::NAME, &value))
    }

    fn list_from_js(value: JsValue) -> Result<Vec<Self>, ConversionError> {
        elements_from_js(&value)
    }
}

impl<T: Record> IntoJs for T {
    const TS: Ts = Ts::Text(T::NAME);

    /// An object with the fields as properties. One copy.
    fn into_js(self) -> Result<JsValue, ConversionError> {
        let list: Array = Self::list_into_js(vec![self])?.unchecked_into();
        Ok(list.get(0).unwrap_or_default())
    }

    fn list_into_js(list: Vec<Self>) -> Result<JsValue, ConversionError> {
        elements_into_js(&list)
    }
}
