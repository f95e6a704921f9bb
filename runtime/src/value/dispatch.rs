//! Which trait converts a type, when a macro has only seen its name.
//!
//! `FromJs` and `IntoJs` come first. The classes of js-sys and web-sys, and the structs and enums of `#[wasm_bindgen]`, have
//! wasm-bindgen's own traits, and an `impl<T: JsCast> FromJs for T` beside ours is not allowed. So the expansion calls a
//! method on `&&&&&&Probe<T>`, and the compiler takes the first trait, from the most references to the fewest, whose bounds
//! `T` meets.

use crate::JsValue;
use crate::backend::JsCast;

use super::Probe;
use crate::class::Class;
use crate::fault::Refusal;
use crate::ts::Ts;
use crate::value::instance::{Ready, TakenArgument, take_argument};
use crate::value::transfer::{instance, is_absent};
use crate::value::{ConversionError, FromJs, IntoJs};

pub use crate::value::thrown::{ThrowError, ThrowNothing, ThrowText, ThrowValue};

type Converted<T> = Result<T, ConversionError>;

pub use crate::value::instance::{Borrowed, BorrowedReference, IntoArgument};

/// A class of ours, which stays JavaScript's until every argument has been accepted.
pub trait TakeInstance<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<TakenArgument<T>, Refusal>;
}

impl<T: Class> TakeInstance<T> for &&&&&&&&Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Result<TakenArgument<T>, Refusal> {
        take_argument(value, self.site)
    }
}

/// An `Option` of one.
pub trait TakeOptionalInstance<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<Option<TakenArgument<T>>, Refusal>;
}

impl<T: Class> TakeOptionalInstance<T> for &&&&&&&Probe<Option<T>> {
    fn __lend_from_js(self, value: JsValue) -> Result<Option<TakenArgument<T>>, Refusal> {
        if is_absent(&value) { Ok(None) } else { take_argument(value, self.site).map(Some) }
    }
}

/// A type of ours or of the user's.
pub trait TakeFromJs<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<T>>;
}

impl<T: FromJs> TakeFromJs<T> for &&&&&&Probe<T> {
    #[inline]
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<T>> {
        T::from_js(value).map(Ready)
    }
}

/// A class of js-sys or web-sys.
pub trait TakeClass<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<T>>;
}

impl<T: JsCast> TakeClass<T> for &&&&&Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<T>> {
        instance(value).map(Ready)
    }
}

/// An `Option` of one.
pub trait TakeOptionalClass<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<Option<T>>>;
}

impl<T: JsCast> TakeOptionalClass<T> for &&&&Probe<Option<T>> {
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<Option<T>>> {
        if is_absent(&value) { Ok(Ready(None)) } else { instance(value).map(Some).map(Ready) }
    }
}

/// A `Vec` of one.
pub trait TakeClasses<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<Vec<T>>>;
}

impl<T: JsCast> TakeClasses<T> for &&&Probe<Vec<T>> {
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<Vec<T>>> {
        crate::value::containers::items(&value)?
            .enumerate()
            .map(|(index, item)| instance(item?).map_err(|error| error.within(&format!("[{index}]"))))
            .collect::<Converted<_>>()
            .map(Ready)
    }
}

/// None of these: an error while the crate compiles, with the words of `FromJs`.
pub trait TakeNothing<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<T>>
    where
        T: FromJs;
}

impl<T> TakeNothing<T> for &Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Converted<Ready<T>>
    where
        T: FromJs,
    {
        T::from_js(value).map(Ready)
    }
}

/// A type of ours or of the user's.
pub trait GiveIntoJs<T> {
    #[doc(hidden)]
    fn __lend_into_js(self, value: T) -> Converted<JsValue>;
}

impl<T: IntoJs> GiveIntoJs<T> for &&&Probe<T> {
    #[inline]
    fn __lend_into_js(self, value: T) -> Converted<JsValue> {
        value.into_js()
    }
}

/// Whatever wasm-bindgen itself turns into a `JsValue`.
pub trait GiveValue<T> {
    #[doc(hidden)]
    fn __lend_into_js(self, value: T) -> Converted<JsValue>;
}

impl<T: Into<JsValue>> GiveValue<T> for &&Probe<T> {
    fn __lend_into_js(self, value: T) -> Converted<JsValue> {
        Ok(value.into())
    }
}

/// None of these: an error while the crate compiles, with the words of `IntoJs`.
pub trait GiveNothing<T> {
    #[doc(hidden)]
    fn __lend_into_js(self, value: T) -> Converted<JsValue>
    where
        T: IntoJs;
}

impl<T> GiveNothing<T> for &Probe<T> {
    fn __lend_into_js(self, value: T) -> Converted<JsValue>
    where
        T: IntoJs,
    {
        value.into_js()
    }
}

// A constant of the type itself goes before one of a trait.
impl<T: FromJs> Probe<T> {
    /// The type in the `.d.ts`, as an argument.
    pub const IN: Ts = T::TS;
}

impl<T: IntoJs> Probe<T> {
    /// The type in the `.d.ts`, as a result.
    pub const OUT: Ts = T::TS;
}

impl<T: Class> Probe<T> {
    /// True for an exported struct.
    pub const IS_OURS: bool = true;
}

impl<T: JsCast> Probe<T> {
    /// True for a type that was imported.
    pub const IS_IMPORTED: bool = true;
}

/// For types without either.
pub trait Unnamed {
    /// True for an exported struct.
    const IS_OURS: bool = false;
    /// True for a type that was imported.
    const IS_IMPORTED: bool = false;
    /// True for a struct of `#[wasm_bindgen]`.
    const IS_CLASS: bool = false;
    /// True for an enum of numbers.
    const IS_NUMBER: bool = false;
    /// True for an enum of strings, unless it is a class.
    const IS_TEXT: bool = false;
    /// Nothing is known.
    const IN: Ts = Ts::Unknown;
    /// Nothing is known.
    const OUT: Ts = Ts::Unknown;
}

impl<T> Unnamed for Probe<T> {}
