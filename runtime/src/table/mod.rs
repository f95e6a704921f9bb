//! The handle table: which u32 stands for which allocation.
//!
//! A handle is an index into the table (low [`INDEX_BITS`] bits) and the generation of that slot (the rest). A slot
//! hands out each generation once; when they are used up the slot is *retired* and never hands out another, so that
//! no handle is ever valid twice. Slots live in segments at fixed addresses; a segment whose slots have all retired
//! is given back to the allocator.

mod free_list;
mod slot;

pub(crate) use free_list::{insert, recycle};
pub(crate) use slot::{IN_USE, MUTABLE, Slot, Storage, VIEW};

use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

pub(crate) const INDEX_BITS: u32 = 22;
const SEGMENT_BITS: u32 = 10;
const SEGMENT_SLOTS: usize = 1 << SEGMENT_BITS;
const SEGMENTS: usize = 1 << (INDEX_BITS - SEGMENT_BITS);

/// One step of the generation, as it stands in a handle. Generations start at 1: no handle has generation 0.
pub(crate) const GENERATION: u32 = 1 << INDEX_BITS;

/// How many handles JavaScript holds, and how many bytes all live buffers have.
pub(crate) static LIVE_HANDLES: AtomicUsize = AtomicUsize::new(0);
pub(crate) static LIVE_BYTES: AtomicUsize = AtomicUsize::new(0);

/// The first segment, which nearly every handle leads to: a static, whose address a look-up need not load. It is all
/// zeros until the first buffer is made.
static FIRST: [Slot; SEGMENT_SLOTS] = [const { Slot::zeroed() }; SEGMENT_SLOTS];

/// The further segments.
///
/// # Invariants
///
/// An entry is null, or points to [`SEGMENT_SLOTS`] initialised slots which stay where they are until every one of
/// them has retired. Only `free_list` writes here. Entry 0 stays null: that segment is [`FIRST`].
static DIRECTORY: [AtomicPtr<Slot>; SEGMENTS] = [const { AtomicPtr::new(core::ptr::null_mut()) }; SEGMENTS];

/// The slot whose live handle is `handle`.
#[cfg(any(target_arch = "wasm32", test))]
pub(crate) fn lookup(handle: u32) -> Option<&'static Slot> {
    // No handle has generation 0; but the handle of a slot that is still all zeros is 0.
    if handle < GENERATION { None } else { lookup_unproven(handle) }
}

/// The same without the proof that a handle of 0 was ever given out: the caller checks that the slot is [`IN_USE`].
#[inline(always)]
pub(crate) fn lookup_unproven(handle: u32) -> Option<&'static Slot> {
    let slot = slot_at(handle & (GENERATION - 1))?;
    (slot.handle.load(Ordering::Acquire) == handle).then_some(slot)
}

#[inline(always)]
fn slot_at(index: u32) -> Option<&'static Slot> {
    match FIRST.get(index as usize) {
        Some(slot) => Some(slot),
        None => slot_in_directory(index),
    }
}

#[inline(always)]
fn slot_in_directory(index: u32) -> Option<&'static Slot> {
    let segment = DIRECTORY[(index >> SEGMENT_BITS) as usize % SEGMENTS].load(Ordering::Acquire);
    if segment.is_null() {
        return None;
    }
    // SAFETY: a segment has SEGMENT_SLOTS slots (invariant of DIRECTORY) and the offset is below that.
    let slot = unsafe { segment.add(index as usize % SEGMENT_SLOTS) };
    // SAFETY: initialised and in place until it retires (the same invariant); a retired slot is never live again, and
    // its segment leaves the directory before it is freed.
    Some(unsafe { &*slot })
}
