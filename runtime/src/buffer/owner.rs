//! Where a buffer's memory came from, and how it goes back.

use core::any::{Any, TypeId};

use crate::checks;
use crate::element::layout_of;
use crate::sync::Ordering;
use crate::table::{self, Notes, Slot, Storage, tell};

/// The start of a boxed owner, which knows how to drop the whole box.
///
/// # Invariants
///
/// A pointer to one came from `Box::into_raw` of the [`Owned`] that it is the first field of; `drop` is that type's, and
/// `owner` the type of what is in it.
#[repr(C)]
pub(crate) struct OwnerHeader {
    drop: unsafe extern "C-unwind" fn(*mut OwnerHeader),
    owner: TypeId,
}

#[repr(C)]
pub(crate) struct Owned<O> {
    header: OwnerHeader,
    pub(crate) owner: O,
}

impl<O: Any> Owned<O> {
    /// `None` when there is no memory; the owner is dropped then.
    pub(crate) fn try_new(owner: O) -> Option<Box<Self>> {
        let header = OwnerHeader { drop: drop_owned::<O>, owner: TypeId::of::<O>() };
        table::try_box(Owned { header, owner })
    }
}

/// The owner of a slot's memory, if it has one of this type.
pub(super) fn owner_of<O: Any>(slot: &Slot) -> Option<&O> {
    let Storage::Owner { owner } = slot.storage() else { return None };
    // SAFETY: a live box (invariant of OwnerHeader), which the slot's holders keep.
    let is_it = unsafe { (*owner).owner } == TypeId::of::<O>();
    // SAFETY: the header is the first field of an `Owned` of this type.
    is_it.then(|| unsafe { &(*owner.cast::<Owned<O>>()).owner })
}

/// # Safety
///
/// `header` is the first field of a `Box<Owned<O>>` turned into a raw pointer, which is not used again.
unsafe extern "C-unwind" fn drop_owned<O>(header: *mut OwnerHeader) {
    // SAFETY: the caller's promise; `Owned` is `repr(C)`, so its first field has its address.
    drop(unsafe { Box::from_raw(header.cast::<Owned<O>>()) });
}

/// Drops an owner that nobody has any more.
pub(super) fn drop_owner(owner: *mut OwnerHeader) {
    // SAFETY: reads the function of a live box (invariant of OwnerHeader).
    let drop_owner = unsafe { (*owner).drop };
    // In a plugin the box may be another module's, whose functions only the host can call.
    #[cfg(all(feature = "plugin", target_arch = "wasm32"))]
    crate::plugin::js::lend_invoke_drop(drop_owner as usize, owner.cast());
    // SAFETY: the box is dropped here and nowhere else (the callers').
    #[cfg(not(all(feature = "plugin", target_arch = "wasm32")))]
    unsafe {
        drop_owner(owner);
    }
}

/// Frees what a slot holds and puts the slot back on the free list. Nobody holds it or borrows from it any more.
///
/// It runs code of others (the `Drop` of an owner, listeners), so the end of a call's borrow does not call this: it leaves the
/// slot to [`pending_drops`](crate::pending_drops).
#[cold]
pub(crate) fn destroy(slot: &'static Slot) {
    let tag = slot.tag();
    let data = slot.data.load(Ordering::Relaxed);
    let storage = slot.storage();
    checks::release(slot);
    let mut notes = slot.take_notes();
    // The slot first: an owner's drop may make and release buffers, or panic.
    table::recycle(slot);
    // JavaScript's at once, for they only wait there: an exception out of the owner's drop would lose them.
    notes.tell_javascript();
    // Told even if the owner panics.
    let _tell = Tell(notes);
    match storage {
        Storage::Vec { capacity } => {
            let Some(layout) = layout_of(tag, capacity).filter(|layout| layout.size() > 0) else {
                return;
            };
            checks::poison(data, layout.size());
            // SAFETY: `Storage::Vec` means that `data` is a `Vec`'s allocation of this element type and capacity.
            unsafe { std::alloc::dealloc(data, layout) };
        }
        Storage::Owner { owner } => {
            // The slot was its only owner.
            drop_owner(owner);
        }
        Storage::View { of } => of.release(),
        Storage::Lent => {}
        Storage::Scratch { .. } => unreachable!("the scratch pool holds its slots for ever"),
    }
}

/// The same in the middle of a call's moves, where no code of others may run: who waits for the release is told after the call.
pub(crate) fn dissolve_later(slot: &'static Slot) {
    if slot.has_notes() {
        // Of no memory any more, and borrowed by nobody.
        slot.set_storage(Storage::Lent);
        crate::pending_drops::add(slot);
    } else {
        dissolve(slot);
    }
}

/// Recycles the slot of a `Vec`'s allocation whose only holder takes it out.
pub(crate) fn dissolve(slot: &'static Slot) {
    checks::release(slot);
    let notes = slot.take_notes();
    table::recycle(slot);
    drop(Tell(notes));
}

struct Tell(Notes);

impl Drop for Tell {
    #[inline]
    fn drop(&mut self) {
        if !self.0.is_empty() {
            tell(core::mem::take(&mut self.0));
        }
    }
}
