//! The same functions behind different boundaries: a bare export, `#[wasm_bindgen]` and `#[export]`.
//!
//! Each slice function does the same work, [`first`], which takes the same time for every length.

use wasm_bindgen::prelude::*;
use wasm_lend::{Buffer, export};

/// It is not inlined, so that the compiler cannot simplify a boundary together with the function behind it.
#[inline(never)]
fn first(values: &[u8]) -> u32 {
    values.first().map_or(0, |value| u32::from(*value)) + values.len() as u32
}

/// The floor: a call with two numbers and no boundary.
#[unsafe(no_mangle)]
pub extern "C" fn bare_add(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}

/// A call with a slice and without any check.
///
/// # Safety
///
/// `data` points to `len` initialised bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bare_first(data: *const u8, len: usize) -> u32 {
    // SAFETY: the caller guarantees that the pointer and the length are valid.
    first(unsafe { core::slice::from_raw_parts(data, len) })
}

/// The same over two slices.
///
/// # Safety
///
/// As for [`bare_first`], twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bare_two(a: *const u8, a_len: usize, b: *const u8, b_len: usize) -> u32 {
    // SAFETY: the caller guarantees that the pointer and the length are valid.
    let a = unsafe { core::slice::from_raw_parts(a, a_len) };
    // SAFETY: the caller guarantees that the pointer and the length are valid.
    let b = unsafe { core::slice::from_raw_parts(b, b_len) };
    first(a) + first(b)
}

/// What wasm-bindgen has that is most similar to a handle.
#[wasm_bindgen]
pub struct Owner(Vec<u8>);

#[wasm_bindgen]
impl Owner {
    /// `len` ones.
    #[wasm_bindgen(constructor)]
    pub fn new(len: usize) -> Owner {
        Owner(vec![1; len])
    }
}

/// A struct by reference: a pointer and a borrow flag.
#[wasm_bindgen]
pub fn bindgen_struct(owner: &Owner) -> u32 {
    first(&owner.0)
}

/// Two structs by reference.
#[wasm_bindgen]
pub fn bindgen_two_structs(a: &Owner, b: &Owner) -> u32 {
    first(&a.0) + first(&b.0)
}

/// A slice, which is copied in at each call.
#[wasm_bindgen]
pub fn bindgen_slice(values: &[u8]) -> u32 {
    first(values)
}

/// Two numbers.
#[wasm_bindgen]
pub fn bindgen_add(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}

/// A new object.
#[wasm_bindgen]
pub fn bindgen_make(len: usize) -> Owner {
    Owner(vec![1; len])
}

/// A new typed array.
#[wasm_bindgen]
pub fn bindgen_vec(len: usize) -> Vec<u8> {
    vec![1; len]
}

/// The same calls with wasm-lend.
#[export]
pub mod lend {
    use super::*;

    /// A checked handle.
    pub fn lend_slice(values: &[u8]) -> u32 {
        first(values)
    }

    /// The same for plain arrays. It is a separate function because engines optimise a function for its arguments.
    pub fn lend_plain(values: &[u8]) -> u32 {
        first(values)
    }

    /// Two checked handles.
    pub fn lend_two_slices(a: &[u8], b: &[u8]) -> u32 {
        first(a) + first(b)
    }

    /// Two numbers.
    pub fn lend_add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }

    /// A new buffer.
    pub fn lend_make(len: u32) -> Buffer<u8> {
        Buffer::from(vec![1; len as usize])
    }

    /// A sub-buffer of a mutable buffer, for reading.
    pub fn lend_part(values: &[u8]) -> u32 {
        first(values)
    }

    /// A sub-buffer of a mutable buffer, for writing.
    pub fn lend_part_mut(values: &mut [u8]) -> u32 {
        first(values)
    }

    /// Keeps a buffer of `len` ones. `lend_kept` and `lend_kept_copy` return its elements.
    pub fn keep(len: u32) {
        KEPT.set(Some(Buffer::from(vec![1; len as usize])));
    }

    /// The kept buffer.
    pub fn lend_kept() -> Buffer<u8> {
        KEPT.with_borrow(|kept| kept.as_ref().expect("kept").clone())
    }

    /// A copy of the kept buffer.
    pub fn lend_kept_copy() -> Vec<u8> {
        KEPT.with_borrow(|kept| kept.as_ref().expect("kept").to_vec())
    }

    /// A new typed array.
    pub fn lend_vec(len: u32) -> Vec<u8> {
        vec![1; len as usize]
    }
}

thread_local! {
    static KEPT: std::cell::RefCell<Option<Buffer<u8>>> = const { std::cell::RefCell::new(None) };
}

/// A copy of the buffer that `keep` has kept.
#[wasm_bindgen]
pub fn bindgen_kept_copy() -> Vec<u8> {
    lend::lend_kept_copy()
}

/// The same function behind both boundaries: `lend_<name>` and `bindgen_<name>`.
macro_rules! both {
    ($($(#[$docs:meta])* fn $lend:ident / $bindgen:ident ($($name:ident: $type:ty),*) -> $result:ty $body:block)*) => {$(
        $(#[$docs])*
        #[export]
        pub fn $lend($($name: $type),*) -> $result $body

        $(#[$docs])*
        #[wasm_bindgen]
        pub fn $bindgen($($name: $type),*) -> $result $body
    )*};
}

thread_local! {
    static TEXTS: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Keeps a text and returns its index. `text_out` returns the text for the index.
#[export]
pub fn keep_text(text: String) -> u32 {
    TEXTS.with_borrow_mut(|texts| {
        texts.push(text);
        texts.len() as u32 - 1
    })
}

both! {
    /// A boolean.
    fn lend_bool / bindgen_bool(value: bool) -> bool {
        !value
    }

    /// A number of 64 bits.
    fn lend_u64 / bindgen_u64(value: u64) -> u64 {
        value.wrapping_add(1)
    }

    /// A float.
    fn lend_f64 / bindgen_f64(value: f64) -> f64 {
        value + 1.0
    }

    /// A string as an argument.
    fn lend_text_in / bindgen_text_in(text: &str) -> u32 {
        first(text.as_bytes())
    }

    /// An owned string as an argument.
    fn lend_string_in / bindgen_string_in(text: String) -> u32 {
        first(text.as_bytes())
    }

    /// A string as the result.
    fn lend_text_out / bindgen_text_out(index: u32) -> String {
        TEXTS.with_borrow(|texts| texts[index as usize].clone())
    }

    /// An optional number.
    fn lend_option / bindgen_option(value: Option<u32>) -> Option<u32> {
        value
    }

    /// A number, or an error.
    fn lend_result / bindgen_result(value: u32) -> Result<u32, JsValue> {
        if value == 0 { Err(JsValue::UNDEFINED) } else { Ok(value) }
    }

    /// Floats.
    fn lend_floats / bindgen_floats(len: u32) -> Vec<f32> {
        vec![0.5; len as usize]
    }

    /// Three numbers.
    fn lend_three / bindgen_three(a: u32, b: u32, c: f64) -> f64 {
        f64::from(a) + f64::from(b) + c
    }

    /// Bytes that are written to.
    fn lend_plain_mut / bindgen_plain_mut(values: &mut [u8]) -> u32 {
        first(values)
    }

    /// Bytes by value.
    fn lend_vec_in / bindgen_vec_in(values: Vec<u8>) -> u32 {
        first(&values)
    }

    /// Floats by value.
    fn lend_floats_in / bindgen_floats_in(values: Vec<f32>) -> u32 {
        values.first().map_or(0, |value| *value as u32) + values.len() as u32
    }

    /// Any value.
    fn lend_value / bindgen_value(value: &JsValue) -> bool {
        value.is_undefined()
    }
}

mod image;
mod instances;
mod jobs;
mod objects;
mod page;
mod rewriter;
