//! The smallest package of the main use: one function of a slice, with the default features.
#![allow(missing_docs)]

use wasm_lend::export;

#[export]
pub fn total(values: &[f32], gain: f32) -> f32 {
    values.iter().sum::<f32>() * gain
}
