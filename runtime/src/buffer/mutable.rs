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

/// Elements that one side owns and may write to: Rust or JavaScript.
///
/// In JavaScript it is a `MutableBuffer`. Passing it to the other side moves it: the side that gave it away can no
/// longer use it. Only a handle of 4 bytes moves, so this is O(1) for any length.
///
/// ```text
///   Rust owns it                        JavaScript owns it
///
///   BufferMut<T>                        MutableBuffer (handle)
///   ┌──────┐                            ┌────────┐
///   │ slot ┼──► handle table ──► memory │ handle ┼──► handle table ──► memory
///   └──────┘                            └────────┘
///        ─── argument, result: the same memory, another owner ───
/// ```
///
/// - As an argument it is moved into Rust: a later use of the JavaScript object throws `ERR_LEND_MOVED`.
///   A plain typed array is copied instead, and stays what it is.
/// - As a result it is moved to JavaScript.
/// - [`freeze`](Self::freeze) makes it a [`Buffer`], which many can share and nobody can write to.
/// - [`split_at_mut`](Self::split_at_mut) makes two owners of one allocation.
///
/// While Rust has it, JavaScript cannot pass any sub-buffer of the same memory to a call: it is exclusively borrowed.
/// See [`Buffer`](Buffer#borrow-rules).
///
/// ```
/// use wasm_lend::{BufferMut, export};
///
/// /// Fills the buffer with silence and returns it.
/// #[export]
/// pub fn silence(mut samples: BufferMut<f32>) -> BufferMut<f32> {
///     samples.fill(0.0);
///     samples
/// }
///
/// let mut samples = BufferMut::from(vec![1_i16, 2, 3]);
/// samples[0] = -1;
/// let frozen = samples.freeze();
/// assert_eq!(frozen[..], [-1, 2, 3]);
/// ```
///
/// ```js
/// let samples = lend.createMutableBuffer(new Float32Array(1024)); // one copy
/// samples = silence(samples);     // no copy; the old object was moved
/// samples.view[0];                // 0: a Float32Array over the same memory
/// ```
pub struct BufferMut<T: Element> {
    /// # Invariants
    ///
    /// The slot is mutable, has the element type `T`, and is a `Vec`'s allocation or a sub-buffer of one. It has no
    /// handle. This buffer has a reference to it and borrows it exclusively for as long as it lives, so all other
    /// sub-buffers of the memory are refused.
    slot: &'static Slot,
    elements: PhantomData<Vec<T>>,
}

/// There is no memory for a buffer, or JavaScript's limit (`lend.setLimit()`) does not allow it.
///
/// As the `Err` of an exported function it is thrown as `ERR_LEND_OOM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no memory for {bytes} bytes")]
pub struct OutOfMemory {
    /// The number of bytes that were asked for.
    pub bytes: usize,
}

impl<T: Element> BufferMut<T> {
    /// A new buffer of `len` zeros. O(`len`).
    ///
    /// ```
    /// assert_eq!(wasm_lend::BufferMut::<u32>::zeroed(3)[..], [0, 0, 0]);
    /// ```
    ///
    /// # Panics
    ///
    /// If [`try_zeroed`](Self::try_zeroed) fails.
    #[must_use]
    pub fn zeroed(len: usize) -> Self {
        Self::try_zeroed(len).unwrap_or_else(|error| panic!("wasm-lend: {error}"))
    }

    /// A new buffer of `len` zeros, if there is memory for it. O(`len`).
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
    /// If there is no memory or no handle left, or JavaScript's `lend.setLimit()` does not allow it.
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

    /// The same memory, read-only from now on, so that it can be shared. O(1), no copy.
    ///
    /// Sub-buffers that JavaScript has of it become read-only too.
    #[must_use]
    pub fn freeze(self) -> Buffer<T> {
        let slot = self.slot;
        let (data, len) = self.parts();
        core::mem::forget(self);
        crate::checks::ended(slot);
        if slot.is_sub_buffer() {
            // Other sub-buffers may still be written to, so this one keeps a shared borrow of its range.
            ledger::downgrade(slot);
            slot.set_tag(T::tag() | SUB_BUFFER | PINNED);
        } else {
            slot.set_tag(T::tag());
            slot.borrow.end_owned();
        }
        Buffer::from_counted(data, len, slot)
    }

    /// The elements as a `Vec`. O(1) for a whole without other sub-buffers, else one copy.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.into_vec_by(dissolve)
    }

    /// As [`into_vec`](Self::into_vec), while a call moves its arguments: release listeners run after the call.
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
                // SAFETY: a `Vec<T>`'s allocation of this capacity and length, and its only owner was just forgotten.
                unsafe { Vec::from_raw_parts(data.as_ptr(), len, capacity) }
            }
            _ => self.to_vec(),
        }
    }

    /// True if the slot is a `Vec`'s allocation without sub-buffers.
    pub(crate) fn has_own_allocation(slot: &Slot) -> bool {
        matches!(slot.storage(), Storage::Vec { .. }) && slot.references.load(Ordering::Acquire) == 1
    }

    /// The elements before `mid`, and the elements from `mid` on, as two owners of one allocation. O(1), no copy.
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
    /// If `mid` is greater than the length. If 2^22 buffers are alive, which JavaScript sees as the exception
    /// `ERR_LEND_OOM`; the instance goes on.
    #[must_use]
    pub fn split_at_mut(self, mid: usize) -> (Self, Self) {
        let (data, len) = self.parts();
        assert!(mid <= len, "mid {mid} out of range for buffer of length {len}");
        let slot = self.slot;
        let base = slot.base();
        // Both are sub-buffers of the whole, even if a sub-buffer is divided: that one is not needed any more.
        let half = |at: usize, len: usize| {
            let data = data.as_ptr().wrapping_add(at).cast();
            let storage = Storage::SubBuffer { of: base };
            base.hold();
            table::insert(T::tag() | MUTABLE | SUB_BUFFER, data, len, storage, Some(base)).unwrap_or_else(
                || {
                    base.release();
                    out_of_memory("a sub-buffer")
                },
            )
        };
        let left = half(0, mid);
        let undo = Undo(left);
        let right = half(mid, len - mid);
        core::mem::forget(undo);
        core::mem::forget(self);
        crate::checks::ended(slot);
        ledger::divide(slot, [left, right]);
        // The two sub-buffers have references to the whole. The divided slot gives up its own.
        slot.release();
        (BufferMut { slot: left, elements: PhantomData }, BufferMut { slot: right, elements: PhantomData })
    }

    /// Calls `f` once, when the memory is released; see [`Buffer::on_release`].
    pub fn on_release(&self, f: impl FnOnce() + Send + 'static) {
        if !self.slot.base().add_listener(ReleaseListener::rust(f)) {
            out_of_memory("a release listener");
        }
    }

    /// A buffer over a new slot that nobody else has.
    fn own(slot: &'static Slot) -> Self {
        slot.borrow.own_fresh();
        BufferMut { slot, elements: PhantomData }
    }

    /// A buffer over a slot, which takes over the caller's reference and exclusive borrow.
    pub(crate) fn from_exclusive(slot: &'static Slot) -> Self {
        debug_assert!(slot.type_tag() == T::tag() && slot.is_mutable() && slot.borrow.is_exclusive());
        slot.borrow.own();
        BufferMut { slot, elements: PhantomData }
    }

    /// The slot, with this buffer's reference and borrow.
    pub(crate) fn into_slot(self) -> &'static Slot {
        core::mem::ManuallyDrop::new(self).slot
    }

    /// # Safety
    ///
    /// The slot came from `into_slot` of a buffer of the same type.
    pub(crate) unsafe fn from_slot(slot: *const Slot) -> Self {
        // SAFETY: a slot to which the buffer has a reference (the caller's promise).
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

    /// Takes over the allocation, or returns it if the table has no slot left.
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
        // SAFETY: the pointer of a `Vec`, or one into its allocation. Neither is null.
        (unsafe { NonNull::new_unchecked(data) }, self.slot.len.load(Ordering::Relaxed))
    }
}

/// Ends the exclusive borrow that a buffer has of its slot.
fn end_owned(slot: &'static Slot) {
    if slot.is_sub_buffer() { ledger::end_owned(slot) } else { slot.borrow.end_owned() }
}

/// Releases the first half of a split whose second half could not be made.
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
