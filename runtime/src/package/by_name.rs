//! Calls by name: the types of the parameters are known at run time only.

use core::cell::RefCell;

use crate::JsValue;
use crate::ts::Ts;

use crate::value::{ConversionError, FromJs, IntoJs};
use crate::{Buffer, Clamped, js};

/// A parameter of a call by name, or a result of one.
///
/// ```
/// use wasm_lend::{IntoParam, Param, register_call_rust};
///
/// fn call_rust(name: String, params: Vec<Param>) -> Vec<Param> {
///     match name.as_str() {
///         "sum" => vec![vec![params[0].as_u8_slice().iter().sum::<u8>()].into_param()],
///         _ => vec![],
///     }
/// }
///
/// register_call_rust!(call_rust);
/// ```
///
/// ```js
/// const [[sum]] = await lend.callRust('sum', [lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3]))]);
/// ```
///
/// If a parameter is read as a type that it is not, the method returns an empty value, and the call throws an
/// `ERR_LEND_TYPE` that says so, whatever the handler returns.
#[derive(Clone, Debug)]
pub struct Param {
    /// The number of the parameter, for messages.
    index: usize,
    kind: Kind,
}

macro_rules! params {
    ($($variant:ident $type:ty, $array:literal, $as_slice:ident, $as_vec:ident;)*) => {
        #[derive(Clone, Debug)]
        enum Kind {
            $($variant(Elements<$type>),)*
            Text(String),
            Number(f64),
            Bool(bool),
            /// `undefined` or `null`.
            Absent,
        }

        impl Param {
            $(
                #[doc = concat!("The elements of a buffer, or of a plain `", $array, "`. O(1).")]
                ///
                /// Empty if the parameter is of another type; the call then throws `ERR_LEND_TYPE`.
                #[must_use]
                pub fn $as_slice(&self) -> &[$type] {
                    match &self.kind {
                        Kind::$variant(elements) => &elements.buffer,
                        _ => self.is_no(concat!("a ReadOnlyBuffer or MutableBuffer<", $array, "> or a ", $array), &[]),
                    }
                }

                #[doc = concat!("A copy of the elements of a buffer, or of a plain `", $array, "`.")]
                ///
                /// Empty if the parameter is of another type; the call then throws `ERR_LEND_TYPE`.
                #[must_use]
                pub fn $as_vec(&self) -> Vec<$type> {
                    self.$as_slice().to_vec()
                }
            )*
        }

        $(
            /// JavaScript gets a plain typed array. One copy.
            impl IntoParam for Vec<$type> {
                fn into_param(self) -> Param {
                    let elements = Elements { buffer: Buffer::from(self), plain: true };
                    Param { index: 0, kind: Kind::$variant(elements) }
                }
            }

            /// JavaScript gets a `ReadOnlyBuffer`. O(1).
            impl IntoParam for Buffer<$type> {
                fn into_param(self) -> Param {
                    Param { index: 0, kind: Kind::$variant(Elements { buffer: self, plain: false }) }
                }
            }
        )*

        #[cfg(test)]
        const ARRAYS: &[&str] = &[$($array),*];

        impl Kind {
            fn elements_from_js(value: &JsValue) -> Option<Kind> {
                let tag = js::element_tag(value);
                $(
                    if tag == <$type as crate::Element>::tag() {
                        return Elements::from_js(value).map(Kind::$variant);
                    }
                )*
                None
            }

            fn into_js(self) -> Result<JsValue, ConversionError> {
                match self {
                    $(Kind::$variant(elements) => elements.into_js(),)*
                    Kind::Text(text) => text.into_js(),
                    Kind::Number(number) => number.into_js(),
                    Kind::Bool(value) => value.into_js(),
                    Kind::Absent => Ok(JsValue::UNDEFINED),
                }
            }

            fn describe(&self) -> String {
                match self {
                    $(Kind::$variant(elements) => format!("a buffer of {} of length {}", stringify!($type), elements.buffer.len()),)*
                    Kind::Text(text) => format!("the string {text:?}"),
                    Kind::Number(number) => number.to_string(),
                    Kind::Bool(value) => value.to_string(),
                    Kind::Absent => "undefined".to_owned(),
                }
            }
        }
    };
}

params! {
    U8 u8, "Uint8Array", as_u8_slice, as_u8_vec;
    I8 i8, "Int8Array", as_i8_slice, as_i8_vec;
    U16 u16, "Uint16Array", as_u16_slice, as_u16_vec;
    I16 i16, "Int16Array", as_i16_slice, as_i16_vec;
    U32 u32, "Uint32Array", as_u32_slice, as_u32_vec;
    I32 i32, "Int32Array", as_i32_slice, as_i32_vec;
    U64 u64, "BigUint64Array", as_u64_slice, as_u64_vec;
    I64 i64, "BigInt64Array", as_i64_slice, as_i64_vec;
    F32 f32, "Float32Array", as_f32_slice, as_f32_vec;
    F64 f64, "Float64Array", as_f64_slice, as_f64_vec;
    Clamped Clamped<u8>, "Uint8ClampedArray", as_clamped_slice, as_clamped_vec;
}

#[derive(Clone, Debug)]
struct Elements<T: crate::Element> {
    buffer: Buffer<T>,
    /// True if JavaScript gets a copy instead of a handle.
    plain: bool,
}

impl<T: crate::Element> Elements<T> {
    /// Retains a read-only buffer. Copies a mutable one, or a plain array.
    fn from_js(value: &JsValue) -> Option<Self> {
        let kept = Buffer::from_js(value.clone()).ok();
        let buffer = match kept {
            Some(buffer) => buffer,
            None => Buffer::from(crate::value::elements_from_js::<T>(value).ok()?),
        };
        Some(Elements { buffer, plain: false })
    }

    fn into_js(self) -> Result<JsValue, ConversionError> {
        if self.plain { crate::value::elements_into_js(&self.buffer) } else { self.buffer.into_js() }
    }
}

thread_local! {
    /// The first mistake that the handler of the running call made: it read a parameter as a type that it is not.
    static MISTAKE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The handler's results, or its mistake. The mistake is not thrown where it happens: the handler's frames would be
/// lost, and the buffers that they hold.
#[doc(hidden)]
pub fn call_handler(
    handler: impl FnOnce(String, Vec<Param>) -> Vec<Param>,
    name: String,
    mut params: Vec<Param>,
) -> Result<Vec<Param>, JsValue> {
    for (index, param) in params.iter_mut().enumerate() {
        param.index = index;
    }
    // The mistake of the call around this one.
    let outer = MISTAKE.take();
    let shown = name.clone();
    let results = handler(name, params);
    match MISTAKE.replace(outer) {
        None => Ok(results),
        Some(mistake) => Err(js::result_error(&format!("lend.callRust('{shown}')"), &mistake)),
    }
}

impl Param {
    /// The string.
    ///
    /// Empty if the parameter is of another type; the call then throws `ERR_LEND_TYPE`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.kind {
            Kind::Text(text) => text,
            _ => self.is_no("a string", ""),
        }
    }

    /// The number.
    ///
    /// 0 if the parameter is of another type; the call then throws `ERR_LEND_TYPE`.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        match self.kind {
            Kind::Number(number) => number,
            _ => self.is_no("a number", 0.0),
        }
    }

    /// The boolean.
    ///
    /// `false` if the parameter is of another type; the call then throws `ERR_LEND_TYPE`.
    #[must_use]
    pub fn as_bool(&self) -> bool {
        match self.kind {
            Kind::Bool(value) => value,
            _ => self.is_no("true or false", false),
        }
    }

    /// True if it is `undefined` or `null`.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self.kind, Kind::Absent)
    }

    #[cold]
    fn is_no<T>(&self, what: &str, stand_in: T) -> T {
        let mistake = format!("parameter {} has to be {what}; got {}", self.index, self.kind.describe());
        MISTAKE.with_borrow_mut(|first| first.get_or_insert(mistake).len());
        stand_in
    }
}

/// A type that can be a result of a call by name.
pub trait IntoParam {
    /// The result.
    fn into_param(self) -> Param;
}

macro_rules! single {
    ($($type:ty => $variant:ident($value:ident) $make:expr;)*) => {$(
        impl IntoParam for $type {
            fn into_param(self) -> Param {
                let $value = self;
                Param { index: 0, kind: Kind::$variant($make) }
            }
        }
    )*};
}

single! {
    String => Text(text) text;
    &str => Text(text) text.to_owned();
    f64 => Number(number) number;
    bool => Bool(value) value;
}

impl FromJs for Param {
    const TS: Ts = Ts::Text("LendParam");

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        let kind = if let Some(elements) = Kind::elements_from_js(&value) {
            elements
        } else if let Some(text) = value.as_string() {
            Kind::Text(text)
        } else if let Some(number) = value.as_f64() {
            Kind::Number(number)
        } else if let Some(value) = value.as_bool() {
            Kind::Bool(value)
        } else if value.is_undefined() || value.is_null() {
            Kind::Absent
        } else {
            let what = "a buffer, a typed array, a string, a number, true or false";
            return Err(ConversionError::expected(what, &value));
        };
        Ok(Param { index: 0, kind })
    }
}

impl IntoJs for Param {
    const TS: Ts = Ts::Text("LendParam");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        self.kind.into_js()
    }
}

/// Registers the handler for names that no exported function has: `fn(String, Vec<Param>) -> Vec<Param>`.
///
/// A package can have one. See [`Param`].
#[macro_export]
macro_rules! register_call_rust {
    ($handler:path) => {
        const _: () = {
            #[$crate::export(crate = $crate, call_rust_handler)]
            fn __call_rust(
                name: $crate::__private::String,
                params: $crate::__private::Vec<$crate::Param>,
            ) -> $crate::__private::Result<$crate::__private::Vec<$crate::Param>, $crate::JsValue> {
                $crate::__private::call_handler($handler, name, params)
            }
        };
    };
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::ARRAYS;
    use crate::numbers::tests::NUMBERS;

    /// Macros cannot make the names of the methods, so this file has rows of its own.
    #[test]
    fn a_parameter_may_be_elements_of_every_number() {
        assert!(NUMBERS.iter().map(|(_, _, array)| array).eq(ARRAYS));
    }
}
