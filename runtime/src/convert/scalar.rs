//! Numbers that do not cross as one number: wide ones, and those that may be absent.

/// An `Option` of a small number. `None` is a number too large for any of them.
#[inline(always)]
#[must_use]
pub fn small(raw: u32) -> Option<u32> {
    (raw != NO_SMALL).then_some(raw)
}

/// `None` of `u8`, `i8`, `u16`, `i16`, `bool` and `char`.
pub(super) const NO_SMALL: u32 = 0xff_ffff;

/// An `Option` of a number of 32 bits. `None` is an `f64` outside their range.
#[inline(always)]
#[must_use]
pub fn word(raw: f64) -> Option<f64> {
    (raw != NO_WORD).then_some(raw)
}

/// `None` of `u32`, `i32`, `usize`, `isize` and `f32`.
pub(super) const NO_WORD: f64 = 4_294_967_297.0;

/// An `Option` that crosses as two numbers.
#[inline(always)]
#[must_use]
pub fn flagged<T>(present: u32, value: T) -> Option<T> {
    (present != 0).then_some(value)
}

/// A number of 128 bits from its halves.
#[inline(always)]
#[must_use]
pub fn wide(low: u64, high: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

/// The character of a number. U+FFFD if no character has that number: only a caller that makes up numbers passes such a number.
#[inline(always)]
#[must_use]
pub fn char(raw: u32) -> char {
    char::from_u32(raw).unwrap_or(char::REPLACEMENT_CHARACTER)
}
