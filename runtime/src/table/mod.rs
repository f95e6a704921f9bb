//! The handle table: which u32 stands for which allocation.
//!
//! A handle is an index into the table (low [`INDEX_BITS`] bits) and the generation of that slot (the rest). Slots live in
//! segments at fixed addresses, for as long as the instance lives.
//!
//! A slot's generations come round again, so handles never run out. That is sound because the JavaScript half forgets a handle
//! no later than it dies: a buffer's object, a shim's local and a finalizer have one only while JavaScript holds the slot.
//! A stale handle therefore exists in made-up numbers alone, and those get an error or a buffer that is alive. The
//! generation is there to tell them apart in most cases, which makes a mistake in the JavaScript half an error.

mod extras;
mod free_list;
mod owner;
mod slot;

pub(crate) use extras::{ArrayShape, MOST_AXES};
pub(crate) use extras::{ReleaseListener, ReleaseListeners, SlotExtras, try_box};
pub(crate) use free_list::{insert, recycle};
pub(crate) use owner::{Owned, OwnerHeader, drop_owner, owner_of};
pub(crate) use slot::{CLASS, IN_USE, MUTABLE, PINNED, SUB_BUFFER, Slot, Storage};

use crate::sync::{AtomicPtr, AtomicUsize, Lock, Ordering};
use free_list::FreeList;

/// How many bits a handle has.
const HANDLE_BITS: u32 = if cfg!(feature = "__small_handles") { 10 } else { 32 };
/// Fewer where loom tries every order of events, and where handles are to come round all the time.
pub(crate) const INDEX_BITS: u32 = if cfg!(loom) {
    3
} else if cfg!(feature = "__small_handles") {
    9
} else {
    22
};
const SEGMENT_BITS: u32 = if cfg!(loom) {
    2
} else if cfg!(feature = "__small_handles") {
    8
} else {
    10
};

const SEGMENT_SLOTS: usize = 1 << SEGMENT_BITS;
const SEGMENTS: usize = 1 << (INDEX_BITS - SEGMENT_BITS);

/// One step of the generation, as it stands in a handle. Generations start at 1: no handle has generation 0.
pub(crate) const GENERATION: u32 = 1 << INDEX_BITS;

/// The handle of the same slot after this one: the generations from 1 on, and then again.
fn next_generation(handle: u32) -> u32 {
    let next = handle.wrapping_add(GENERATION) & (u32::MAX >> (32 - HANDLE_BITS));
    if next < GENERATION { next | GENERATION } else { next }
}

/// No slot has this index.
pub(crate) const NO_SLOT: u32 = u32::MAX;

/// All that buffers share in one instance.
#[repr(C)]
pub(crate) struct Table {
    /// The first segment, which nearly every handle leads to: in the static itself, whose address a look-up need not load.
    /// It is all zeros until the first buffer is made.
    first: [Slot; SEGMENT_SLOTS],
    /// The further segments.
    ///
    /// # Invariants
    ///
    /// An entry is null, or points to [`SEGMENT_SLOTS`] initialised slots which stay where they are. Only `free_list`
    /// writes here. Entry 0 stays null: that segment is `first`.
    directory: [AtomicPtr<Slot>; SEGMENTS],
    free: Lock<FreeList>,
    /// Guards every ledger: `link` of slots that are parts or have them, and the parts' flags.
    pub(crate) ledger: Lock<()>,
    /// How many handles JavaScript holds, and how many bytes all live buffers have.
    pub(crate) live_handles: AtomicUsize,
    pub(crate) live_bytes: AtomicUsize,
    /// The most bytes that buffers may have together before no more are allocated.
    pub(crate) limit: AtomicUsize,
}

#[cfg(not(loom))]
crate::host_static! {
    static TABLE: Table = Table {
        first: [const { Slot::zeroed() }; SEGMENT_SLOTS],
        directory: [const { AtomicPtr::new(core::ptr::null_mut()) }; SEGMENTS],
        free: Lock::new(FreeList::new()),
        ledger: Lock::new(()),
        live_handles: AtomicUsize::new(0),
        live_bytes: AtomicUsize::new(0),
        limit: AtomicUsize::new(usize::MAX),
    };
}

#[cfg(loom)]
loom::lazy_static! {
    pub(crate) static ref TABLE: Table = Table {
        first: core::array::from_fn(|_| Slot::zeroed()),
        directory: core::array::from_fn(|_| AtomicPtr::new(core::ptr::null_mut())),
        free: Lock::new(FreeList::new()),
        ledger: Lock::new(()),
        live_handles: AtomicUsize::new(0),
        live_bytes: AtomicUsize::new(0),
        limit: AtomicUsize::new(usize::MAX),
    };
}

/// True if `bytes` more are within the limit.
pub(crate) fn has_room(bytes: usize) -> bool {
    let limit = TABLE.limit.load(Ordering::Relaxed);
    TABLE.live_bytes.load(Ordering::Relaxed).checked_add(bytes).is_some_and(|all| all <= limit)
}

/// The slot whose live handle is `handle`.
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

/// The slot that a call has borrowed by this handle. The borrow keeps the slot in use, whatever has become of the handle
/// since: JavaScript may have let go of it, and got another one.
pub(crate) fn borrowed_slot(handle: u32) -> Option<&'static Slot> {
    slot_at(handle & (GENERATION - 1)).filter(|slot| slot.tag.load(Ordering::Relaxed) & IN_USE != 0)
}

/// Every slot there is, whoever holds it.
pub(crate) fn slots() -> impl Iterator<Item = &'static Slot> {
    slots_from(0)
}

/// Those from an index on.
pub(crate) fn slots_from(first: u32) -> impl Iterator<Item = &'static Slot> {
    let made = TABLE.free.with(|free| free.segments << SEGMENT_BITS);
    (first..made as u32).filter_map(slot_at)
}

#[inline(always)]
pub(crate) fn slot_at(index: u32) -> Option<&'static Slot> {
    #[cfg(not(loom))]
    let first = &TABLE.first;
    #[cfg(loom)]
    let first = &(*TABLE).first;
    match first.get(index as usize) {
        Some(slot) => Some(slot),
        None => slot_in_directory(index),
    }
}

#[inline(always)]
fn slot_in_directory(index: u32) -> Option<&'static Slot> {
    let segment = TABLE.directory[(index >> SEGMENT_BITS) as usize % SEGMENTS].load(Ordering::Acquire);
    if segment.is_null() {
        return None;
    }
    // SAFETY: a segment has SEGMENT_SLOTS slots (invariant of `directory`) and the offset is below that.
    let slot = unsafe { segment.add(index as usize % SEGMENT_SLOTS) };
    // SAFETY: initialised, and in place for ever (the same invariant).
    Some(unsafe { &*slot })
}
