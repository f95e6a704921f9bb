//! Functions of numbers, one of which makes buffers that only Rust has.
#![allow(missing_docs)]

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use wasm_lend::{Buffer, BufferMut, export};

thread_local! {
    static KEPT: RefCell<Vec<Buffer<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Makes a buffer and keeps it. False if there is no memory for it.
#[export]
pub fn keep(len: u32) -> bool {
    let buffer = BufferMut::<u8>::try_zeroed(len as usize);
    buffer.map(|buffer| KEPT.with_borrow_mut(|kept| kept.push(buffer.freeze()))).is_ok()
}

/// Runs before the runtime has started.
#[wasm_bindgen(start)]
pub fn started() {
    keep(10);
}
