#![deny(warnings)]

use wasm_lend::export;

/// Documented.
#[export]
#[inline]
#[must_use]
#[cfg(not(any()))]
pub fn kept(value: u8) -> u8 {
    value
}

#[export]
#[cfg(any())]
pub fn gone(value: DoesNotExist) -> u8 {
    value
}

#[export]
#[deprecated(since = "1.0.0", note = "use kept")]
pub(crate) fn old(value: u8) -> u8 {
    value
}

#[export]
#[allow(clippy::too_many_arguments)]
pub mod api {
    #[cfg(any())]
    pub fn gone_too(values: &[u8]) -> u8 {
        does_not_exist(values)
    }

    pub fn here(values: &[u8]) -> u8 {
        values[0]
    }

    #[allow(dead_code)]
    pub(super) struct Untouched;
}

#[allow(deprecated)]
fn main() {
    assert_eq!(kept(1) + old(2) + api::here(&[3]), 6);
}
