//! The same functions behind different boundaries: a bare export, `#[wasm_bindgen]` and `#[export]`.
//!
//! Each slice function does the same work, [`first`], which costs the same for every length.

use wasm_bindgen::prelude::*;
use wasm_lend::{Buffer, export};

/// Not inlined, so that no boundary is simplified together with what stands behind it.
#[inline(never)]
fn first(values: &[u8]) -> u32 {
    values.first().map_or(0, |value| u32::from(*value)) + values.len() as u32
}

/// The floor: a call with two numbers and nothing between.
#[unsafe(no_mangle)]
pub extern "C" fn bare_add(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}

/// What a call over a slice costs with no check at all.
///
/// # Safety
///
/// `data` points to `len` initialised bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bare_first(data: *const u8, len: usize) -> u32 {
    // SAFETY: the caller's promise.
    first(unsafe { core::slice::from_raw_parts(data, len) })
}

/// The same over two slices.
///
/// # Safety
///
/// As for [`bare_first`], twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bare_two(a: *const u8, a_len: usize, b: *const u8, b_len: usize) -> u32 {
    // SAFETY: the caller's promise.
    let a = unsafe { core::slice::from_raw_parts(a, a_len) };
    // SAFETY: the caller's promise.
    let b = unsafe { core::slice::from_raw_parts(b, b_len) };
    first(a) + first(b)
}

/// wasm-bindgen's nearest kin of a handle.
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

/// A slice: copied in at each call.
#[wasm_bindgen]
pub fn bindgen_slice(values: &[u8]) -> u32 {
    first(values)
}

/// Two numbers.
#[wasm_bindgen]
pub fn bindgen_add(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}

/// A fresh object.
#[wasm_bindgen]
pub fn bindgen_make(len: usize) -> Owner {
    Owner(vec![1; len])
}

/// A fresh typed array.
#[wasm_bindgen]
pub fn bindgen_vec(len: usize) -> Vec<u8> {
    vec![1; len]
}

/// The calls of wasm-lend.
#[export]
pub mod lend {
    use super::*;

    /// A checked handle.
    pub fn lend_slice(values: &[u8]) -> u32 {
        first(values)
    }

    /// The same for plain arrays: engines optimise each function for what it is called with.
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

    /// A fresh buffer.
    pub fn lend_make(len: u32) -> Buffer<u8> {
        Buffer::from(vec![1; len as usize])
    }

    /// A part of a mutable buffer, for reading.
    pub fn lend_part(values: &[u8]) -> u32 {
        first(values)
    }

    /// A part of a mutable buffer, for writing.
    pub fn lend_part_mut(values: &mut [u8]) -> u32 {
        first(values)
    }

    /// Keeps a buffer of `len` ones, of which `lend_kept` and `lend_kept_copy` return the elements.
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

    /// A fresh typed array.
    pub fn lend_vec(len: u32) -> Vec<u8> {
        vec![1; len as usize]
    }
}

thread_local! {
    static KEPT: std::cell::RefCell<Option<Buffer<u8>>> = const { std::cell::RefCell::new(None) };
}

/// A copy of the buffer that `keep` keeps.
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

/// Keeps a text, which `text_out` then returns under the index that this does.
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

    /// A string in.
    fn lend_text_in / bindgen_text_in(text: &str) -> u32 {
        first(text.as_bytes())
    }

    /// An owned string in.
    fn lend_string_in / bindgen_string_in(text: String) -> u32 {
        first(text.as_bytes())
    }

    /// A string out.
    fn lend_text_out / bindgen_text_out(index: u32) -> String {
        TEXTS.with_borrow(|texts| texts[index as usize].clone())
    }

    /// A number that may be absent.
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

    /// Any value.
    fn lend_value / bindgen_value(value: &JsValue) -> bool {
        value.is_undefined()
    }
}

mod objects;
