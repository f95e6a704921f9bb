//! Guards: what an argument holds of a buffer while the call runs.
//!
//! A shim first makes the guards of *all* its arguments. Only then it takes out what the function is to own
//! ([`Take::into_vec`], …). If an argument is refused in between, the guards are dropped, which undoes them. The
//! other guards last until the call ends.

use core::ops::{Deref, DerefMut};

use crate::buffer::{Buffer, BufferMut};
use crate::checks;
use crate::element::Element;
use crate::fault::{Fault, Refusal};
use crate::ledger;
use crate::pending_drops::{self, End};
use crate::sync::{ONE_THREAD, Ordering};
use crate::table::{self, GIFT_ALIGN, IN_USE, MUTABLE, PINNED, SUB_BUFFER, Slot, Storage};

/// A slot that was looked up, and its tag at that moment.
struct Found {
    slot: &'static Slot,
    tag: u32,
    is_in_ledger: bool,
}

impl Found {
    /// Checked after borrowing: true if the slot is still the one that was looked up. Another thread may have reused
    /// or frozen it in between.
    #[inline(always)]
    fn is_still(&self, handle: u32) -> bool {
        ONE_THREAD
            || self.slot.handle.load(Ordering::Acquire) == handle
                && self.slot.tag.load(Ordering::Relaxed) == self.tag
    }
}

/// The slot of `handle`, if its elements are `T`s, and whether its borrows go into the ledger.
#[inline(always)]
fn find<T: Element>(handle: u32, argument: u32, needs: u32) -> Result<Found, Refusal> {
    let refusal = |fault| Refusal { fault, argument, handle };
    let slot = table::lookup_maybe_unused(handle).ok_or_else(|| refusal(Fault::Stale))?;
    let tag = slot.tag.load(Ordering::Relaxed);
    // A mutable buffer may be read, so for a reader the tag is also compared with that bit set.
    if tag == T::tag() | IN_USE | needs || tag == T::tag() | IN_USE | MUTABLE {
        return Ok(Found { slot, tag, is_in_ledger: false });
    }
    match find_sub_buffer(slot, tag, T::tag(), needs) {
        Some(is_in_ledger) => Ok(Found { slot, tag, is_in_ledger }),
        None => Err(refusal(Fault::Type)),
    }
}

/// Whether the borrows of a sub-buffer go into the ledger. `None` if the slot is no sub-buffer of this type.
#[inline(never)]
fn find_sub_buffer(slot: &Slot, tag: u32, element: u32, needs: u32) -> Option<bool> {
    let is_sub_buffer = tag & !(MUTABLE | PINNED) == element | IN_USE | SUB_BUFFER;
    let allows = needs == 0 || slot.is_mutable();
    // A writer always goes there, where it is asked again under the lock: another thread may be freezing the whole.
    (is_sub_buffer && allows).then(|| needs != 0 || slot.base().is_mutable())
}

/// The guard of a `&[T]`.
pub struct Shared<T> {
    /// # Invariants
    ///
    /// `slot` is borrowed shared until this guard drops, through the ledger if `is_in_ledger`. So `len` elements at
    /// `data` stay alive, and nobody writes to them.
    slot: &'static Slot,
    is_in_ledger: bool,
    data: *const T,
    len: usize,
}

/// Borrows the buffer `handle` for reading. O(1). For a sub-buffer of mutable memory it takes time in proportion to
/// the borrowed sub-buffers of its whole.
///
/// # Errors
///
/// `Stale`, `Type`, or `Borrowed` if it is exclusively borrowed.
#[inline(always)]
pub fn shared<T: Element>(handle: u32, argument: u32) -> Result<Shared<T>, Refusal> {
    let found = find::<T>(handle, argument, 0)?;
    let Found { slot, is_in_ledger, .. } = found;
    if !(if is_in_ledger { ledger::share(slot) } else { slot.borrow.share() }) {
        return Err(Refusal { fault: Fault::Borrowed, argument, handle });
    }
    checks::borrowed(slot, argument);
    let data = slot.data.load(Ordering::Relaxed).cast_const().cast();
    let guard = Shared { slot, is_in_ledger, data, len: slot.len.load(Ordering::Relaxed) };
    if !found.is_still(handle) {
        return Err(Refusal { fault: Fault::Stale, argument, handle });
    }
    if checks::has_changed(slot) {
        return Err(Refusal { fault: Fault::Changed, argument, handle });
    }
    Ok(guard)
}

#[cfg(feature = "ndarray")]
impl<T> Shared<T> {
    pub(crate) fn slot(&self) -> &'static Slot {
        self.slot
    }
}

#[cfg(feature = "ndarray")]
impl<T> Exclusive<T> {
    pub(crate) fn slot(&self) -> &'static Slot {
        self.slot
    }
}

#[cfg(feature = "ndarray")]
impl<T: Element> Take<T> {
    pub(crate) fn len(&self) -> usize {
        self.guard.len
    }

    pub(crate) fn elements(&self) -> &[T] {
        &self.guard
    }
}

impl<T> Deref for Shared<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: the invariant of Shared.
        unsafe { core::slice::from_raw_parts(self.data, self.len) }
    }
}

impl<T> Shared<T> {
    #[inline(always)]
    fn end_borrow(&self) -> bool {
        let slot = self.slot;
        checks::ended(slot);
        let is_left = if self.is_in_ledger { ledger::end_shared(slot) } else { slot.borrow.end_shared() };
        pending_drops::add_if(slot, is_left)
    }
}

impl<T> Drop for Shared<T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.end_borrow();
    }
}

impl<T> End for Shared<T> {
    #[inline(always)]
    fn end(self) -> bool {
        core::mem::ManuallyDrop::new(self).end_borrow()
    }
}

/// The guard of a `&mut [T]`.
pub struct Exclusive<T> {
    /// # Invariants
    ///
    /// `slot` is exclusively borrowed until this guard drops, through the ledger if `is_in_ledger`. So `len` elements
    /// at `data` stay alive, and only this guard uses them.
    slot: &'static Slot,
    is_in_ledger: bool,
    data: *mut T,
    len: usize,
}

/// Borrows the buffer `handle` for writing. O(1). For a sub-buffer it takes time in proportion to the borrowed
/// sub-buffers of its whole.
///
/// # Errors
///
/// `Stale`, `Type` (also for a read-only buffer), or `Borrowed` if it, or something that it overlaps, is borrowed in
/// any way.
#[inline(always)]
pub fn exclusive<T: Element>(handle: u32, argument: u32) -> Result<Exclusive<T>, Refusal> {
    let found = find::<T>(handle, argument, MUTABLE)?;
    let Found { slot, is_in_ledger, .. } = found;
    if !(if is_in_ledger { ledger::exclude(slot) } else { slot.borrow.exclude() }) {
        return Err(Refusal { fault: Fault::Borrowed, argument, handle });
    }
    checks::borrowed(slot, argument);
    let data = slot.data.load(Ordering::Relaxed).cast();
    let guard = Exclusive { slot, is_in_ledger, data, len: slot.len.load(Ordering::Relaxed) };
    if found.is_still(handle) { Ok(guard) } else { Err(Refusal { fault: Fault::Stale, argument, handle }) }
}

impl<T> Deref for Exclusive<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: the invariant of Exclusive.
        unsafe { core::slice::from_raw_parts(self.data, self.len) }
    }
}

impl<T> DerefMut for Exclusive<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: the invariant of Exclusive.
        unsafe { core::slice::from_raw_parts_mut(self.data, self.len) }
    }
}

impl<T> Drop for Exclusive<T> {
    #[inline(always)]
    fn drop(&mut self) {
        checks::ended(self.slot);
        let slot = self.slot;
        let is_left =
            if self.is_in_ledger { ledger::end_exclusive(slot) } else { slot.borrow.end_exclusive() };
        pending_drops::add_if(slot, is_left);
    }
}

// SAFETY: the elements are `Send + Sync` (`Element`), borrows are atomic, and a borrow may end on any thread.
unsafe impl<T: Element> Send for Shared<T> {}
// SAFETY: the same.
unsafe impl<T: Element> Send for Exclusive<T> {}

/// A guard that may go to another thread, and outlive its call.
pub trait Outlives: Sized {
    /// The guard, for a job.
    ///
    /// # Errors
    ///
    /// `Temporary` if the buffer is lent to a callback, whose borrows have to end with their calls.
    fn for_job(self, argument: u32) -> Result<Self, Refusal>;
}

impl<T> Outlives for Shared<T> {
    fn for_job(self, argument: u32) -> Result<Self, Refusal> {
        outlives_call(self.slot, argument)?;
        Ok(self)
    }
}

impl<T> Outlives for Exclusive<T> {
    fn for_job(self, argument: u32) -> Result<Self, Refusal> {
        outlives_call(self.slot, argument)?;
        Ok(self)
    }
}

fn outlives_call(slot: &Slot, argument: u32) -> Result<(), Refusal> {
    match slot.base().storage() {
        // Scratch memory is the next call's.
        Storage::Temporary | Storage::Scratch { .. } => {
            Err(Refusal { fault: Fault::Temporary, argument, handle: slot.handle.load(Ordering::Relaxed) })
        }
        _ => Ok(()),
    }
}

/// The guard of a `Buffer<T>`: shared until the call ends.
pub struct Retained<T: Element> {
    guard: Shared<T>,
}

/// Prepares to retain the read-only buffer `handle`. O(1).
///
/// # Errors
///
/// `Stale`, `Type` (also for a mutable buffer, which would have to be frozen first), or `Borrowed`.
#[inline(always)]
pub fn retain<T: Element>(handle: u32, argument: u32) -> Result<Retained<T>, Refusal> {
    let guard = shared::<T>(handle, argument)?;
    if guard.slot.is_mutable() {
        return Err(Refusal { fault: Fault::Type, argument, handle });
    }
    if matches!(guard.slot.storage(), Storage::Temporary) {
        return Err(Refusal { fault: Fault::Temporary, argument, handle });
    }
    Ok(Retained { guard })
}

impl<T: Element> Retained<T> {
    /// A reference for the function. O(1).
    #[inline]
    #[must_use]
    pub fn buffer(&self) -> Buffer<T> {
        let slot = self.guard.slot.slot_for_readers();
        slot.hold();
        Buffer::from_counted(core::ptr::NonNull::from(&*self.guard).cast(), self.guard.len, slot)
    }
}

/// The guard of a `BufferMut<T>` or `Vec<T>`: exclusive until the function takes the memory.
pub struct Take<T: Element> {
    guard: Exclusive<T>,
    /// A copy of the elements, if the function cannot have the allocation itself.
    copy: Option<Vec<T>>,
}

/// Prepares to move the mutable buffer `handle` out of JavaScript. O(1).
///
/// # Errors
///
/// `Stale`, `Type` (also for a read-only buffer), or `Borrowed` if it is borrowed in any way.
#[inline(always)]
pub fn take<T: Element>(handle: u32, argument: u32) -> Result<Take<T>, Refusal> {
    let guard = exclusive::<T>(handle, argument)?;
    may_be_taken(&guard, argument, handle)?;
    Ok(Take { guard, copy: None })
}

/// The runtime owns scratch memory and what is lent to a callback, so JavaScript cannot give them away.
#[inline(always)]
fn may_be_taken<T>(guard: &Exclusive<T>, argument: u32, handle: u32) -> Result<(), Refusal> {
    if matches!(guard.slot.storage(), Storage::Vec { .. } | Storage::SubBuffer { .. }) {
        return Ok(());
    }
    let is_lent = matches!(guard.slot.storage(), Storage::Temporary);
    let fault = if is_lent { Fault::Temporary } else { Fault::Type };
    Err(Refusal { fault, argument, handle })
}

/// The guard of a `Vec<T>`.
pub struct TakeVec<T: Element>(Elements<T>);

enum Elements<T: Element> {
    Buffer(Take<T>),
    /// JavaScript has passed a plain array.
    Gift(Vec<T>),
}

/// As [`take`], for a function that takes a `Vec`. Makes a copy if the buffer is a sub-buffer or has sub-buffers.
///
/// # Errors
///
/// As [`take`], and `OutOfMemory` if there is no memory for the copy.
#[inline]
pub fn take_vec<T: Element>(handle: u32, argument: u32) -> Result<TakeVec<T>, Refusal> {
    let guard = exclusive::<T>(handle, argument)?;
    let slot = guard.slot;
    if let Storage::Scratch { align, .. } = slot.storage() {
        if align != GIFT_ALIGN {
            return Ok(TakeVec(Elements::Gift(copy_of(&guard, argument, handle)?)));
        }
        drop(guard);
        let (data, len) = crate::gift::take(slot);
        // SAFETY: `gift::prepare` has allocated it for this many elements of the slot's type, which `exclusive` has compared with `T`,
        // and JavaScript has filled it. The slot has it no more.
        return Ok(TakeVec(Elements::Gift(unsafe { Vec::from_raw_parts(data.cast(), len, len) })));
    }
    may_be_taken(&guard, argument, handle)?;
    let copy = if BufferMut::<T>::has_own_allocation(slot) {
        None
    } else {
        Some(copy_of(&guard, argument, handle)?)
    };
    Ok(TakeVec(Elements::Buffer(Take { guard, copy })))
}

fn copy_of<T: Element>(elements: &[T], argument: u32, handle: u32) -> Result<Vec<T>, Refusal> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(elements.len()).map_err(|_| Refusal {
        fault: Fault::OutOfMemory,
        argument,
        handle,
    })?;
    copy.extend_from_slice(elements);
    Ok(copy)
}

impl<T: Element> TakeVec<T> {
    /// Takes the elements. A buffer's handle ends. O(1), or the copy that `take_vec` made.
    #[inline]
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        match self.0 {
            Elements::Buffer(taken) => taken.into_vec(),
            Elements::Gift(elements) => elements,
        }
    }
}

impl<T: Element> Take<T> {
    pub(crate) fn slot(&self) -> &'static Slot {
        self.guard.slot
    }

    /// Takes the buffer. JavaScript's handle ends. O(1).
    #[inline]
    #[must_use]
    pub fn into_buffer(self) -> BufferMut<T> {
        let slot = self.guard.slot;
        // The buffer takes over the borrow.
        core::mem::forget(self.guard);
        let last = slot.take_from_js();
        debug_assert!(last, "a mutable buffer has one reference");
        BufferMut::from_exclusive(slot)
    }

    /// Takes the elements. JavaScript's handle ends. O(1), or the copy that `take_vec` made.
    #[inline]
    #[must_use]
    pub fn into_vec(mut self) -> Vec<T> {
        match self.copy.take() {
            Some(copy) => {
                drop(self.into_buffer());
                copy
            }
            None => self.into_buffer().into_vec_in_call(),
        }
    }
}
