//! Numbers, `bool`, `char` and strings as values.

use core::num::NonZero;
use std::borrow::Cow;

use crate::JsValue;
use crate::ts::Ts;

use super::{ConversionError, FromJs, IntoJs, buffers};
use crate::numbers::for_each_number;
use crate::object::{BOOL as BOOL_RESULT, NUMBER as NUMBER_RESULT, TEXT as TEXT_RESULT, UNIT as UNIT_RESULT};

const NUMBER: Ts = Ts::Text("number");
const BIGINT: Ts = Ts::Text("bigint");
const STRING: Ts = Ts::Text("string");

fn integer(value: &JsValue, low: f64, high: f64) -> Result<f64, ConversionError> {
    let what = || format!("a whole number from {low} to {high}");
    match value.as_f64() {
        Some(number) if number >= low && number <= high && number.fract() == 0.0 => Ok(number),
        Some(_) => Err(ConversionError::range(&what(), value)),
        None => Err(ConversionError::expected(&what(), value)),
    }
}

/// The conversions of lists of numbers that have a typed array.
macro_rules! lists {
    ($array:literal) => {
        const LIST_TS: Ts = Ts::Concat(&[Ts::Text(concat!(
            "ReadOnlyBuffer<",
            $array,
            "> | MutableBuffer<",
            $array,
            "> | LendInput<",
            $array,
            ">"
        ))]);

        fn list_from_js(value: JsValue) -> Result<Vec<Self>, ConversionError> {
            buffers::elements_from_js(&value)
        }
    };
    (out $array:literal) => {
        const LIST_TS: Ts = Ts::Text($array);

        fn list_into_js(list: Vec<Self>) -> Result<JsValue, ConversionError> {
            buffers::elements_into_js(&list)
        }
    };
}

macro_rules! numbers {
    ($($tag:literal $type:ty as $raw:ty, $kind:ident, $array:literal;)*) => {
        $(number!($kind $type, $array);)*
    };
}

/// `FromJs` and `IntoJs` for a number, by its kind in `for_each_number!`.
macro_rules! number {
    (small $type:ty, $array:literal) => {
        number!(word $type, $array);
    };
    (word $type:ty, $array:literal) => {
        impl FromJs for $type {
            const TS: Ts = NUMBER;
            lists!($array);

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                // Exact: the range has been checked.
                integer(&value, <$type>::MIN as f64, <$type>::MAX as f64).map(|number| number as $type)
            }

            const RESULT: u32 = NUMBER_RESULT;

            #[inline]
            fn from_result(raw: f64) -> Result<Self, ConversionError> {
                if f64::from(raw as $type) == raw { Ok(raw as $type) } else { Self::from_js(raw.into()) }
            }
        }

        impl IntoJs for $type {
            const TS: Ts = NUMBER;
            lists!(out $array);

            fn into_js(self) -> Result<JsValue, ConversionError> {
                Ok(JsValue::from_f64(self as f64))
            }
        }
    };
    (single $type:ty, $array:literal) => {
        number!(double $type, $array);
    };
    (double $type:ty, $array:literal) => {
        impl FromJs for $type {
            const TS: Ts = NUMBER;
            lists!($array);

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                let number = value.as_f64().ok_or_else(|| ConversionError::expected("a number", &value))?;
                Ok(number as $type)
            }

            const RESULT: u32 = NUMBER_RESULT;

            #[inline]
            fn from_result(raw: f64) -> Result<Self, ConversionError> {
                Ok(raw as $type)
            }
        }

        impl IntoJs for $type {
            const TS: Ts = NUMBER;
            lists!(out $array);

            fn into_js(self) -> Result<JsValue, ConversionError> {
                Ok(JsValue::from_f64(f64::from(self)))
            }
        }
    };
    (wide $type:ty $(, $array:literal)?) => {
        impl FromJs for $type {
            const TS: Ts = BIGINT;
            $(lists!($array);)?

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                let what = || format!("a BigInt from {}n to {}n", <$type>::MIN, <$type>::MAX);
                if !value.is_bigint() {
                    return Err(ConversionError::expected(&what(), &value));
                }
                <$type>::try_from(value).map_err(|value| ConversionError::range(&what(), &value))
            }
        }

        impl IntoJs for $type {
            const TS: Ts = BIGINT;
            $(lists!(out $array);)?

            fn into_js(self) -> Result<JsValue, ConversionError> {
                Ok(JsValue::from(self))
            }
        }
    };
    (clamped $type:ty, $array:literal) => {};
}

for_each_number!(numbers);
number!(wide u128);
number!(wide i128);

macro_rules! sizes {
    ($($type:ident as $same:ident),*) => {$(
        impl FromJs for $type {
            const TS: Ts = NUMBER;

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                $same::from_js(value).map(|number| number as $type)
            }
        }

        impl IntoJs for $type {
            const TS: Ts = NUMBER;

            fn into_js(self) -> Result<JsValue, ConversionError> {
                // Has 32 bits where there is JavaScript.
                Ok(JsValue::from_f64(self as f64))
            }
        }
    )*};
}

sizes!(usize as u32, isize as i32);

impl FromJs for bool {
    const TS: Ts = Ts::Text("boolean");

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        value.as_bool().ok_or_else(|| ConversionError::expected("true or false", &value))
    }

    const RESULT: u32 = BOOL_RESULT;

    fn from_result(raw: f64) -> Result<Self, ConversionError> {
        Ok(raw != 0.0)
    }
}

impl IntoJs for bool {
    const TS: Ts = Ts::Text("boolean");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        Ok(JsValue::from_bool(self))
    }
}

impl FromJs for char {
    const TS: Ts = STRING;

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        let what = "a string of one character";
        let text = value.as_string().ok_or_else(|| ConversionError::expected(what, &value))?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(ConversionError::range(what, &value)),
        }
    }
}

impl IntoJs for char {
    const TS: Ts = STRING;

    fn into_js(self) -> Result<JsValue, ConversionError> {
        Ok(JsValue::from_str(self.encode_utf8(&mut [0; 4])))
    }
}

impl FromJs for String {
    const TS: Ts = STRING;

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        value.as_string().ok_or_else(|| ConversionError::expected("a string", &value))
    }

    const RESULT: u32 = TEXT_RESULT;

    fn from_result(raw: f64) -> Result<Self, ConversionError> {
        Ok(crate::text::string(raw as u32))
    }
}

macro_rules! strings {
    ($($type:ty),*) => {$(
        impl IntoJs for $type {
            const TS: Ts = STRING;

            fn into_js(self) -> Result<JsValue, ConversionError> {
                Ok(JsValue::from_str(&self))
            }
        }
    )*};
}

strings!(String, Box<str>, Cow<'static, str>, &'static str);

impl FromJs for Box<str> {
    const TS: Ts = STRING;

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        String::from_js(value).map(Into::into)
    }
}

/// Any value: the callback's result is ignored.
impl FromJs for () {
    const TS: Ts = Ts::Text("void");

    fn from_js(_: JsValue) -> Result<Self, ConversionError> {
        Ok(())
    }

    const RESULT: u32 = UNIT_RESULT;

    fn from_result(_: f64) -> Result<Self, ConversionError> {
        Ok(())
    }
}

impl IntoJs for () {
    const TS: Ts = Ts::Text("undefined");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        Ok(JsValue::UNDEFINED)
    }
}

/// A number that is not 0. `None` of an `Option` is `undefined`, as for any other type.
macro_rules! non_zero {
    ($($type:ty)*) => {$(
        impl FromJs for NonZero<$type> {
            const TS: Ts = <$type as FromJs>::TS;

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                let number = <$type>::from_js(value.clone())?;
                NonZero::new(number).ok_or_else(|| ConversionError::range("a number that is not 0", &value))
            }
        }

        impl IntoJs for NonZero<$type> {
            const TS: Ts = <$type as IntoJs>::TS;

            fn into_js(self) -> Result<JsValue, ConversionError> {
                self.get().into_js()
            }
        }

        impl crate::PassAsValue for NonZero<$type> {}
    )*};
}

non_zero!(u8 i8 u16 i16 u32 i32 u64 i64 usize isize u128 i128);
