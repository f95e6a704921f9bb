//! Boxed owners of memory that is no `Vec`'s.

use core::any::{Any, TypeId};

use crate::backend::module;

use super::{Slot, Storage, try_box};

/// The first field of a boxed owner. It can drop the whole box.
///
/// # Invariants
///
/// A pointer to a header came from `Box::into_raw` of the [`Owned`] whose first field it is. `drop` is the function
/// for that type, and `owner` the type of the owner inside.
#[repr(C)]
pub(crate) struct OwnerHeader {
    drop: OwnerDrop,
    owner: TypeId,
}

/// Drops the box that an owner is in.
type OwnerDrop = unsafe extern "C-unwind" fn(*mut OwnerHeader);

#[repr(C)]
pub(crate) struct Owned<O> {
    header: OwnerHeader,
    pub(crate) owner: O,
}

impl<O: Any> Owned<O> {
    /// `None` if there is no memory; the owner is dropped then.
    pub(crate) fn try_new(owner: O) -> Option<Box<Self>> {
        let header = OwnerHeader { drop: drop_owned::<O>, owner: TypeId::of::<O>() };
        try_box(Owned { header, owner })
    }
}

/// The owner of a slot's memory, if it has this type.
pub(crate) fn owner_of<O: Any>(slot: &Slot) -> Option<&O> {
    let Storage::Owner { owner } = slot.storage() else { return None };
    // SAFETY: a live box (invariant of OwnerHeader), which the slot's references keep.
    let is_it = unsafe { (*owner).owner } == TypeId::of::<O>();
    // SAFETY: the header is the first field of an `Owned` of this type.
    is_it.then(|| unsafe { &(*owner.cast::<Owned<O>>()).owner })
}

/// # Safety
///
/// `header` is the first field of a `Box<Owned<O>>` that was turned into a raw pointer, and is not used again.
unsafe extern "C-unwind" fn drop_owned<O>(header: *mut OwnerHeader) {
    // SAFETY: such a box, which is not used again, as the caller promises. `Owned` is `repr(C)`, so its first field has
    // its address.
    drop(unsafe { Box::from_raw(header.cast::<Owned<O>>()) });
}

/// Drops an owner that nobody uses any more.
pub(crate) fn drop_owner(owner: *mut OwnerHeader) {
    // SAFETY: reads a field of a live box (invariant of OwnerHeader).
    let drop_owner = unsafe { (*owner).drop };
    // SAFETY: the box is dropped here and nowhere else (the callers' promise).
    unsafe { module::drop_owner(drop_owner, owner) };
}
