//! What the JavaScript runtime calls.
//!
//! These functions take whatever numbers they are given: a handle or tag that means nothing is answered with 0, never
//! with memory. `exports` gives them their names in the wasm module.

use core::sync::atomic::Ordering;

use crate::buffer::destroy;
use crate::element::layout_of;
use crate::table::{self, IN_USE, MUTABLE, Storage, VIEW};

/// A new buffer of `len` zeros, of the element tag and mutability of `shape`, held by JavaScript; 0 when there is no
/// memory, or no such type.
pub(crate) fn alloc(shape: u32, len: u32) -> u32 {
    let Some(layout) = layout_of(shape & !MUTABLE, len as usize) else {
        return 0;
    };
    let data = if layout.size() == 0 {
        core::ptr::without_provenance_mut(layout.align())
    } else {
        // SAFETY: not of size zero.
        unsafe { std::alloc::alloc_zeroed(layout) }
    };
    if data.is_null() {
        return 0;
    }
    let storage = Storage::Vec { capacity: len as usize };
    match table::insert(shape, data, len as usize, storage, None) {
        Some(slot) => slot.lend_to_js(),
        None => {
            if layout.size() > 0 {
                // SAFETY: allocated above with this layout, and nobody has it.
                unsafe { std::alloc::dealloc(data, layout) };
            }
            0
        }
    }
}

/// Makes a mutable buffer read-only: its new handle, or 0 if it is not mutable, or borrowed, or not JavaScript's.
pub(crate) fn freeze(handle: u32) -> u32 {
    let Some(slot) = owned_by_js(handle) else { return 0 };
    if !slot.is_mutable() || slot.base().borrow.is_borrowed() {
        return 0;
    }
    let tag = slot.tag();
    let _ = slot.take_from_js();
    slot.set_shape(tag);
    if slot.can_be_lent() {
        return slot.lend_to_js();
    }
    let Some(fresh) = crate::buffer::move_storage(slot) else {
        slot.release();
        return 0;
    };
    fresh.lend_to_js()
}

/// Gives up one of JavaScript's holds on a buffer: 1, or 0 if there is none.
pub(crate) fn free(handle: u32) -> u32 {
    let Some(slot) = owned_by_js(handle) else { return 0 };
    if slot.take_from_js() {
        slot.release();
    }
    1
}

/// The slot of a handle that JavaScript may give away: not of scratch memory.
fn owned_by_js(handle: u32) -> Option<&'static table::Slot> {
    table::lookup(handle).filter(|slot| !matches!(slot.storage(), Storage::Scratch { .. }))
}

/// The address of a buffer's elements.
pub(crate) fn address(handle: u32) -> usize {
    table::lookup(handle).map_or(0, |slot| slot.data.load(Ordering::Relaxed).expose_provenance())
}

/// A buffer's length in elements.
pub(crate) fn length(handle: u32) -> u32 {
    table::lookup(handle).map_or(0, |slot| slot.len.load(Ordering::Relaxed) as u32)
}

/// A buffer's element tag, with bit 8 set if it is mutable; `u32::MAX` if there is no such buffer.
pub(crate) fn shape(handle: u32) -> u32 {
    table::lookup(handle).map_or(u32::MAX, |slot| slot.shape.load(Ordering::Relaxed) & !(VIEW | IN_USE))
}

/// 1 if a call that is still running borrows the buffer.
pub(crate) fn is_borrowed(handle: u32) -> u32 {
    table::lookup(handle).map_or(0, |slot| u32::from(slot.base().borrow.is_borrowed()))
}

/// 1 if both handles stand for (parts of) the same allocation.
pub(crate) fn is_same(one: u32, other: u32) -> u32 {
    let base = |handle| table::lookup(handle).map(|slot| core::ptr::from_ref(slot.base()));
    u32::from(base(one).is_some() && base(one) == base(other))
}

/// Ends one borrow that a call left behind when an exception went through its frames.
pub(crate) fn abandon(handle: u32) {
    if let Some(slot) = table::lookup(handle) {
        if slot.base().borrow.abandon() {
            destroy(slot.base());
        }
    }
}

/// How many handles JavaScript holds, scratch memory's not counted.
pub(crate) fn live_handles() -> u32 {
    (table::LIVE_HANDLES.load(Ordering::Relaxed) - crate::scratch::slots()) as u32
}

/// How many bytes all live buffers have.
pub(crate) fn live_bytes() -> u32 {
    table::LIVE_BYTES.load(Ordering::Relaxed) as u32
}

#[cfg(test)]
#[path = "raw_tests.rs"]
pub(crate) mod tests;
