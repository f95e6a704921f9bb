//! Panics in a package without their messages.
#![allow(missing_docs)]

use wasm_lend::export;

/// Panics if `b` is 0.
#[export]
pub fn divide(a: u32, b: u32) -> u32 {
    a / b
}

/// Panics with a message of its own.
#[export]
pub fn say(number: u32) {
    panic!("the number {number}");
}

/// Panics if there is no such element.
#[export]
pub fn element(values: &[f32], index: u32) -> f32 {
    values[index as usize]
}

/// Panics when it is dropped.
#[export]
#[derive(Default)]
pub struct Fragile {}

#[export]
impl Fragile {
    /// One that panics later.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Drop for Fragile {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

/// Panics after the call.
#[export]
pub async fn later(bytes: wasm_lend::Buffer<u8>) -> u8 {
    std::future::ready(()).await;
    bytes[1]
}
