//! Guards of instances.

use core::cell::Cell;
use core::ops::{Deref, DerefMut};

use super::{Class, Value, insert};
use crate::call_site::CallSite;
use crate::fault::{Fault, NO_HANDLE_LEFT, Refusal};
use crate::pending_drops::{self, End};
use crate::release::dissolve;
use crate::sync::{ONE_THREAD, Ordering};
use crate::table::{self, IN_USE, Owned, Slot, Storage};

type SiteOf = fn(&'static Slot) -> Option<&'static CallSite>;

thread_local! {
    /// `site`, once there is an instance. So a package without instances does not have that function, nor what names a
    /// call site in JavaScript.
    static SITE: Cell<Option<SiteOf>> = const { Cell::new(None) };
}

/// Called when an instance is made: refusals may have to name the call site that has borrowed it.
#[inline]
pub(super) fn may_name_sites() {
    SITE.set(Some(site));
}

/// The call site that has borrowed an instance. `None` if the slot is no instance, or is not borrowed.
pub(crate) fn site_of(slot: &'static Slot) -> Option<&'static CallSite> {
    SITE.get()?(slot)
}

fn site(slot: &'static Slot) -> Option<&'static CallSite> {
    if !slot.is_instance() {
        return None;
    }
    // SAFETY: null or a static (invariant of Slot).
    unsafe { slot.borrower.load(Ordering::Relaxed).as_ref() }
}

/// The slot of an instance of `T`.
#[inline(always)]
fn find<T: Class>(handle: u32, site: &CallSite) -> Result<&'static Slot, Refusal> {
    let slot = table::lookup_maybe_unused(handle).ok_or_else(|| site.refusal(Fault::Stale, handle))?;
    if slot.tag.load(Ordering::Relaxed) == T::id().known_tag() | IN_USE && crate::threads::may_use(slot) {
        Ok(slot)
    } else {
        Err(site.refusal(Fault::Type, handle))
    }
}

/// Checked after borrowing: another thread may have reused the slot since it was looked up.
#[inline(always)]
fn is_still<T: Class>(slot: &Slot, handle: u32) -> bool {
    ONE_THREAD
        || slot.handle.load(Ordering::Acquire) == handle
            && slot.tag.load(Ordering::Relaxed) == T::id().known_tag() | IN_USE
}

/// Stores the call site of a borrower, for messages. Of several readers only the first is stored: the calls of a thread
/// end in reverse order, so the first one has the borrow until all others have ended.
/// A borrow of an `async` method may end earlier. Then the name is that of a call that has ended.
#[inline(always)]
fn set_borrower(slot: &Slot, site: &'static CallSite) {
    slot.borrower.store(core::ptr::from_ref(site).cast_mut(), Ordering::Relaxed);
}

/// The value of a slot of `T`.
#[inline(always)]
fn value_of<T>(slot: &Slot) -> *mut T {
    slot.data.load(Ordering::Relaxed).cast()
}

/// The guard of a `&T`.
pub struct SharedInstance<T: 'static> {
    /// # Invariants
    ///
    /// `slot` is borrowed shared until this drops, which keeps `value` alive and unchanged.
    slot: &'static Slot,
    value: *const T,
}

/// Borrows an instance for reading. O(1).
///
/// # Errors
///
/// `Stale`, `Type`, or `Borrowed` if it is exclusively borrowed.
#[inline(always)]
pub fn shared_instance<T: Class>(handle: u32, site: &'static CallSite) -> Result<SharedInstance<T>, Refusal> {
    let slot = find::<T>(handle, site)?;
    let Some(is_first) = slot.borrow.share_as() else {
        return Err(site.refusal(Fault::Borrowed, handle));
    };
    if !is_still::<T>(slot, handle) {
        pending_drops::add_if(slot, slot.borrow.end_shared());
        return Err(site.refusal(Fault::Stale, handle));
    }
    if is_first {
        set_borrower(slot, site);
    }
    Ok(SharedInstance { slot, value: value_of(slot) })
}

impl<T> SharedInstance<T> {
    /// Notes the result that has the borrow from now on, for messages.
    pub(super) fn set_borrower(&self, site: &'static CallSite) {
        set_borrower(self.slot, site);
    }
}

impl<T> core::borrow::Borrow<T> for SharedInstance<T> {
    fn borrow(&self) -> &T {
        self
    }
}

impl<T> Deref for SharedInstance<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the invariant of SharedInstance.
        unsafe { &*self.value }
    }
}

impl<T> SharedInstance<T> {
    #[inline(always)]
    fn end_borrow(&self) -> bool {
        pending_drops::add_if(self.slot, self.slot.borrow.end_shared())
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
// `?Sized`, so that `&mut` of an alias of a slice is one error.
pub struct ExclusiveInstance<T: ?Sized + 'static> {
    /// # Invariants
    ///
    /// `slot` is exclusively borrowed until this drops, so `value` stays alive and only this guard uses it.
    slot: &'static Slot,
    value: *mut T,
}

/// Borrows an instance for writing. O(1).
///
/// # Errors
///
/// `Stale`, `Type`, or `Borrowed` if it is borrowed in any way.
#[inline(always)]
pub fn exclusive_instance<T: Class>(
    handle: u32,
    site: &'static CallSite,
) -> Result<ExclusiveInstance<T>, Refusal> {
    let slot = find::<T>(handle, site)?;
    if !slot.borrow.exclude() {
        return Err(site.refusal(Fault::Borrowed, handle));
    }
    if !is_still::<T>(slot, handle) {
        pending_drops::add_if(slot, slot.borrow.end_exclusive());
        return Err(site.refusal(Fault::Stale, handle));
    }
    set_borrower(slot, site);
    Ok(ExclusiveInstance { slot, value: value_of(slot) })
}

impl<T> ExclusiveInstance<T> {
    /// Notes the result that has the borrow from now on, for messages.
    pub(super) fn set_borrower(&self, site: &'static CallSite) {
        set_borrower(self.slot, site);
    }
}

impl<T: ?Sized> Deref for ExclusiveInstance<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the invariant of ExclusiveInstance.
        unsafe { &*self.value }
    }
}

impl<T: ?Sized> DerefMut for ExclusiveInstance<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the invariant of ExclusiveInstance.
        unsafe { &mut *self.value }
    }
}

impl<T: ?Sized> ExclusiveInstance<T> {
    #[inline(always)]
    fn end_borrow(&self) -> bool {
        pending_drops::add_if(self.slot, self.slot.borrow.end_exclusive())
    }
}

impl<T: ?Sized> Drop for ExclusiveInstance<T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.end_borrow();
    }
}

impl<T: ?Sized> End for ExclusiveInstance<T> {
    #[inline(always)]
    fn end(self) -> bool {
        core::mem::ManuallyDrop::new(self).end_borrow()
    }
}

/// Refuses to keep what is lent to a callback, whose borrows have to end with their calls.
fn outlives_call(slot: &'static Slot, site: &CallSite) -> Result<(), Refusal> {
    if matches!(slot.storage(), Storage::Temporary) {
        return Err(site.refusal(Fault::Temporary, slot.handle.load(Ordering::Relaxed)));
    }
    Ok(())
}

impl<T> SharedInstance<T> {
    /// Checks that the borrow may last longer than the call.
    ///
    /// # Errors
    ///
    /// `Temporary` if the instance is lent to a callback.
    pub fn outlives_call(&self, site: &CallSite) -> Result<(), Refusal> {
        outlives_call(self.slot, site)
    }
}

impl<T> ExclusiveInstance<T> {
    /// Checks that the borrow may last longer than the call.
    ///
    /// # Errors
    ///
    /// `Temporary` if the instance is lent to a callback.
    pub fn outlives_call(&self, site: &CallSite) -> Result<(), Refusal> {
        outlives_call(self.slot, site)
    }
}

// SAFETY: it gives a `&T`. The borrow is atomic and may end on any thread; who destroys the instance is decided by its slot.
unsafe impl<T: Sync> Send for SharedInstance<T> {}
// SAFETY: it gives a `&mut T`, and nobody else has any reference.
unsafe impl<T: Send> Send for ExclusiveInstance<T> {}

/// The guard of a `T`: exclusive until the function takes the instance.
pub struct TakenInstance<T: 'static>(ExclusiveInstance<T>);

/// Prepares to move an instance out of JavaScript. O(1).
///
/// # Errors
///
/// `Stale`, `Type`, `Borrowed` if it is borrowed in any way, or `Temporary` if it is lent to a callback.
#[inline(always)]
pub fn take_instance<T: Class>(handle: u32, site: &'static CallSite) -> Result<TakenInstance<T>, Refusal> {
    let guard = exclusive_instance::<T>(handle, site)?;
    guard.outlives_call(site)?;
    Ok(TakenInstance(guard))
}

impl<T: Class> TakenInstance<T> {
    pub(crate) fn slot(&self) -> &'static Slot {
        self.0.slot
    }

    /// Takes the value. JavaScript's handle ends. O(1).
    #[must_use]
    pub fn into_value(self) -> T {
        let slot = self.0.slot;
        core::mem::forget(self);
        let Storage::Owner { owner } = slot.storage() else { crate::trap::never("an instance has an owner") };
        let _ = slot.take_from_js();
        dissolve(slot);
        // SAFETY: the box that `insert` made for this class. Its slot, the only owner, was just recycled.
        let owned = unsafe { Box::from_raw(owner.cast::<Owned<Value<T>>>()) };
        owned.owner.into_inner()
    }
}

/// Gives a new instance to JavaScript, and returns its handle.
///
/// # Errors
///
/// `OutOfMemory` if no handle is left.
#[inline]
pub fn into_handle<T: Class>(value: T) -> Result<u32, Refusal> {
    insert(value).ok_or(NO_HANDLE_LEFT)
}
