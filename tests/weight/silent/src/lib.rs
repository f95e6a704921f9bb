//! One function of a slice, without the messages of panics.
#![allow(missing_docs)]

use wasm_lend::export;

#[export]
pub fn total(values: &[f32], gain: f32) -> f32 {
    values.iter().sum::<f32>() * gain
}
