//! A function of each kind, for the tests of the places where JavaScript runs.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::{Buffer, BufferMut, Callback, JsObject, export};

/// The sum of all bytes.
#[export]
pub fn sum(bytes: &[u8]) -> f64 {
    bytes.iter().map(|byte| f64::from(*byte)).sum()
}

/// Multiplies each sample.
#[export]
pub fn amplify(samples: &mut [f32], gain: f32) {
    samples.iter_mut().for_each(|sample| *sample *= gain);
}

/// The text, repeated.
#[export]
pub fn repeat(text: &str, count: usize) -> String {
    text.repeat(count)
}

/// A buffer of ones.
#[export]
pub fn ones(length: usize) -> BufferMut<u8> {
    vec![1; length].into()
}

/// The same buffer.
#[export]
pub fn keep(bytes: Buffer<u8>) -> Buffer<u8> {
    bytes
}

/// The result of the function for a number.
#[export]
pub fn call(f: Callback<'_, (u32,), u32>, number: u32) -> u32 {
    f.call((number,)).unwrap_or_default()
}

/// The object.
#[export]
pub fn echo(object: JsObject) -> JsObject {
    object
}

/// The text, later.
#[export]
pub async fn later(text: String) -> String {
    text
}

/// Ends the instance.
#[export]
pub fn fail(bytes: &[u8]) -> u8 {
    bytes[bytes.len()]
}

/// A class.
#[export]
pub struct Counter {
    /// How often `add` was called.
    #[lend(readonly)]
    pub count: u32,
}

#[export]
impl Counter {
    /// At 0.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Counter { count: 0 }
    }

    /// One more.
    pub fn add(&mut self) -> u32 {
        self.count += 1;
        self.count
    }
}

/// A wasm-bindgen function. Its glue uses more of the host.
#[wasm_bindgen]
#[must_use]
pub fn bindgen_reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// The tests of hot updates find this text in the wasm file and change it.
#[export]
#[must_use]
pub fn edition() -> String {
    std::hint::black_box("edition one").to_owned()
}
