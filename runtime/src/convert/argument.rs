//! Guards: what an argument holds of a buffer while the call lasts.
//!
//! A shim first makes the guards of *all* its arguments, and only then lets go of what the function is to own
//! ([`Take::into_vec`], …). A refusal in between drops the guards, which undoes them.

use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::Ordering;

use crate::buffer::{Buffer, BufferMut, destroy};
use crate::element::Element;
use crate::fault::{Fault, Refusal};
use crate::table::{self, IN_USE, MUTABLE, Slot, Storage, VIEW};

/// The slot behind `handle`, if its elements are `T`s, and the slot that has its borrow flag.
#[inline(always)]
fn find<T: Element>(
    handle: u32,
    argument: u32,
    needs: u32,
) -> Result<(&'static Slot, &'static Slot), Refusal> {
    let refusal = |fault| Refusal { fault, argument, handle };
    let slot = table::lookup_unproven(handle).ok_or_else(|| refusal(Fault::Stale))?;
    let shape = slot.shape.load(Ordering::Relaxed);
    // A mutable buffer may be read, so a reader's shape is compared without that bit.
    let fits = |shape| shape == T::tag() | IN_USE | needs || shape == T::tag() | IN_USE | MUTABLE;
    if fits(shape) {
        Ok((slot, slot))
    } else if fits(shape & !VIEW) {
        Ok((slot, slot.base()))
    } else {
        Err(refusal(Fault::Type))
    }
}

/// The guard of a `&[T]`.
pub struct Shared<T> {
    /// # Invariants
    ///
    /// `base` is borrowed shared until this guard drops, which keeps `len` elements at `data` alive and unwritten.
    base: &'static Slot,
    data: *const T,
    len: usize,
}

/// Borrows the buffer `handle` for reading. O(1).
///
/// # Errors
///
/// `Stale`, `Type`, or `Borrowed` if it is exclusively borrowed.
#[inline(always)]
pub fn shared<T: Element>(handle: u32, argument: u32) -> Result<Shared<T>, Refusal> {
    let (slot, base) = find::<T>(handle, argument, 0)?;
    if !base.borrow.share() {
        return Err(Refusal { fault: Fault::Borrowed, argument, handle });
    }
    let data = slot.data.load(Ordering::Relaxed).cast_const().cast();
    Ok(Shared { base, data, len: slot.len.load(Ordering::Relaxed) })
}

impl<T> Deref for Shared<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: the invariant of Shared.
        unsafe { core::slice::from_raw_parts(self.data, self.len) }
    }
}

impl<T> Drop for Shared<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.base.borrow.end_shared() {
            destroy(self.base);
        }
    }
}

/// The guard of a `&mut [T]`.
pub struct Exclusive<T> {
    /// # Invariants
    ///
    /// `base` is exclusively borrowed until this guard drops, which keeps `len` elements at `data` alive and this
    /// guard's alone.
    base: &'static Slot,
    data: *mut T,
    len: usize,
}

/// Borrows the buffer `handle` for writing. O(1).
///
/// # Errors
///
/// `Stale`, `Type` (also for a read-only buffer), or `Borrowed` if it is borrowed in any way.
#[inline(always)]
pub fn exclusive<T: Element>(handle: u32, argument: u32) -> Result<Exclusive<T>, Refusal> {
    let (slot, base) = find::<T>(handle, argument, MUTABLE)?;
    if !base.borrow.exclude() {
        return Err(Refusal { fault: Fault::Borrowed, argument, handle });
    }
    let data = slot.data.load(Ordering::Relaxed).cast();
    Ok(Exclusive { base, data, len: slot.len.load(Ordering::Relaxed) })
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
        if self.base.borrow.end_exclusive() {
            destroy(self.base);
        }
    }
}

/// The guard of a `Buffer<T>`: shared until the function gets its own count.
pub struct Keep<T: Element> {
    guard: Shared<T>,
}

/// Prepares to keep the read-only buffer `handle`. O(1).
///
/// # Errors
///
/// `Stale`, `Type` (also for a mutable buffer, which would have to be frozen first), or `Borrowed`.
#[inline(always)]
pub fn keep<T: Element>(handle: u32, argument: u32) -> Result<Keep<T>, Refusal> {
    let guard = shared::<T>(handle, argument)?;
    if guard.base.is_mutable() {
        return Err(Refusal { fault: Fault::Type, argument, handle });
    }
    Ok(Keep { guard })
}

impl<T: Element> Keep<T> {
    /// The function's own hold on the memory. O(1).
    #[inline]
    #[must_use]
    pub fn into_buffer(self) -> Buffer<T> {
        let base = self.guard.base;
        base.hold();
        Buffer::from_counted(core::ptr::NonNull::from(&*self.guard).cast(), self.guard.len, base)
    }
}

/// The guard of a `BufferMut<T>` or `Vec<T>`: exclusive until the function gets the memory.
pub struct Take<T: Element> {
    guard: Exclusive<T>,
    elements: PhantomData<T>,
}

/// Prepares to move the mutable buffer `handle` out of JavaScript. O(1).
///
/// # Errors
///
/// `Stale`, `Type` (also for a read-only buffer), or `Borrowed` if it is borrowed in any way.
#[inline(always)]
pub fn take<T: Element>(handle: u32, argument: u32) -> Result<Take<T>, Refusal> {
    let guard = exclusive::<T>(handle, argument)?;
    // Scratch memory is the runtime's: JavaScript does not own it and cannot give it away.
    if !matches!(guard.base.storage(), Storage::Vec { .. }) {
        return Err(Refusal { fault: Fault::Type, argument, handle });
    }
    Ok(Take { guard, elements: PhantomData })
}

impl<T: Element> Take<T> {
    /// The buffer; JavaScript's handle is spent. O(1).
    #[inline]
    #[must_use]
    pub fn into_buffer(self) -> BufferMut<T> {
        let slot = self.guard.base;
        drop(self.guard);
        let last = slot.take_from_js();
        debug_assert!(last, "a mutable buffer has one holder");
        BufferMut::from_counted(slot)
    }

    /// The buffer's allocation; JavaScript's handle is spent. O(1).
    #[inline]
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.into_buffer().into_vec()
    }
}
