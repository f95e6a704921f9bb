//! Values: types that cross as JavaScript values because there is no faster way.

mod buffers;
mod containers;
pub mod dispatch;
mod enums;
mod error;
mod held;
mod instance;
mod numbers;
mod objects;
mod outcome;
mod passed;
mod probe;
mod properties;
mod thrown;
mod transfer;

pub(crate) use buffers::{elements_from_js, elements_into_js};
pub(crate) use containers::items;
pub use enums::{Enum, assert_discriminant, no_variant_of_numbers, no_variant_of_strings, whole_number};
pub use error::ConversionError;
pub use held::{Held, Holder, IntoArgument};
pub use instance::{TakenValue, hold_instance, instance_into_js};
pub use probe::Probe;
pub use properties::{NewObject, Properties};
pub use thrown::{Caught, thrown};
pub(crate) use transfer::explain_conversion_error;
pub use transfer::{Reference, converted, give, is_absent, take_value};
pub(crate) use transfer::{instance, instance_of, name_of};
pub(crate) use transfer::{reference, refusal};

use crate::JsValue;
use crate::ts::Ts;

/// A type that an exported function can take.
///
/// Numbers, strings, slices and buffers do not need this trait. Everything else does: the content of an `Option`, a
/// `Vec` or a tuple, aliases, and types of your own. `#[derive(FromJs)]` implements it for structs and enums of plain
/// data, and `#[export]` for an enum without data.
///
/// ```no_run
/// use wasm_lend::{ConversionError, FromJs, JsValue, Ts, export};
///
/// pub struct Color([u8; 3]);
///
/// impl FromJs for Color {
///     const TS: Ts = Ts::Text("string");
///
///     fn from_js(value: JsValue) -> Result<Self, ConversionError> {
///         let expected = || ConversionError::expected("a color as in '#ff8000'", &value);
///         let text = value.as_string().ok_or_else(expected)?;
///         let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(expected)?;
///         let number = u32::from_str_radix(digits, 16).map_err(|_| expected())?;
///         let [_, red, green, blue] = number.to_be_bytes();
///         Ok(Color([red, green, blue]))
///     }
/// }
///
/// #[export]
/// pub fn luminance(color: Color) -> f64 {
///     let [red, green, blue] = color.0.map(f64::from);
///     (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255.0
/// }
/// ```
///
/// ```js
/// luminance('#ff8000');
/// luminance('orange');  // ERR_LEND_TYPE: luminance(): argument `color: Color` takes a color as in '#ff8000'; got …
/// ```
///
/// # Derive
///
/// A struct crosses as a plain object, and an enum with data as a tagged union. The `.d.ts` declares both by their names.
/// A struct with one field is a newtype: it crosses as that field, unless it has `#[lend(object)]`.
///
/// ```
/// use wasm_lend::{FromJs, IntoJs, export};
///
/// #[derive(FromJs, IntoJs)]
/// #[lend(rename_all = "camelCase")]
/// pub struct Size {
///     pub width: f64,
///     /// May be missing.
///     pub line_height: Option<f64>,
///     #[lend(default = 1.0)]
///     pub scale: f64,
/// }
///
/// #[derive(FromJs, IntoJs)]
/// #[lend(tag = "kind")]
/// pub enum Shape {
///     #[lend("circle")]
///     Circle { radius: f64 },
///     #[lend("text")]
///     Text(String),
/// }
///
/// #[export]
/// pub fn size_of(shape: Shape) -> Size {
///     let width = match shape {
///         Shape::Circle { radius } => radius * 2.0,
///         Shape::Text(text) => text.len() as f64,
///     };
///     Size { width, line_height: None, scale: 1.0 }
/// }
/// ```
///
/// ```js
/// size_of({ kind: 'circle', radius: 2 });  // { width: 4, scale: 1 }
/// ```
///
/// # Cost
///
/// A value crosses as one entry of a list in JavaScript (`$objects`), and `from_js` runs once for it. Elements of a `Vec` or a tuple are
/// converted one by one. For data, `&[T]` and [`Buffer<T>`](crate::Buffer) need no conversion.
#[cfg_attr(
    not(feature = "js-sys"),
    diagnostic::on_unimplemented(
        note = "a class of js-sys inside another type needs the feature `js-sys` of wasm-lend"
    )
)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of an exported function",
    label = "no type that JavaScript can pass",
    note = "put `#[export]` on a struct of yours, which is then taken as `T`, `&T` or `Option<T>`; or implement or derive `wasm_lend::FromJs`; or wrap a type of serde: `Serde<{Self}>`",
    note = "a struct of `#[wasm_bindgen]` and a class of js-sys or web-sys are taken by value or reference"
)]
pub trait FromJs: Sized + 'static {
    /// The type in the `.d.ts`.
    const TS: Ts;

    /// The type of a list of these, in the `.d.ts`.
    #[doc(hidden)]
    const LIST_TS: Ts = Ts::Concat(&[Ts::Text("Array<"), Self::TS, Ts::Text(">")]);

    /// Converts a value.
    ///
    /// This may run JavaScript code, for example a getter. During that time the other arguments of the call are
    /// borrowed.
    ///
    /// # Errors
    ///
    /// If the value is not of this type. The error says what was expected and what came.
    fn from_js(value: JsValue) -> Result<Self, ConversionError>;

    /// Converts a list.
    ///
    /// # Errors
    ///
    /// If the value is no list, or an element has another type.
    #[doc(hidden)]
    fn list_from_js(value: JsValue) -> Result<Vec<Self>, ConversionError> {
        containers::list_from_js(&value)
    }

    /// True if the value has an instance of an exported struct in it.
    #[doc(hidden)]
    const HAS_INSTANCES: bool = false;

    /// Converts a value, but leaves the instances in it to JavaScript until the call has accepted every argument.
    ///
    /// # Errors
    ///
    /// As [`from_js`](FromJs::from_js).
    #[doc(hidden)]
    #[inline(always)]
    fn hold(value: JsValue, _holder: Holder) -> Result<Held<Self>, ConversionError> {
        Self::from_js(value).map(Held::ready)
    }

    /// The kind of number that a callback's result crosses as (`object::pass`).
    #[doc(hidden)]
    const RESULT: u32 = crate::object::OBJECT;

    /// Converts a callback's result.
    ///
    /// # Errors
    ///
    /// If the result is not of this type.
    #[doc(hidden)]
    fn from_result(raw: f64) -> Result<Self, ConversionError> {
        let object = crate::JsObject::from_result(raw)?;
        Self::from_js(object.to_js_value())
    }
}

/// A type that an exported function can return.
///
/// Numbers, strings, vectors of numbers and buffers do not need this trait. Everything else does: the content of an
/// `Option`, a `Vec` or a tuple, aliases, and types of your own. `#[derive(IntoJs)]` implements it for structs and enums
/// of plain data, and `#[export]` for an enum without data.
///
/// ```no_run
/// use wasm_lend::{ConversionError, IntoJs, JsValue, Ts, export};
///
/// pub struct Color([u8; 3]);
///
/// impl IntoJs for Color {
///     const TS: Ts = Ts::Text("string");
///
///     fn into_js(self) -> Result<JsValue, ConversionError> {
///         let [red, green, blue] = self.0;
///         format!("#{red:02x}{green:02x}{blue:02x}").into_js()
///     }
/// }
///
/// /// `gray(128) === '#808080'`
/// #[export]
/// pub fn gray(level: u8) -> Color {
///     Color([level; 3])
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of an exported function",
    label = "no type that JavaScript can get",
    note = "put `#[export]` on a struct of yours; or implement or derive `wasm_lend::IntoJs`; or wrap a type of serde: `Serde<{Self}>`"
)]
pub trait IntoJs: Sized {
    /// The type in the `.d.ts`.
    const TS: Ts;

    /// True if `#[derive(IntoJs)]` declares the type by its name in the `.d.ts`.
    #[doc(hidden)]
    const DECLARES: bool = false;

    /// The type of a list of these, in the `.d.ts`.
    #[doc(hidden)]
    const LIST_TS: Ts = Ts::Concat(&[Ts::Text("Array<"), Self::TS, Ts::Text(">")]);

    /// Converts the value.
    ///
    /// # Errors
    ///
    /// If JavaScript cannot have the value. The call throws the error.
    fn into_js(self) -> Result<JsValue, ConversionError>;

    /// Converts a list.
    ///
    /// # Errors
    ///
    /// If an element cannot be converted.
    #[doc(hidden)]
    fn list_into_js(list: Vec<Self>) -> Result<JsValue, ConversionError> {
        containers::list_into_js(list)
    }
}
