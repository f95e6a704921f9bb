//! What a call holds of an instance.

use core::ops::{Deref, DerefMut};

use super::{Class, Instance, class_tag, insert};
use crate::buffer::{Owned, dissolve};
use crate::fault::{Fault, NO_HANDLE_LEFT, Refusal};
use crate::pending_drops::{self, End};
use crate::sync::{ONE_THREAD, Ordering};
use crate::table::{self, IN_USE, Slot, Storage};

/// A borrow, as messages name it: a function, and which argument of it.
pub struct Origin {
    pub(crate) function: &'static str,
    pub(crate) argument: u32,
}

/// In place of an argument: the buffer that the function has returned.
const ITS_RESULT: u32 = u32::MAX - 1;

impl Origin {
    /// Of an argument, counted from 0.
    #[must_use]
    pub const fn new(function: &'static str, argument: u32) -> Self {
        Origin { function, argument }
    }

    /// Of a buffer that it has returned.
    #[must_use]
    pub const fn of_result(function: &'static str) -> Self {
        Origin { function, argument: ITS_RESULT }
    }

    fn refusal(&self, fault: Fault, handle: u32) -> Refusal {
        Refusal { fault, argument: self.argument, handle }
    }
}

/// Who has borrowed an instance, if this is one and somebody has.
pub(crate) fn origin_of(slot: &'static Slot) -> Option<&'static Origin> {
    if !slot.is_instance() {
        return None;
    }
    let instance = slot.data.load(Ordering::Relaxed).cast_const().cast::<Instance<()>>();
    // SAFETY: a slot of a class has an `Instance` there, whose first field does not depend on the class.
    let holder = unsafe { &(*instance).holder }.load(Ordering::Relaxed);
    // SAFETY: null or a static (invariant of Instance).
    unsafe { holder.as_ref() }
}

/// The slot of an instance of `T`.
#[inline(always)]
fn find<T: Class>(handle: u32, origin: &Origin) -> Result<&'static Slot, Refusal> {
    let slot = table::lookup_unproven(handle).ok_or_else(|| origin.refusal(Fault::Stale, handle))?;
    if slot.shape.load(Ordering::Relaxed) == class_tag::<T>() | IN_USE {
        Ok(slot)
    } else {
        Err(origin.refusal(Fault::Type, handle))
    }
}

/// Asked when it has been borrowed: another thread may have given the slot to others since it was looked up.
#[inline(always)]
fn is_still<T: Class>(slot: &Slot, handle: u32) -> bool {
    ONE_THREAD
        || slot.handle.load(Ordering::Acquire) == handle
            && slot.shape.load(Ordering::Relaxed) == class_tag::<T>() | IN_USE
}

/// The slot's instance, and who held it until now.
#[inline(always)]
fn enter<T>(slot: &'static Slot, origin: &'static Origin) -> (&'static Instance<T>, *mut Origin) {
    let instance = slot.data.load(Ordering::Relaxed).cast_const().cast::<Instance<T>>();
    // SAFETY: the slot is one of this class, and borrowed: the instance stays until that ends, as do all copies of this reference.
    let instance = unsafe { &*instance };
    // No two calls of one thread do this at once, and between threads it is words for a message only.
    let earlier = instance.holder.load(Ordering::Relaxed);
    instance.holder.store(core::ptr::from_ref(origin).cast_mut(), Ordering::Relaxed);
    (instance, earlier)
}

/// The guard of a `&T`.
pub struct SharedInstance<T: 'static> {
    /// # Invariants
    ///
    /// `slot` is borrowed shared until this drops, which keeps `instance` alive and unchanged.
    slot: &'static Slot,
    pub(super) instance: &'static Instance<T>,
    pub(super) earlier: *mut Origin,
}

/// Borrows an instance for reading. O(1).
///
/// # Errors
///
/// `Stale`, `Type`, or `Borrowed` if it is exclusively borrowed.
#[inline(always)]
pub fn shared_instance<T: Class>(handle: u32, origin: &'static Origin) -> Result<SharedInstance<T>, Refusal> {
    let slot = find::<T>(handle, origin)?;
    if !slot.borrow.share() {
        return Err(origin.refusal(Fault::Borrowed, handle));
    }
    if !is_still::<T>(slot, handle) {
        pending_drops::leave(slot, slot.borrow.end_shared());
        return Err(origin.refusal(Fault::Stale, handle));
    }
    let (instance, earlier) = enter(slot, origin);
    Ok(SharedInstance { slot, instance, earlier })
}

impl<T> SharedInstance<T> {
    pub(super) fn slot(&self) -> &'static Slot {
        self.slot
    }

    /// Who has it from now on, for messages.
    pub(super) fn set_holder(&self, origin: &'static Origin) {
        self.instance.holder.store(core::ptr::from_ref(origin).cast_mut(), Ordering::Relaxed);
    }
}

impl<T> Deref for SharedInstance<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the invariant of SharedInstance.
        unsafe { &*self.instance.value.get() }
    }
}

impl<T> SharedInstance<T> {
    #[inline(always)]
    fn end_borrow(&self) -> bool {
        self.instance.holder.store(self.earlier, Ordering::Relaxed);
        pending_drops::leave(self.slot, self.slot.borrow.end_shared())
    }
}

impl<T> Drop for SharedInstance<T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.end_borrow();
    }
}

impl<T> End for SharedInstance<T> {
    #[inline(always)]
    fn end(self) -> bool {
        core::mem::ManuallyDrop::new(self).end_borrow()
    }
}

/// The guard of a `&mut T`.
pub struct ExclusiveInstance<T: 'static> {
    /// # Invariants
    ///
    /// `slot` is exclusively borrowed until this drops, which keeps `instance` alive and this guard's alone.
    slot: &'static Slot,
    instance: &'static Instance<T>,
    earlier: *mut Origin,
}

/// Borrows an instance for writing. O(1).
///
/// # Errors
///
/// `Stale`, `Type`, or `Borrowed` if it is borrowed in any way.
#[inline(always)]
pub fn exclusive_instance<T: Class>(
    handle: u32,
    origin: &'static Origin,
) -> Result<ExclusiveInstance<T>, Refusal> {
    let slot = find::<T>(handle, origin)?;
    if !slot.borrow.exclude() {
        return Err(origin.refusal(Fault::Borrowed, handle));
    }
    if !is_still::<T>(slot, handle) {
        pending_drops::leave(slot, slot.borrow.end_exclusive());
        return Err(origin.refusal(Fault::Stale, handle));
    }
    let (instance, earlier) = enter(slot, origin);
    Ok(ExclusiveInstance { slot, instance, earlier })
}

impl<T> ExclusiveInstance<T> {
    pub(super) fn slot(&self) -> &'static Slot {
        self.slot
    }

    /// Who has it from now on, for messages.
    pub(super) fn set_holder(&self, origin: &'static Origin) {
        self.instance.holder.store(core::ptr::from_ref(origin).cast_mut(), Ordering::Relaxed);
    }
}

impl<T> Deref for ExclusiveInstance<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the invariant of ExclusiveInstance.
        unsafe { &*self.instance.value.get() }
    }
}

impl<T> DerefMut for ExclusiveInstance<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the invariant of ExclusiveInstance.
        unsafe { &mut *self.instance.value.get() }
    }
}

impl<T> ExclusiveInstance<T> {
    #[inline(always)]
    fn end_borrow(&self) -> bool {
        self.instance.holder.store(self.earlier, Ordering::Relaxed);
        pending_drops::leave(self.slot, self.slot.borrow.end_exclusive())
    }
}

impl<T> Drop for ExclusiveInstance<T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.end_borrow();
    }
}

impl<T> End for ExclusiveInstance<T> {
    #[inline(always)]
    fn end(self) -> bool {
        core::mem::ManuallyDrop::new(self).end_borrow()
    }
}

/// The guard of a `T`: exclusive until the function gets the instance.
pub struct TakenInstance<T: 'static>(ExclusiveInstance<T>);

/// Prepares to move an instance out of JavaScript. O(1).
///
/// # Errors
///
/// `Stale`, `Type`, or `Borrowed` if it is borrowed in any way.
#[inline(always)]
pub fn take_instance<T: Class>(handle: u32, origin: &'static Origin) -> Result<TakenInstance<T>, Refusal> {
    exclusive_instance(handle, origin).map(TakenInstance)
}

impl<T: Class> TakenInstance<T> {
    pub(super) fn slot(&self) -> &'static Slot {
        self.0.slot
    }

    /// The value; JavaScript's handle is spent. O(1).
    #[must_use]
    pub fn into_value(self) -> T {
        let slot = self.0.slot;
        core::mem::forget(self);
        let Storage::Owner { owner } = slot.storage() else { unreachable!("an instance has an owner") };
        let _ = slot.take_from_js();
        dissolve(slot);
        // SAFETY: the box that `insert` has made of this class; its slot, the only holder, is gone.
        let owned = unsafe { Box::from_raw(owner.cast::<Owned<Instance<T>>>()) };
        owned.owner.value.into_inner()
    }
}

/// Gives JavaScript a new instance: its handle.
///
/// # Errors
///
/// `OutOfMemory` when no handle is left.
#[inline]
pub fn into_handle<T: Class>(value: T) -> Result<u32, Refusal> {
    insert(value).ok_or(NO_HANDLE_LEFT)
}
