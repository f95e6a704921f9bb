//! Autoref specialization: how the compiler finds the trait that converts a type, when the macro knows only the name
//! of the type.
//!
//! `FromJs` and `IntoJs` come first. The classes of js-sys and web-sys, and the structs and enums of
//! `#[wasm_bindgen]`, have traits of wasm-bindgen, and Rust does not allow an `impl<T: JsCast> FromJs for T` beside
//! our impls. So the expansion calls a method on `&&&&&&&&Probe<T>`, and the compiler takes the first trait whose
//! bounds `T` meets, from the most references to the fewest.

use crate::JsValue;
use crate::backend::JsCast;

use super::Probe;
use crate::class::Class;
use crate::fault::Refusal;
use crate::ts::Ts;
use crate::value::instance::{TakenArgument, take_argument};
use crate::value::transfer::{instance, is_absent};
use crate::value::{ConversionError, FromJs, Held, Holder, IntoJs};

pub use crate::value::outcome::{AnOutcome, NoOutcome};
pub use crate::value::thrown::{ThrowError, ThrowNothing, ThrowText, ThrowValue};

type Converted<T> = Result<T, ConversionError>;

pub use crate::value::IntoArgument;
pub use crate::value::instance::{
    Borrowed, BorrowedReference, ClassTag, ExclusiveNothing, ExclusivelyBorrowed, NoClassTag,
};

/// An exported struct. It belongs to JavaScript until every argument was accepted.
pub trait TakeInstance<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<TakenArgument<T>, Refusal>;
}

impl<T: Class> TakeInstance<T> for &&&&&&&&Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Result<TakenArgument<T>, Refusal> {
        take_argument(value, self.site)
    }
}

/// An `Option` of an exported struct.
pub trait TakeOptionalInstance<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<Option<TakenArgument<T>>, Refusal>;
}

impl<T: Class> TakeOptionalInstance<T> for &&&&&&&Probe<Option<T>> {
    fn __lend_from_js(self, value: JsValue) -> Result<Option<TakenArgument<T>>, Refusal> {
        if is_absent(&value) { Ok(None) } else { take_argument(value, self.site).map(Some) }
    }
}

/// A type that implements `FromJs`.
pub trait TakeFromJs<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<T>>;
}

impl<T: FromJs> TakeFromJs<T> for &&&&&&Probe<T> {
    #[inline]
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<T>> {
        T::hold(value, Holder::of(self.site))
    }
}

/// A class of js-sys or web-sys.
pub trait TakeClass<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<T>>;
}

impl<T: JsCast> TakeClass<T> for &&&&&Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<T>> {
        instance(value).map(Held::ready)
    }
}

/// An `Option` of a class of js-sys or web-sys.
pub trait TakeOptionalClass<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<Option<T>>>;
}

impl<T: JsCast> TakeOptionalClass<T> for &&&&Probe<Option<T>> {
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<Option<T>>> {
        if is_absent(&value) { Ok(Held::ready(None)) } else { instance(value).map(Some).map(Held::ready) }
    }
}

/// A `Vec` of a class of js-sys or web-sys.
pub trait TakeClasses<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<Vec<T>>>;
}

impl<T: JsCast> TakeClasses<T> for &&&Probe<Vec<T>> {
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<Vec<T>>> {
        crate::value::containers::items(&value)?
            .enumerate()
            .map(|(index, item)| instance(item?).map_err(|error| error.within(&format!("[{index}]"))))
            .collect::<Converted<_>>()
            .map(Held::ready)
    }
}

/// No other trait fits: a compile error with the message of `FromJs`.
pub trait TakeNothing<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<T>>
    where
        T: FromJs;
}

impl<T> TakeNothing<T> for &Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Converted<Held<T>>
    where
        T: FromJs,
    {
        T::from_js(value).map(Held::ready)
    }
}

/// A type that implements `IntoJs`.
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

/// A type that wasm-bindgen converts into a `JsValue`.
pub trait GiveValue<T> {
    #[doc(hidden)]
    fn __lend_into_js(self, value: T) -> Converted<JsValue>;
}

impl<T: Into<JsValue>> GiveValue<T> for &&Probe<T> {
    fn __lend_into_js(self, value: T) -> Converted<JsValue> {
        Ok(value.into())
    }
}

/// No other trait fits: a compile error with the message of `IntoJs`.
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

// The compiler prefers a constant of the type itself to one of a trait.
impl<T: FromJs> Probe<T> {
    /// The type in the `.d.ts`, as an argument.
    pub const IN: Ts = T::TS;
}

impl<T: IntoJs> Probe<T> {
    /// The type in the `.d.ts`, as a result.
    pub const OUT: Ts = T::TS;
    /// True if `#[derive(IntoJs)]` declares the type.
    pub const IS_DECLARED: bool = T::DECLARES;
}

impl<T: Class> Probe<T> {
    /// The name of an exported struct in JavaScript.
    pub const CLASS_NAME: &'static str = T::NAME;
}

impl<T: JsCast> Probe<T> {
    /// True for a type that was imported.
    pub const IS_IMPORTED: bool = true;
}

/// The constants of types that have none of their own.
pub trait Unnamed {
    /// Empty for what is no exported struct.
    const CLASS_NAME: &'static str = "";
    /// True for a type that was imported.
    const IS_IMPORTED: bool = false;
    /// True for a struct of `#[wasm_bindgen]`.
    const IS_CLASS: bool = false;
    /// True for an enum of numbers.
    const IS_NUMBER: bool = false;
    /// True for an enum of strings, unless it is a class.
    const IS_TEXT: bool = false;
    /// Unknown.
    const IN: Ts = Ts::Unknown;
    /// Unknown.
    const OUT: Ts = Ts::Unknown;
    /// Unknown.
    const OK: Ts = Ts::Unknown;
    /// True if `#[derive(IntoJs)]` declares the type.
    const IS_DECLARED: bool = false;
}

impl<T: ?Sized> Unnamed for Probe<T> {}
