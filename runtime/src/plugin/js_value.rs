//! `JsValue` without wasm-bindgen: a value of the object table.

use crate::JsObject;
use crate::js;

/// A JavaScript value, with the part of wasm-bindgen's `JsValue` that conversions need.
///
/// It is a [`JsObject`] by another name, so that code over `JsValue` compiles for a plugin too.
#[derive(Clone, Debug)]
pub struct JsValue(JsObject);

/// A type that a `JsValue` can be cast to. In a plugin that is `JsValue` alone: the classes of js-sys and web-sys
/// need wasm-bindgen.
pub trait JsCast: Sized {
    #[doc(hidden)]
    fn from_value(value: JsValue) -> Self;
    #[doc(hidden)]
    fn from_value_ref(value: &JsValue) -> &Self;
}

impl JsCast for JsValue {
    fn from_value(value: JsValue) -> Self {
        value
    }

    fn from_value_ref(value: &JsValue) -> &Self {
        value
    }
}

impl JsValue {
    /// `undefined`
    #[allow(clippy::declare_interior_mutable_const)]
    pub const UNDEFINED: JsValue = JsValue(JsObject::undefined());
    /// `null`
    #[allow(clippy::declare_interior_mutable_const)]
    pub const NULL: JsValue = JsValue(JsObject::null());

    /// A value that JavaScript has just put into the table.
    pub(crate) fn from_new(index: i32) -> Self {
        JsValue(JsObject::from_new(index))
    }

    pub(crate) fn index(&self) -> i32 {
        self.0.index()
    }

    /// A string.
    #[must_use]
    #[allow(clippy::should_implement_trait)]
    pub fn from_str(text: &str) -> Self {
        JsValue(text.into())
    }

    /// A number.
    #[must_use]
    pub fn from_f64(number: f64) -> Self {
        JsValue(number.into())
    }

    /// `true` or `false`.
    #[must_use]
    pub fn from_bool(value: bool) -> Self {
        JsValue(value.into())
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.0.as_f64()
    }

    /// The `bool`, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// The string, if it is one. One copy.
    #[must_use]
    pub fn as_string(&self) -> Option<String> {
        self.0.as_string()
    }

    /// True if it is `undefined`.
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        self.0.is_undefined()
    }

    /// True if it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.0.is_null()
    }

    /// True if it is a BigInt.
    #[must_use]
    pub fn is_bigint(&self) -> bool {
        self.0.type_of() == crate::JsType::BigInt
    }

    /// The value itself.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn dyn_into<T: JsCast>(self) -> Result<T, Self> {
        Ok(T::from_value(self))
    }

    /// The same value. Only [`JsCast`] of a plugin, which has no classes, makes it another type.
    pub(crate) fn unchecked_ref<T: JsCast>(&self) -> &T {
        T::from_value_ref(self)
    }

    /// The same value.
    pub(crate) fn unchecked_into<T: JsCast>(self) -> T {
        T::from_value(self)
    }

    /// The value itself.
    #[must_use]
    pub fn dyn_ref<T: JsCast>(&self) -> Option<&T> {
        Some(T::from_value_ref(self))
    }

    /// The value in the object table.
    #[must_use]
    pub fn as_object(&self) -> &JsObject {
        &self.0
    }
}

impl From<JsObject> for JsValue {
    fn from(object: JsObject) -> Self {
        JsValue(object)
    }
}

impl From<&crate::JsRef<'_>> for JsValue {
    fn from(object: &crate::JsRef<'_>) -> Self {
        JsValue(object.to_object())
    }
}

impl From<JsValue> for JsObject {
    fn from(value: JsValue) -> Self {
        value.0
    }
}

impl From<&JsValue> for JsObject {
    fn from(value: &JsValue) -> Self {
        value.0.clone()
    }
}

impl From<f64> for JsValue {
    fn from(number: f64) -> Self {
        JsValue::from_f64(number)
    }
}

impl From<bool> for JsValue {
    fn from(value: bool) -> Self {
        JsValue::from_bool(value)
    }
}

impl From<&str> for JsValue {
    fn from(text: &str) -> Self {
        JsValue::from_str(text)
    }
}

impl From<String> for JsValue {
    fn from(text: String) -> Self {
        JsValue::from_str(&text)
    }
}

/// A BigInt crosses as two halves of 64 bits.
macro_rules! bigints {
    ($($type:ident $is_signed:literal;)*) => {$(
        impl From<$type> for JsValue {
            fn from(number: $type) -> Self {
                // The sign fills the upper half.
                let wide = number as i128 as u128;
                JsValue::from_new(js::bigint_new(wide as u64, (wide >> 64) as u64, $is_signed))
            }
        }

        impl TryFrom<JsValue> for $type {
            type Error = JsValue;

            fn try_from(value: JsValue) -> Result<Self, JsValue> {
                let mut halves = [0_u64; 2];
                let size = 8 * size_of::<$type>() as u32;
                let to = halves.as_mut_ptr().expose_provenance() as u32;
                match js::bigint_get(value.index(), size, $is_signed, to) {
                    0 => Err(value),
                    _ => Ok((u128::from(halves[1]) << 64 | u128::from(halves[0])) as $type),
                }
            }
        }
    )*};
}

bigints! {
    u64 0;
    i64 1;
    u128 0;
    i128 1;
}
