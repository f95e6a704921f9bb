//! What `#[export]` on an enum uses: the variant of a number or a string, and the error of a value that is no variant.

use crate::JsValue;

use super::ConversionError;

/// An enum that `#[export]` has made an object of JavaScript. By it the functions of an `impl` block find their enum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no exported enum",
    label = "not an exported enum",
    note = "`#[export]` takes a type for an enum if it has seen `#[export] enum` of that name before: give one of the two another name"
)]
pub trait Enum {
    /// The crate and the name in JavaScript.
    const KEY: &'static str;
}

/// The value as a whole number, if it is one.
#[must_use]
pub fn whole_number(value: &JsValue) -> Option<i64> {
    let number = value.as_f64()?;
    // The cast ends at the limits of `i64`, and makes 0 of NaN. Neither is the same number then.
    let whole = number as i64;
    (whole as f64 == number).then_some(whole)
}

/// The error for a value that is no variant of an enum of numbers. `what` lists the variants.
#[cold]
#[must_use]
pub fn no_variant_of_numbers(value: &JsValue, what: &str) -> ConversionError {
    no_variant(value, value.as_f64().is_some(), what)
}

/// The error for a value that is no variant of an enum of strings.
#[cold]
#[must_use]
pub fn no_variant_of_strings(value: &JsValue, what: &str) -> ConversionError {
    no_variant(value, value.as_string().is_some(), what)
}

fn no_variant(value: &JsValue, is_of_type: bool, what: &str) -> ConversionError {
    if is_of_type { ConversionError::range(what, value) } else { ConversionError::expected(what, value) }
}

/// Checks at compile time that a variant has the number that the macro has read.
///
/// # Panics
///
/// If it has another one.
pub const fn assert_discriminant(is_same: bool) {
    assert!(is_same, "the variant has another number than `#[export]` has read");
}
