//! `BufferMut<T>`: mutable memory with one owner.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use super::shared::table_full;
use super::{Buffer, move_storage};
use crate::element::Element;
use crate::table::{self, MUTABLE, Slot, Storage};

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
    /// The slot is mutable, unborrowed, of type `T` and `Storage::Vec`; this buffer is its only holder and it has no
    /// handle.
    slot: &'static Slot,
    elements: PhantomData<Vec<T>>,
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
    /// When the byte length is above `isize::MAX`, or 2^22 buffers are alive. Aborts when memory runs out.
    #[must_use]
    pub fn zeroed(len: usize) -> Self {
        let mut vec = Vec::<T>::with_capacity(len);
        // SAFETY: the capacity is `len`, and zeros are valid elements (contract of Element).
        unsafe { vec.as_mut_ptr().write_bytes(0, len) };
        // SAFETY: just initialised.
        unsafe { vec.set_len(len) };
        Self::from(vec)
    }

    /// The same memory, immutable from now on and open to many holders. O(1).
    #[must_use]
    pub fn freeze(self) -> Buffer<T> {
        let slot = self.slot;
        let (data, len) = self.parts();
        core::mem::forget(self);
        slot.set_shape(T::tag());
        Buffer::from_counted(data, len, slot)
    }

    /// The buffer's allocation as a `Vec`. O(1).
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        let slot = self.slot;
        let (data, len) = self.parts();
        let Storage::Vec { capacity } = slot.storage() else {
            unreachable!("a mutable buffer is made from a Vec (invariant of BufferMut)")
        };
        core::mem::forget(self);
        table::recycle(slot);
        // SAFETY: a `Vec<T>`'s allocation of this capacity and length, whose only owner has just been forgotten.
        unsafe { Vec::from_raw_parts(data.as_ptr(), len, capacity) }
    }

    /// A buffer over a slot that meets the invariants of `BufferMut`, in exchange for the caller's count.
    pub(crate) fn from_counted(slot: &'static Slot) -> Self {
        debug_assert!(slot.tag() == T::tag() && slot.is_mutable());
        BufferMut { slot, elements: PhantomData }
    }

    /// Moves this buffer to JavaScript; `None` when no handle is left.
    pub(crate) fn into_handle(self) -> Option<u32> {
        let slot = if self.slot.can_be_lent() { self.slot } else { move_storage(self.slot)? };
        core::mem::forget(self);
        Some(slot.lend_to_js())
    }

    fn parts(&self) -> (NonNull<T>, usize) {
        let data = self.slot.data.load(Ordering::Relaxed).cast();
        // SAFETY: a `Vec`'s pointer, which is never null.
        (unsafe { NonNull::new_unchecked(data) }, self.slot.len.load(Ordering::Relaxed))
    }
}

impl<T: Element> From<Vec<T>> for BufferMut<T> {
    /// Takes over the allocation. O(1).
    fn from(vec: Vec<T>) -> Self {
        let mut vec = core::mem::ManuallyDrop::new(vec);
        let storage = Storage::Vec { capacity: vec.capacity() };
        let slot = table::insert(T::tag() | MUTABLE, vec.as_mut_ptr().cast(), vec.len(), storage, None);
        BufferMut { slot: slot.unwrap_or_else(|| table_full()), elements: PhantomData }
    }
}

impl<T: Element> Drop for BufferMut<T> {
    fn drop(&mut self) {
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
