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

    /// A fresh typed array.
    pub fn lend_vec(len: u32) -> Vec<u8> {
        vec![1; len as usize]
    }
}
