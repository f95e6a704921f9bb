//! Scratch memory: where JavaScript puts a plain typed array for the time of a call.
//!
//! Each array that is lent at the same time has a slot of its own, numbered by depth, whose handle stays the same and
//! whose memory is kept for the next call. A shim sees an ordinary mutable buffer.

use core::alloc::Layout;
use core::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use crate::element::layout_of;
use crate::table::{self, MUTABLE, Slot, Storage, UNUSED};

/// More than this is given back when the call is over.
const KEPT: usize = 64 * 1024;
const SMALLEST: usize = 1024;
/// Enough for every element type.
const ALIGN: usize = 16;

static POOL: Mutex<Vec<&'static Slot>> = Mutex::new(Vec::new());

/// The address of the scratch memory of `depth`, made ready for `len` elements of type `tag`; `None` when there is no
/// memory or no handle left, or when a call that is still running uses that depth.
pub(crate) fn prepare(depth: u32, tag: u32, len: u32) -> Option<*mut u8> {
    let bytes = layout_of(tag, len as usize)?.size();
    let slot = at(depth)?;
    if slot.borrow.is_borrowed() {
        return None;
    }
    if bytes > capacity(slot) {
        resize(slot, bytes.checked_next_power_of_two()?.max(SMALLEST)).then_some(())?;
    }
    slot.shape.store(tag | MUTABLE, Ordering::Relaxed);
    slot.len.store(len as usize, Ordering::Relaxed);
    Some(slot.data.load(Ordering::Relaxed))
}

/// The handle of the scratch memory of `depth`.
pub(crate) fn handle(depth: u32) -> Option<u32> {
    Some(at(depth)?.handle.load(Ordering::Relaxed))
}

/// Gives back the scratch memory of `depth` if it is large and not in use.
pub(crate) fn trim(depth: u32) {
    if let Some(slot) = at(depth) {
        if capacity(slot) > KEPT && !slot.borrow.is_borrowed() {
            slot.len.store(0, Ordering::Relaxed);
            resize(slot, 0);
        }
    }
}

/// How many arrays have been lent at the same time at the most.
pub(crate) fn depth() -> usize {
    POOL.lock().unwrap_or_else(PoisonError::into_inner).len()
}

/// The slot of `depth`, which must be at most one more than there have been.
fn at(depth: u32) -> Option<&'static Slot> {
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if depth as usize == pool.len() {
        pool.try_reserve(1).ok()?;
        let slot = table::insert(UNUSED, no_memory(), 0, Storage::Scratch { capacity: 0 }, None)?;
        slot.lend_to_js();
        pool.push(slot);
    }
    pool.get(depth as usize).copied()
}

fn capacity(slot: &Slot) -> usize {
    match slot.storage() {
        Storage::Scratch { capacity } => capacity,
        other => unreachable!("the pool has scratch slots only, not {other:?}"),
    }
}

/// Replaces an unborrowed slot's memory; `false` leaves it empty, for want of memory.
fn resize(slot: &Slot, bytes: usize) -> bool {
    let layout = |bytes| Layout::from_size_align(bytes, ALIGN).ok();
    if let Some(old) = layout(capacity(slot)).filter(|old| old.size() > 0) {
        let data = slot.data.swap(no_memory(), Ordering::Relaxed);
        slot.set_storage(Storage::Scratch { capacity: 0 });
        slot.len.store(0, Ordering::Relaxed);
        // SAFETY: allocated below with this layout; nobody borrows it (checked by the callers) and it is no longer
        // the slot's.
        unsafe { std::alloc::dealloc(data, old) };
    }
    let Some(new) = layout(bytes) else { return false };
    if bytes == 0 {
        return true;
    }
    // SAFETY: not of size zero. Zeroed, so that the elements are initialised whoever forgets to write them.
    let data = unsafe { std::alloc::alloc_zeroed(new) };
    if data.is_null() {
        return false;
    }
    slot.data.store(data, Ordering::Relaxed);
    slot.set_storage(Storage::Scratch { capacity: bytes });
    true
}

/// An aligned address for no bytes.
fn no_memory() -> *mut u8 {
    core::ptr::without_provenance_mut(ALIGN)
}
