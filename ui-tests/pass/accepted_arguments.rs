//! What a parameter takes. Each function is a row of the table in `docs/TYPES.md`, in this order. Its comment says what
//! JavaScript passes, what that costs, and who owns it, separated by `|`.

use std::borrow::Cow;
use std::time::Duration;

use wasm_lend::{
    AbortSignal, Buffer, BufferMut, Callback, Clamped, FromJs, Function, JsObject, JsRef, JsValue, Param, Record, Serde, export,
};

#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable, Record)]
pub struct Particle {
    x: f32,
}

#[derive(FromJs)]
pub struct Mine(u32);

#[export]
pub enum Mode {
    Fast,
    Slow,
}

#[derive(FromJs)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

#[derive(FromJs)]
pub enum Figure {
    Circle { radius: f64 },
    Nothing,
}

#[derive(serde::Deserialize)]
pub struct Config {}

#[export]
pub struct Shape {
    pub sides: u32,
}

#[export]
#[allow(unused_variables)]
pub mod arguments {
    use super::*;

    /// a whole number in range | | |
    pub fn integers(a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: usize, h: isize) {}

    /// a number (`f32` rounds it) | | |
    pub fn floats(a: f32, b: f64) {}

    /// a `BigInt` in range | | |
    pub fn wide_integers(a: u64, b: i64, c: u128, d: i128) {}

    /// `true`, `false` | | |
    pub fn booleans(a: bool) {}

    /// a string of one character | | |
    pub fn characters(a: char) {}

    /// a string | encoded as UTF-8, without an allocation up to 5,000 characters | borrowed for the call |
    pub fn borrowed_strings(a: &str, b: Cow<'_, str>) {}

    /// a string | encoded as UTF-8 | owned by Rust |
    pub fn owned_strings(a: String, b: Box<str>) {}

    /// a number of milliseconds, 0 or more | | |
    pub fn duration(a: Duration) {}

    /// a `ReadOnlyBuffer` or `MutableBuffer` | O(1) | borrowed for the call; others may read it |
    /// a plain typed array | one copy in | |
    pub fn slice(a: &[f32]) {}

    /// a `MutableBuffer` | O(1) | borrowed for the call; nobody else may use it |
    /// a plain typed array | one copy in, one out | |
    pub fn exclusive_slice(a: &mut [f32]) {}

    /// what a slice takes, in that length | as a slice | borrowed for the call |
    pub fn fixed_array(a: &[f32; 4], b: &mut [f32; 4]) {}

    /// a `ReadOnlyBuffer` | O(1) | one more reference; Rust may keep it |
    /// a plain typed array | one copy in | |
    pub fn buffer(a: Buffer<f32>) {}

    /// a `MutableBuffer` | O(1) | moved: the JavaScript buffer can no longer be used |
    /// a plain typed array | one copy in; for a `Vec<T>` of at most 1 KiB two | |
    pub fn moved_buffers(a: BufferMut<f32>, b: Vec<f32>) {}

    /// a buffer of these records | O(1) | as for numbers |
    /// an Array of plain objects (not for `&mut`) | one copy in | |
    pub fn records(a: &[Particle], b: &mut [Particle], c: Buffer<Particle>, d: BufferMut<Particle>) {}

    /// what the type takes, `undefined` or `null` | | |
    pub fn options(a: Option<u8>, b: Option<&str>, c: Option<&[u8]>, d: Option<Buffer<u8>>, e: Option<JsValue>) {}

    /// any value | an index into the object table's stack | borrowed for the call |
    pub fn borrowed_object(a: JsRef<'_>) {}

    /// any value | an index into the object table | owned by Rust, with a reference count |
    pub fn owned_object(a: JsObject) {}

    /// a function | an index into the object table's stack; each call is one call out of wasm | borrowed for the call |
    pub fn borrowed_callback(a: Callback<'_, (f64, &str), bool>) {}

    /// a function | an index into the object table; each call is one call out of wasm | owned by Rust |
    pub fn owned_callback(a: Function<(f64, String), bool>) {}

    /// an instance of an exported struct | O(1) | borrowed shared, borrowed exclusively, or moved |
    pub fn instances(a: &Shape, b: &mut Shape, c: Shape) {}

    /// an `AbortSignal`, which cancels the function | | |
    pub async fn signal(a: AbortSignal) {}

    /// any value | | borrowed for the call |
    pub fn borrowed_js_value(a: &JsValue) {}

    /// any value | | owned by Rust |
    pub fn js_value(a: JsValue) {}

    /// an instance of a class of js-sys or web-sys | | borrowed, or owned by Rust |
    pub fn js_classes(a: &js_sys::Date, b: js_sys::Date) {}

    /// an Array | converted one by one | by value |
    pub fn containers(a: Vec<String>, b: [f64; 3], c: (u8, String)) {}

    /// an object, Array, `Map`, … | converted by serde-wasm-bindgen | by value |
    pub fn serde(a: Serde<Config>) {}

    /// a number or a string: a variant of an exported enum | | |
    pub fn enumeration(a: Mode) {}

    /// a plain object, of a struct or an enum with data that derives `FromJs` | converted field by field | by value |
    pub fn plain_data(a: Size, b: Figure) {}

    /// what the type's `FromJs` says | | |
    pub fn newtype(a: Mine) {}
}

/// Accepted, but not in the table.
#[export]
pub fn others(a: Clamped8, b: Vec<Clamped<u8>>, c: Vec<Mine>, d: Option<Vec<Mine>>, e: Vec<Param>, f: Vec<Vec<u8>>) {
    let _ = (a, b, c, d, e, f);
}

type Clamped8 = Buffer<Clamped<u8>>;

fn main() {}
