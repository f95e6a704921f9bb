//! Where a buffer's memory came from, and how it goes back.

use crate::element::layout_of;
use crate::table::{self, MUTABLE, Slot, Storage};
use core::sync::atomic::Ordering;

/// The start of a boxed owner, which knows how to drop the whole box.
///
/// # Invariants
///
/// A pointer to one came from `Box::into_raw` of the [`Owned`] that it is the first field of, and `drop` is that
/// type's.
#[repr(C)]
pub(crate) struct OwnerHeader {
    drop: unsafe fn(*mut OwnerHeader),
}

#[repr(C)]
pub(super) struct Owned<O> {
    header: OwnerHeader,
    pub(super) owner: O,
}

impl<O> Owned<O> {
    pub(super) fn new(owner: O) -> Box<Self> {
        Box::new(Owned { header: OwnerHeader { drop: drop_owned::<O> }, owner })
    }
}

/// # Safety
///
/// `header` is the first field of a `Box<Owned<O>>` turned into a raw pointer, which is not used again.
unsafe fn drop_owned<O>(header: *mut OwnerHeader) {
    // SAFETY: the caller's promise; `Owned` is `repr(C)`, so its first field has its address.
    drop(unsafe { Box::from_raw(header.cast::<Owned<O>>()) });
}

/// Frees what a slot holds and puts the slot back on the free list. Nobody holds it or borrows from it any more.
#[cold]
pub(crate) fn destroy(slot: &'static Slot) {
    let tag = slot.tag();
    let data = slot.data.load(Ordering::Relaxed);
    let storage = slot.storage();
    let base = slot.base();
    // The slot first: an owner's drop may make and release buffers, or panic.
    table::recycle(slot);
    match storage {
        Storage::Vec { capacity } => {
            let Some(layout) = layout_of(tag, capacity).filter(|layout| layout.size() > 0) else {
                return;
            };
            // SAFETY: `Storage::Vec` means that `data` is a `Vec`'s allocation of this element type and capacity.
            unsafe { std::alloc::dealloc(data, layout) };
        }
        Storage::Owner { owner } => {
            // SAFETY: reads the function of a live box (invariant of OwnerHeader).
            let drop_owner = unsafe { (*owner).drop };
            // SAFETY: the box is dropped here and nowhere else: the slot was its only owner.
            unsafe { drop_owner(owner) };
        }
        Storage::View => base.release(),
        Storage::Scratch { .. } => unreachable!("the scratch pool holds its slots for ever"),
    }
}

/// Moves what an unborrowed slot with one holder stands for to a fresh slot, and recycles the old one.
///
/// `None` leaves everything as it was: no slot is left.
pub(crate) fn move_storage(slot: &'static Slot) -> Option<&'static Slot> {
    let shape = slot.tag() | if slot.is_mutable() { MUTABLE } else { 0 };
    let data = slot.data.load(Ordering::Relaxed);
    let fresh = table::insert(shape, data, slot.len.load(Ordering::Relaxed), slot.storage(), None)?;
    table::recycle(slot);
    Some(fresh)
}
