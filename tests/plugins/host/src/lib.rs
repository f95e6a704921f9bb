//! The package that loads the plugins of the tests.

#![allow(missing_docs)]

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::{Buffer, BufferMut, Callback, Exception, JsRef, export};

static CONSTANT: &str = "a constant of the host's";

#[export]
mod functions {
    use super::*;

    /// The constant that a naive plugin overwrites.
    pub fn constant() -> &'static str {
        CONSTANT
    }

    pub fn constant_length(more: u32) -> u32 {
        CONSTANT.len() as u32 + more
    }

    /// The address of the constant.
    pub fn constant_address() -> u32 {
        CONSTANT.as_ptr().addr() as u32
    }

    pub fn host_sum(values: &[f32]) -> f32 {
        values.iter().sum()
    }

    /// A function that a loop cannot optimize away.
    pub fn address_and_length(values: &[u8]) -> u32 {
        values.as_ptr().addr() as u32 ^ values.len() as u32
    }

    pub fn add_one(bytes: &mut [u8]) {
        bytes.iter_mut().for_each(|byte| *byte += 1);
    }

    pub fn make(len: u32) -> BufferMut<u8> {
        BufferMut::zeroed(len as usize)
    }

    pub fn share(bytes: BufferMut<u8>) -> Buffer<u8> {
        bytes.freeze()
    }

    pub fn host_stack() -> u32 {
        let local = 0_u8;
        std::hint::black_box(&raw const local).addr() as u32
    }

    /// Calls `f` during a call of the host.
    pub fn call(f: Callback<'_, (f64,), f64>, value: f64) -> Result<f64, Exception> {
        f.call((value,))
    }

    /// Calls `f` while it uses four kilobytes of stack.
    pub fn deep(f: Callback<'_, (f64,), f64>) -> Result<f64, Exception> {
        let memory = std::hint::black_box([7_u8; 4096]);
        let result = f.call((1.0,))?;
        Ok(result + f64::from(std::hint::black_box(memory)[4095]))
    }

    pub fn host_panic(message: &str) {
        panic!("{message}");
    }

    pub fn refuse(fail: bool) -> Result<u32, std::num::ParseIntError> {
        if fail { "x".parse() } else { Ok(1) }
    }

    pub fn type_name(value: JsRef<'_>) -> String {
        format!("{:?}", value.type_of())
    }

    /// A function with an argument that modules cannot exchange.
    pub fn optional(values: Vec<String>) -> u32 {
        values.len() as u32
    }
}

/// A plain wasm-bindgen function.
#[wasm_bindgen]
pub fn bound(name: &str) -> String {
    format!("{name}, unchanged")
}
