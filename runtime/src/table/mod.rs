//! The handle table: which number stands for which allocation.
//!
//! ```text
//!   handle (32 bits)
//!   ┌──────────────┬────────────────────────┐
//!   │  generation  │          index         │
//!   │   10 bits    │         22 bits        │
//!   └──────────────┴────────────────────────┘
//! ```
//!
//! A handle is the index of a slot and the slot's generation. Slots lie in segments at fixed addresses for as long as
//! the instance lives.
//!
//! Generations are reused, so handles never run out. This is sound because the JavaScript half forgets a handle no
//! later than it dies: a buffer's object, a local of a shim and a finalizer have it only while JavaScript holds the
//! slot. So only made-up numbers can be stale handles, and they give an error or some live buffer. In most cases the
//! generation tells them apart, so a mistake in the JavaScript half is an error.

mod extras;
mod free_list;
mod owner;
mod slot;

pub(crate) use extras::{ArrayShape, MOST_AXES};
pub(crate) use extras::{ReleaseListener, ReleaseListeners, SlotExtras, try_box};
pub(crate) use free_list::{insert, recycle};
pub(crate) use owner::{Owned, OwnerHeader, drop_owner, owner_of};
pub(crate) use slot::{CLASS, GIFT, GIFT_ALIGN, IN_USE, MUTABLE, PINNED, SUB_BUFFER, Slot, Storage};

use crate::sync::{AtomicPtr, AtomicUsize, Lock, Ordering};
use free_list::FreeList;

/// The number of bits of a handle.
const HANDLE_BITS: u32 = if cfg!(feature = "__small_handles") { 10 } else { 32 };
/// The number of bits of an index. Fewer for loom, which tries every order of events, and for tests in which handles
/// are reused often.
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

/// The next handle of the same slot. After the last generation comes 1 again.
fn next_generation(handle: u32) -> u32 {
    let next = handle.wrapping_add(GENERATION) & (u32::MAX >> (32 - HANDLE_BITS));
    if next < GENERATION { next | GENERATION } else { next }
}

/// No slot has this index.
pub(crate) const NO_SLOT: u32 = u32::MAX;

/// The state that all buffers of an instance share.
#[repr(C)]
pub(crate) struct Table {
    /// The first segment, which nearly every handle leads to. It lies in the static itself, so that a look-up need
    /// not load its address. It is all zeros until the first buffer is made.
    first: [Slot; SEGMENT_SLOTS],
    /// The other segments.
    ///
    /// # Invariants
    ///
    /// An entry is null, or points to [`SEGMENT_SLOTS`] initialised slots that stay where they are. Only `free_list`
    /// writes here. Entry 0 stays null, since that segment is `first`.
    directory: [AtomicPtr<Slot>; SEGMENTS],
    free: Lock<FreeList>,
    /// Guards every ledger: the `link` of slots that are or have sub-buffers, and the flags of the sub-buffers.
    pub(crate) ledger: Lock<()>,
    /// The number of handles that JavaScript has.
    pub(crate) live_handles: AtomicUsize,
    /// The number of bytes of all live buffers.
    pub(crate) live_bytes: AtomicUsize,
    /// The number of bytes up to which buffers are allocated, as its complement: the static is all zeros, so it takes
    /// no room in the module.
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
        limit: AtomicUsize::new(0),
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
        limit: AtomicUsize::new(0),
    };
}

/// True if `bytes` more are within the limit.
pub(crate) fn has_room(bytes: usize) -> bool {
    let limit = !TABLE.limit.load(Ordering::Relaxed);
    TABLE.live_bytes.load(Ordering::Relaxed).checked_add(bytes).is_some_and(|all| all <= limit)
}

/// The slot whose live handle is `handle`.
pub(crate) fn lookup(handle: u32) -> Option<&'static Slot> {
    // No handle has generation 0, but a slot that is still all zeros has the handle 0.
    if handle < GENERATION { None } else { lookup_maybe_unused(handle) }
}

/// The same as `lookup`, but never inlined. It is for callers where code size matters more than a nanosecond.
#[inline(never)]
pub(crate) fn lookup_rarely(handle: u32) -> Option<&'static Slot> {
    lookup(handle)
}

/// The same as `lookup`, but 0 may find a slot that was never used. The caller checks that the slot is [`IN_USE`].
#[inline(always)]
pub(crate) fn lookup_maybe_unused(handle: u32) -> Option<&'static Slot> {
    let slot = slot_at(handle & (GENERATION - 1))?;
    (slot.handle.load(Ordering::Acquire) == handle).then_some(slot)
}

/// The slot that a call has borrowed by this handle. The borrow keeps the slot in use, whatever JavaScript has done
/// with the handle since: it may have freed it, and have got another one.
pub(crate) fn borrowed_slot(handle: u32) -> Option<&'static Slot> {
    slot_at(handle & (GENERATION - 1)).filter(|slot| slot.tag.load(Ordering::Relaxed) & IN_USE != 0)
}

/// All slots, in use or not.
pub(crate) fn slots() -> impl Iterator<Item = &'static Slot> {
    slots_from(0)
}

/// All slots from an index on.
pub(crate) fn slots_from(first: u32) -> impl Iterator<Item = &'static Slot> {
    (first..).map_while(made_slot)
}

/// The slot of an index, if it has been made.
#[inline(never)]
fn made_slot(index: u32) -> Option<&'static Slot> {
    let made = TABLE.free.with(|free| free.segments << SEGMENT_BITS);
    if (index as usize) < made { slot_at(index) } else { None }
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
    // SAFETY: a segment has SEGMENT_SLOTS slots (invariant of `directory`), and the offset is below that.
    let slot = unsafe { segment.add(index as usize % SEGMENT_SLOTS) };
    // SAFETY: initialised and never moved (the same invariant).
    Some(unsafe { &*slot })
}
