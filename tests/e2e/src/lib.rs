//! The functions that the end-to-end tests call.
#![forbid(unsafe_code)]

use wasm_lend::export;

/// The sum of all bytes, wrapping round at 256.
///
/// Second paragraph, with a comment's end: */
#[export]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| sum.wrapping_add(*value))
}

/// Multiplies every sample.
#[export]
pub fn scale(samples: &mut [f32], gain: f32) {
    samples.iter_mut().for_each(|sample| *sample *= gain);
}
