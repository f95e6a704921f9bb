//! Conversion errors: a JavaScript value that is not of the expected type.

use crate::JsValue;

/// The error of a conversion. JavaScript gets a `LendError` that names the function and the argument, and says what
/// was expected and what came.
///
/// ```no_run
/// # use wasm_lend::{ConversionError, FromJs, JsValue, Ts};
/// struct Percent(f64);
///
/// impl FromJs for Percent {
///     const TS: Ts = Ts::Text("number");
///
///     fn from_js(value: JsValue) -> Result<Self, ConversionError> {
///         match value.as_f64() {
///             Some(number @ 0.0..=100.0) => Ok(Percent(number)),
///             Some(_) => Err(ConversionError::range("a number from 0 to 100", &value)),
///             None => Err(ConversionError::expected("a number from 0 to 100", &value)),
///         }
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionError {
    message: String,
    /// The place inside the value, from the outside in: `[2].x`.
    path: String,
    kind: Kind,
    cause: Cause,
}

/// What a getter has thrown, or `undefined`. Two errors are the same without it.
#[derive(Clone, Debug)]
struct Cause(JsValue);

impl Cause {
    #[allow(clippy::declare_interior_mutable_const)]
    const NONE: Self = Cause(JsValue::UNDEFINED);
}

impl PartialEq for Cause {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Cause {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `message` says what was expected and what came.
    Type,
    /// The same as `Type`, for a value of the right type that is out of range.
    Range,
    /// An instance that was freed.
    Released,
    /// An instance that was moved into Rust.
    Moved,
    /// An instance that is borrowed.
    Borrowed,
    /// There is no memory for the converted value.
    OutOfMemory,
    /// `message` is the whole message.
    Other,
}

impl ConversionError {
    /// `ERR_LEND_TYPE`: `got` is not of the type `what`, for example "a date".
    #[must_use]
    pub fn expected(what: &str, got: &JsValue) -> Self {
        Self::of(Kind::Type, what, got)
    }

    /// `ERR_LEND_RANGE`: `got` has the right type but is not `what`, for example "a number from 0 to 100".
    #[must_use]
    pub fn range(what: &str, got: &JsValue) -> Self {
        Self::of(Kind::Range, what, got)
    }

    /// `ERR_LEND_TYPE` with a message of its own.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self::from_parts(message.into(), Kind::Other)
    }

    fn from_parts(message: String, kind: Kind) -> Self {
        ConversionError { message, path: String::new(), kind, cause: Cause::NONE }
    }

    fn of(kind: Kind, what: &str, got: &JsValue) -> Self {
        let message = format!("takes {what}; got {}", crate::js::describe(got));
        Self::from_parts(message, kind)
    }

    /// The same error for the value that contains this one at `place`: `[2]` or `.x`.
    #[must_use]
    pub fn within(mut self, place: &str) -> Self {
        self.path.insert_str(0, place);
        self
    }

    /// A property or element whose getter throws `error`, which becomes the `cause`.
    pub(crate) fn unreadable(error: &JsValue) -> Self {
        let message = format!("cannot be read: {}", crate::js::describe(error));
        ConversionError { cause: Cause(error.clone()), ..Self::new(message) }
    }

    /// What a getter has thrown, or `undefined`.
    pub(crate) fn cause(&self) -> &JsValue {
        &self.cause.0
    }

    /// An instance of a class, or a buffer, that was freed or moved.
    pub(crate) fn gone(what: &str, was_moved: bool) -> Self {
        let (kind, how) =
            if was_moved { (Kind::Moved, "moved into Rust") } else { (Kind::Released, "freed") };
        let message = format!("takes {what}; got one that was {how}");
        Self::from_parts(message, kind)
    }

    /// An instance that is or was lent to a callback. `how` says which.
    #[cold]
    pub(crate) fn lent(what: &str, how: &str) -> Self {
        let kind = if how.starts_with("is") { Kind::Borrowed } else { Kind::Released };
        Self::from_parts(format!("takes {what}; got one that {how}"), kind)
    }

    /// An instance or a buffer that something else uses.
    #[cold]
    pub(crate) fn borrowed(what: &str) -> Self {
        let message =
            format!("takes {what}; got one that is borrowed, or that this call has been given already");
        Self::from_parts(message, Kind::Borrowed)
    }

    /// `ERR_LEND_RANGE`: more than `most` values are inside each other.
    #[cold]
    pub(crate) fn too_deep(most: u32) -> Self {
        let message = format!("is inside more than {most} others, or contains itself");
        Self::from_parts(message, Kind::Range)
    }

    /// `ERR_LEND_OOM`: there is no memory for `what`.
    pub(crate) fn no_memory(what: &str) -> Self {
        let message = format!("no memory for {what}");
        Self::from_parts(message, Kind::OutOfMemory)
    }

    /// `ERR_LEND_OOM`: the value needs a handle, and none is left.
    #[cold]
    pub(crate) fn no_handle_left() -> Self {
        let message = "no memory or no handle is left for it".to_owned();
        Self::from_parts(message, Kind::OutOfMemory)
    }

    pub(crate) fn is_borrowed(&self) -> bool {
        matches!(self.kind, Kind::Borrowed)
    }

    /// The number of its `code` in `CODES` of `runtime/js/refusalErrors.js`.
    pub(crate) fn code(&self) -> u32 {
        match self.kind {
            Kind::Type | Kind::Other => 0,
            Kind::Range => 1,
            Kind::Released => 2,
            Kind::Moved => 3,
            Kind::Borrowed => 4,
            Kind::OutOfMemory => 5,
        }
    }
}

impl core::fmt::Display for ConversionError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{} ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl core::error::Error for ConversionError {}
