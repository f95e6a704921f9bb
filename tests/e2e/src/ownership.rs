//! Buffers that Rust retains, gives back, and drops.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use wasm_lend::{Buffer, BufferMut, export};

thread_local! {
    static KEPT: RefCell<Vec<Buffer<u8>>> = const { RefCell::new(Vec::new()) };
    static OWNED: RefCell<Option<BufferMut<u8>>> = const { RefCell::new(None) };
}

static DROPPED: AtomicU32 = AtomicU32::new(0);

struct CountsDrops(Arc<[u8]>);

impl std::ops::Deref for CountsDrops {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for CountsDrops {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

#[export]
pub mod holding {
    use super::*;

    /// Retains a buffer.
    pub fn hold(values: Buffer<u8>) {
        KEPT.with_borrow_mut(|kept| kept.push(values));
    }
    /// Another reference to the buffer that was retained last.
    pub fn held() -> Buffer<u8> {
        KEPT.with_borrow(|kept| kept[kept.len() - 1].clone())
    }
    /// The elements `from..to` of the buffer that was retained last.
    pub fn held_slice(from: u32, to: u32) -> Buffer<u8> {
        KEPT.with_borrow(|kept| kept[kept.len() - 1].slice(from as usize..to as usize))
    }
    /// The reference count of the buffer that was retained last.
    pub fn holders() -> u32 {
        KEPT.with_borrow(|kept| kept[kept.len() - 1].holders() as u32)
    }
    /// Drops all retained buffers.
    pub fn let_go() {
        KEPT.with_borrow_mut(Vec::clear);
    }
    /// Takes ownership of a mutable buffer.
    pub fn own(values: BufferMut<u8>) {
        OWNED.set(Some(values));
    }
    /// Gives it back, or an empty buffer if there is none.
    pub fn disown() -> BufferMut<u8> {
        OWNED.take().unwrap_or_else(|| BufferMut::zeroed(0))
    }
    /// The address of a moved buffer in Rust.
    pub fn address_of_moved(values: Vec<u8>) -> u32 {
        values.as_ptr().addr() as u32
    }
    /// Takes one buffer and borrows another.
    pub fn take_and_read(taken: BufferMut<u8>, read: &[u8]) -> u32 {
        (taken.len() + read.len()) as u32
    }
    /// Borrows one buffer and takes another.
    pub fn read_and_take(read: &[u8], taken: Vec<u8>) -> u32 {
        (taken.len() + read.len()) as u32
    }
    /// A new read-only buffer of `len` ones.
    pub fn ones(len: u32) -> Buffer<u8> {
        Buffer::from(vec![1; len as usize])
    }
    /// A new mutable buffer of `len` ones.
    pub fn ones_mut(len: u32) -> BufferMut<u8> {
        BufferMut::from(vec![1; len as usize])
    }
    /// A new typed array of `len` ones.
    pub fn ones_copied(len: u32) -> Vec<u8> {
        vec![1; len as usize]
    }
    /// A buffer with an owner that counts its drops.
    pub fn owned_elsewhere() -> Buffer<u8> {
        Buffer::from_owner(CountsDrops(Arc::from([1, 2, 3])))
    }
    /// How many such owners have been dropped.
    pub fn dropped() -> u32 {
        DROPPED.load(Ordering::Relaxed)
    }
}

/// Writes to one buffer and takes another.
#[export]
pub fn write_and_take(written: &mut [u8], taken: Vec<u8>) -> usize {
    written.fill(1);
    written.len() + taken.len()
}

/// The same in the other order.
#[export]
pub fn take_and_write(taken: Vec<u8>, written: &mut [u8]) -> usize {
    write_and_take(written, taken)
}

/// Both, one after the other.
#[export]
pub fn take_two(mut one: Vec<u8>, other: Vec<u8>) -> Vec<u8> {
    one.extend(other);
    one
}

/// Reads one buffer and writes to another.
#[export]
pub fn read_beside_written(read: &[u8], written: &mut [u8]) -> usize {
    written.fill(1);
    written.len() + read.len()
}
