//! What a function returns. Each function is a row of the table in `docs/TYPES.md`, in this order. Its comment says what
//! JavaScript gets and what that costs, separated by `|`.

use std::borrow::Cow;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use wasm_lend::{
    AsyncIter, Buffer, BufferMut, ExportedClosure, IntoJs, Iter, JsObject, JsValue, Record, Serde, export, export_closure,
};

#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable, Record)]
pub struct Particle {
    x: f32,
}

#[derive(IntoJs)]
pub struct Mine(u32);

#[export]
pub enum Mode {
    Fast,
    Slow,
}

#[derive(IntoJs)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

#[derive(serde::Serialize)]
pub struct Config {}

#[export]
pub struct Shape {
    corners: Vec<f32>,
    name: String,
}

/// A stream without items.
struct Ended;

impl futures_core::Stream for Ended {
    type Item = f64;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<f64>> {
        Poll::Ready(None)
    }
}

#[export]
pub mod results {
    use super::*;

    /// `undefined` | |
    pub fn nothing() -> () {}

    /// a number, as for all types up to 32 bits, `f32`, `f64`, `usize` and `isize` | |
    pub fn integer() -> u32 {
        0
    }

    /// a `BigInt`, as for `i64`, `u128` and `i128` | |
    pub fn wide_integer() -> u64 {
        0
    }

    /// a boolean | |
    pub fn boolean() -> bool {
        true
    }

    /// a string of one character | |
    pub fn character() -> char {
        'a'
    }

    /// a number of milliseconds | |
    pub fn duration() -> Duration {
        Duration::ZERO
    }

    /// a string | decoded from UTF-8 |
    pub fn string() -> String {
        String::new()
    }

    /// a string | decoded from UTF-8 |
    pub fn borrowed_string() -> Cow<'static, str> {
        Cow::Borrowed("")
    }

    /// a `ReadOnlyBuffer` | O(1) |
    pub fn buffer() -> Buffer<f32> {
        Buffer::from(vec![])
    }

    /// a `MutableBuffer` | O(1) |
    pub fn mutable_buffer() -> BufferMut<f32> {
        BufferMut::zeroed(0)
    }

    /// a plain typed array | one copy out |
    pub fn vector() -> Vec<f32> {
        vec![]
    }

    /// an Array of plain objects | one copy out |
    pub fn records() -> Vec<Particle> {
        vec![]
    }

    /// the value, or `undefined` | |
    pub fn option() -> Option<String> {
        None
    }

    /// the value; an `Err` is thrown: a `JsValue` as it is, a Rust error as an `Error` with its `cause`s | |
    pub fn result() -> Result<u8, std::fmt::Error> {
        Ok(0)
    }

    /// an Array | converted one by one |
    pub fn vector_of_strings() -> Vec<String> {
        vec![]
    }

    /// an Array | converted one by one |
    pub fn tuple() -> (u8, Option<String>) {
        (0, None)
    }

    /// the value | |
    pub fn js_value() -> JsValue {
        JsValue::NULL
    }

    /// the value | an index into the object table |
    pub fn object() -> JsObject {
        JsObject::from(JsValue::NULL)
    }

    /// a function, until Rust drops the `ExportedClosure` or JavaScript frees it | one call into wasm for each call |
    pub fn closure() -> ExportedClosure {
        export_closure(|(value,): (f64,)| value)
    }

    /// an iterator, for `for … of` | one call into wasm for each item |
    pub fn iterator() -> Iter<f64> {
        Iter::new([1.0])
    }

    /// an async iterator, for `for await` | one promise for each item |
    pub fn async_iterator() -> AsyncIter<f64> {
        AsyncIter::new(Ended)
    }

    /// an instance of an exported struct | O(1) |
    pub fn instance() -> Shape {
        Shape { corners: vec![], name: String::new() }
    }

    /// an object, Array, `Map`, … | converted by serde-wasm-bindgen |
    pub fn serde() -> Serde<Config> {
        Serde(Config {})
    }

    /// a number or a string: a variant of an exported enum | |
    pub fn enumeration() -> Mode {
        Mode::Fast
    }

    /// a plain object, of a struct or an enum with data that derives `IntoJs` | converted field by field |
    pub fn plain_data() -> Size {
        Size { width: 1.0, height: 1.0 }
    }

    /// what the type's `IntoJs` says | |
    pub fn newtype() -> Mine {
        Mine(0)
    }

    /// a promise of any of these | |
    pub async fn promise() -> u32 {
        0
    }
}

/// The rows of methods come last.
#[export]
impl Shape {
    /// a `ReadOnlyBuffer`, which keeps the instance borrowed | O(1) |
    pub fn corners(&self) -> &[f32] {
        &self.corners
    }

    /// a `MutableBuffer`, which keeps the instance exclusively borrowed | O(1) |
    pub fn corners_mut(&mut self) -> &mut [f32] {
        &mut self.corners
    }

    /// a string | decoded from UTF-8 |
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn main() {}
