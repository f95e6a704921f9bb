//! What a function returns. Each function is a row of the table in `docs/TYPES.md`, in this order. Its comment says what
//! JavaScript gets and what that costs, separated by `|`.

use std::borrow::Cow;
use std::time::Duration;

use wasm_lend::{Buffer, BufferMut, IntoJs, JsValue, Record, Serde, export};

#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable, Record)]
pub struct Particle {
    x: f32,
}

#[derive(IntoJs)]
pub struct Mine(u32);

#[derive(serde::Serialize)]
pub struct Config {}

#[export]
pub mod results {
    use super::*;

    /// `undefined` | |
    pub fn a() -> () {}

    /// a number; a `BigInt` from 64 bits on; a boolean; a string of one character | |
    pub fn b() -> u32 {
        0
    }

    /// a number of milliseconds | |
    pub fn b2() -> Duration {
        Duration::ZERO
    }

    /// a string | decoded from UTF-8 |
    pub fn c() -> String {
        String::new()
    }

    /// a string | decoded from UTF-8 |
    pub fn d() -> Cow<'static, str> {
        Cow::Borrowed("")
    }

    /// a `ReadOnlyBuffer` | O(1) |
    pub fn e() -> Buffer<f32> {
        Buffer::from(vec![])
    }

    /// a `MutableBuffer` | O(1) |
    pub fn f() -> BufferMut<f32> {
        BufferMut::zeroed(0)
    }

    /// a plain typed array | one copy out |
    pub fn g() -> Vec<f32> {
        vec![]
    }

    /// an Array of plain objects | one copy out |
    pub fn h() -> Vec<Particle> {
        vec![]
    }

    /// the value, or `undefined` | |
    pub fn i() -> Option<String> {
        None
    }

    /// the value; an `Err` is thrown: a `JsValue` as it is, a Rust error as an `Error` with its `cause`s | |
    pub fn j() -> Result<u8, std::fmt::Error> {
        Ok(0)
    }

    /// an Array | converted one by one |
    pub fn k() -> Vec<String> {
        vec![]
    }

    /// an Array | converted one by one |
    pub fn l() -> (u8, Option<String>) {
        (0, None)
    }

    /// the value | |
    pub fn m() -> JsValue {
        JsValue::NULL
    }

    /// an object, Array, `Map`, … | converted by serde-wasm-bindgen |
    pub fn n() -> Serde<Config> {
        Serde(Config {})
    }

    /// what the type's `IntoJs` says | |
    pub fn o() -> Mine {
        Mine(0)
    }

    /// a promise of any of these | |
    pub async fn p() -> u32 {
        0
    }
}

fn main() {}
