//! `BufferMut<T>`: mutable memory with one owner.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use thiserror::Error;

use super::Buffer;
use crate::element::Element;
use crate::ledger;
use crate::memory::{allocate, deallocate, out_of_memory};
use crate::release::{dissolve, dissolve_later};
use crate::sync::Ordering;
use crate::table::{self, MUTABLE, PINNED, ReleaseListener, SUB_BUFFER, Slot, Storage};

/// Mutable elements with one owner, which is Rust or JavaScript.
///
/// In JavaScript it is a `MutableBuffer`. Passing it either way moves it: the side that gave it away can use it no
/// more, and nothing is copied, whatever its length.
///
/// ```
/// use wasm_lend::BufferMut;
///
/// let mut samples = BufferMut::from(vec![1_i16, 2, 3]);
/// samples[0] = -1;
/// let frozen = samples.freeze();
/// assert_eq!(frozen[..], [-1, 2, 3]);
/// ```
pub struct BufferMut<T: Element> {
    /// # Invariants
    ///
    /// The slot is mutable and of type `T`, a `Vec`'s allocation or a part of one. It has no handle, this buffer is a holder
    /// of it, and borrows it exclusively for as long as it lives: whoever else holds parts of the memory is refused.
    slot: &'static Slot,
    elements: PhantomData<Vec<T>>,
}

/// There is no memory for a buffer, or it would go past the limit that JavaScript has set.
///
/// As the `Err` of an exported function it is thrown as `ERR_LEND_OOM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no memory for {bytes} bytes")]
pub struct OutOfMemory {
    /// How many were wanted.
    pub bytes: usize,
}

impl<T: Element> BufferMut<T> {
    /// `len` zeros. O(`len`).
    ///
    /// ```
    /// assert_eq!(wasm_lend::BufferMut::<u32>::zeroed(3)[..], [0, 0, 0]);
    /// ```
    ///
    /// # Panics
    ///
    /// Where [`try_zeroed`](Self::try_zeroed) has an error.
    #[must_use]
    pub fn zeroed(len: usize) -> Self {
        Self::try_zeroed(len).unwrap_or_else(|error| panic!("wasm-lend: {error}"))
    }

    /// `len` zeros, if there is memory for them. O(`len`).
    ///
    /// ```
    /// use wasm_lend::{BufferMut, OutOfMemory};
    ///
    /// assert_eq!(BufferMut::<u32>::try_zeroed(3)?[..], [0, 0, 0]);
    /// assert!(BufferMut::<u32>::try_zeroed(usize::MAX / 2).is_err());
    /// # Ok::<_, OutOfMemory>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no memory, or no handle, or JavaScript's `lend.setLimit()` does not allow it.
    pub fn try_zeroed(len: usize) -> Result<Self, OutOfMemory> {
        let error = || OutOfMemory { bytes: len.saturating_mul(size_of::<T>()) };
        let data = allocate(T::tag(), len).ok_or_else(error)?;
        let storage = Storage::Vec { capacity: len };
        match table::insert(T::tag() | MUTABLE, data, len, storage, None) {
            Some(slot) => Ok(Self::own(slot)),
            None => {
                deallocate(data, T::tag(), len);
                Err(error())
            }
        }
    }

    /// The same memory, immutable from now on and open to many holders. O(1).
    ///
    /// Parts that JavaScript holds of it can only be read from now on.
    #[must_use]
    pub fn freeze(self) -> Buffer<T> {
        let slot = self.slot;
        let (data, len) = self.parts();
        core::mem::forget(self);
        crate::checks::ended(slot);
        if slot.is_sub_buffer() {
            // Its neighbours may still be written to, so this part keeps them away from its range.
            ledger::downgrade(slot);
            slot.set_tag(T::tag() | SUB_BUFFER | PINNED);
        } else {
            slot.set_tag(T::tag());
            slot.borrow.end_owned();
        }
        Buffer::from_counted(data, len, slot)
    }

    /// The buffer's allocation as a `Vec`: O(1), but one copy where the buffer is a part, or parts of it are held elsewhere.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.into_vec_by(dissolve)
    }

    /// The same while a call moves its arguments: who waits for the release is told after it.
    pub(crate) fn into_vec_in_call(self) -> Vec<T> {
        self.into_vec_by(dissolve_later)
    }

    fn into_vec_by(self, dissolve: impl FnOnce(&'static Slot)) -> Vec<T> {
        let slot = self.slot;
        let (data, len) = self.parts();
        match slot.storage() {
            Storage::Vec { capacity } if Self::has_own_allocation(slot) => {
                core::mem::forget(self);
                dissolve(slot);
                // SAFETY: a `Vec<T>`'s allocation of this capacity and length, whose only owner has just been forgotten.
                unsafe { Vec::from_raw_parts(data.as_ptr(), len, capacity) }
            }
            _ => self.to_vec(),
        }
    }

    /// True if the slot is a `Vec`'s allocation that nobody else holds a part of.
    pub(crate) fn has_own_allocation(slot: &Slot) -> bool {
        matches!(slot.storage(), Storage::Vec { .. }) && slot.references.load(Ordering::Acquire) == 1
    }

    /// The elements before `mid`, and those from there on: two owners of one allocation. O(1), no copy.
    ///
    /// ```
    /// use wasm_lend::BufferMut;
    ///
    /// let (mut left, right) = BufferMut::from(vec![1_u8, 2, 3]).split_at_mut(1);
    /// left[0] = 7;
    /// assert_eq!((&left[..], &right[..]), (&[7][..], &[2, 3][..]));
    /// ```
    ///
    /// # Panics
    ///
    /// When `mid` is above the length. When 2^22 buffers are alive: as an exception `ERR_LEND_OOM` in JavaScript, whose instance goes on.
    #[must_use]
    pub fn split_at_mut(self, mid: usize) -> (Self, Self) {
        let (data, len) = self.parts();
        assert!(mid <= len, "mid {mid} out of range for buffer of length {len}");
        let slot = self.slot;
        let base = slot.base();
        // Parts of the whole, not of one another: a part that has been divided is not needed any more.
        let part = |at: usize, len: usize| {
            let data = data.as_ptr().wrapping_add(at).cast();
            let storage = Storage::SubBuffer { of: base };
            base.hold();
            table::insert(T::tag() | MUTABLE | SUB_BUFFER, data, len, storage, Some(base)).unwrap_or_else(
                || {
                    base.release();
                    out_of_memory("a part of a buffer")
                },
            )
        };
        let left = part(0, mid);
        let undo = Undo(left);
        let right = part(mid, len - mid);
        core::mem::forget(undo);
        core::mem::forget(self);
        crate::checks::ended(slot);
        ledger::divide(slot, [left, right]);
        // The parts hold the whole; what was divided lets go of it, or of its own count of it.
        slot.release();
        (BufferMut { slot: left, elements: PhantomData }, BufferMut { slot: right, elements: PhantomData })
    }

    /// Has `f` called once, when the last holder of the memory on either side has let go of it; see [`Buffer::on_release`].
    pub fn on_release(&self, f: impl FnOnce() + Send + 'static) {
        if !self.slot.base().add_listener(ReleaseListener::rust(f)) {
            out_of_memory("a release listener");
        }
    }

    /// A buffer over a fresh slot that nobody else has.
    fn own(slot: &'static Slot) -> Self {
        slot.borrow.own_fresh();
        BufferMut { slot, elements: PhantomData }
    }

    /// A buffer over a slot that the caller holds and has exclusively borrowed: both are the buffer's from now on.
    pub(crate) fn from_exclusive(slot: &'static Slot) -> Self {
        debug_assert!(slot.type_tag() == T::tag() && slot.is_mutable() && slot.borrow.is_exclusive());
        slot.borrow.own();
        BufferMut { slot, elements: PhantomData }
    }

    /// The slot, with this buffer's count and borrow.
    pub(crate) fn into_slot(self) -> &'static Slot {
        core::mem::ManuallyDrop::new(self).slot
    }

    /// # Safety
    ///
    /// The slot came from `into_slot`, of a buffer of the same type.
    pub(crate) unsafe fn from_slot(slot: *const Slot) -> Self {
        // SAFETY: a slot that the buffer is a holder of (the caller's promise).
        BufferMut { slot: unsafe { &*slot }, elements: PhantomData }
    }

    /// Moves this buffer to JavaScript.
    pub(crate) fn into_handle(self) -> u32 {
        let slot = self.slot;
        end_owned(slot);
        core::mem::forget(self);
        crate::checks::ended(slot);
        slot.give_to_js()
    }

    /// Takes over the allocation, or gives it back when no place in the table is left.
    pub(crate) fn try_from_vec(vec: Vec<T>) -> Result<Self, Vec<T>> {
        let mut vec = core::mem::ManuallyDrop::new(vec);
        let storage = Storage::Vec { capacity: vec.capacity() };
        match table::insert(T::tag() | MUTABLE, vec.as_mut_ptr().cast(), vec.len(), storage, None) {
            Some(slot) => Ok(Self::own(slot)),
            None => Err(core::mem::ManuallyDrop::into_inner(vec)),
        }
    }

    #[cfg(feature = "ndarray")]
    pub(crate) fn slot(&self) -> &'static Slot {
        self.slot
    }

    fn parts(&self) -> (NonNull<T>, usize) {
        let data = self.slot.data.load(Ordering::Relaxed).cast();
        // SAFETY: a `Vec`'s pointer, or one into its allocation, neither of which is null.
        (unsafe { NonNull::new_unchecked(data) }, self.slot.len.load(Ordering::Relaxed))
    }
}

/// Ends a buffer's exclusive borrow of its slot.
fn end_owned(slot: &'static Slot) {
    if slot.is_sub_buffer() { ledger::end_owned(slot) } else { slot.borrow.end_owned() }
}

/// Releases a part of a split that could not be completed.
struct Undo(&'static Slot);

impl Drop for Undo {
    fn drop(&mut self) {
        self.0.release();
    }
}

impl<T: Element> From<Vec<T>> for BufferMut<T> {
    /// Takes over the allocation. O(1).
    fn from(vec: Vec<T>) -> Self {
        Self::try_from_vec(vec).unwrap_or_else(|vec| {
            drop(vec);
            out_of_memory("a buffer")
        })
    }
}

impl<T: Element> Drop for BufferMut<T> {
    fn drop(&mut self) {
        crate::checks::ended(self.slot);
        end_owned(self.slot);
        self.slot.release();
    }
}

impl<T: Element> Deref for BufferMut<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        let (data, len) = self.parts();
        // SAFETY: the slot's `len` initialised elements, which only this buffer can reach.
        unsafe { core::slice::from_raw_parts(data.as_ptr(), len) }
    }
}

impl<T: Element> DerefMut for BufferMut<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        let (data, len) = self.parts();
        // SAFETY: the slot's `len` initialised elements, which only this buffer can reach.
        unsafe { core::slice::from_raw_parts_mut(data.as_ptr(), len) }
    }
}

impl<T: Element + fmt::Debug> fmt::Debug for BufferMut<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Element + PartialEq> PartialEq for BufferMut<T> {
    fn eq(&self, other: &Self) -> bool {
        self[..] == other[..]
    }
}

impl<T: Element + Eq> Eq for BufferMut<T> {}
