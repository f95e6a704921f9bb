//! Rust of two threads shares a buffer, without JavaScript in between.

use std::sync::{Mutex, PoisonError};

use wasm_lend::{Buffer, export};

/// One for all threads of this memory. `Buffer<T>` is `Send` and `Sync`.
///
/// Never `lock()` it on the main thread of a page while another thread may hold it: that thread would have to wait, which browsers refuse, and
/// the refusal is a trap. `try_lock()` does not wait. Workers may wait.
static SHELF: Mutex<Vec<Buffer<u8>>> = Mutex::new(Vec::new());

/// Puts a buffer onto the shelf. Nothing is copied: `values` is one more reference. False if another thread is at the shelf just now.
#[export]
pub fn put(values: Buffer<u8>) -> bool {
    let Ok(mut shelf) = SHELF.try_lock() else { return false };
    shelf.push(values);
    true
}

/// For workers: takes what was put last. Waits while another thread is at the shelf.
#[export]
pub fn take() -> Option<Buffer<u8>> {
    SHELF.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

/// Where the values are in memory.
#[export]
pub fn address_of(values: &[u8]) -> u32 {
    values.as_ptr().addr() as u32
}
