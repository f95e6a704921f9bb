//! `Buffer<T>`: immutable memory with many holders.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{Bound, Deref, RangeBounds};
use core::ptr::NonNull;

use crate::element::Element;
use crate::memory::out_of_memory;
use crate::release::dissolve;
use crate::sync::Ordering;
use crate::table::{self, Owned, OwnerHeader, ReleaseListener, SUB_BUFFER, Slot, Storage, drop_owner};

/// Immutable elements that Rust and JavaScript both hold, count and give back.
///
/// In JavaScript it is a `ReadOnlyBuffer`. Passing it either way moves a handle of 4 bytes, whatever its length; the
/// memory is freed when the last holder on either side lets go.
///
/// ```text
///   Buffer<T>                     slot of the handle table
///   ┌──────┬─────┬──────┐         ┌────────┬─────────┬────────┬─────────┐
///   │ data │ len │ slot ┼────────►│ handle │ holders │ borrow │ storage │
///   └──┼───┴─────┴──────┘         └────────┴─────────┴────────┴────┼────┘
///      │        ┌──────────────────────────────────────────────────┘
///      ▼        ▼
///     elements of a Vec<T>, or of any owner that derefs to [T]
/// ```
///
/// ```
/// use wasm_lend::Buffer;
///
/// let samples = Buffer::from(vec![0.5_f32, 0.25]);
/// let tail = samples.slice(1..);
/// assert_eq!(tail[..], [0.25]);
/// ```
///
/// Cloning and slicing are O(1) and copy nothing.
pub struct Buffer<T: Element> {
    /// # Invariants
    ///
    /// Points to `len` initialised elements which nobody writes to while this buffer lives: `slot` counts it as a
    /// holder, and is an allocation that is not mutable, or a frozen part of one that is.
    data: NonNull<T>,
    len: usize,
    pub(crate) slot: &'static Slot,
    elements: PhantomData<T>,
}

// SAFETY: the elements are `Send + Sync` and immutable, and the counts are atomic.
unsafe impl<T: Element> Send for Buffer<T> {}
// SAFETY: as above.
unsafe impl<T: Element> Sync for Buffer<T> {}

impl<T: Element> Buffer<T> {
    /// Lends the elements of any owner that derefs to `[T]`: an `Arc<[T]>`, a `&'static [T]`, a memory map. O(1).
    ///
    /// The owner is dropped when the last holder on either side lets go.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use wasm_lend::Buffer;
    ///
    /// let pixels: Arc<[u8]> = Arc::from([1, 2, 3]);
    /// let buffer = Buffer::from_owner(Arc::clone(&pixels));
    /// assert_eq!(buffer.as_ptr(), pixels.as_ptr());
    /// ```
    ///
    /// # Panics
    ///
    /// When 2^22 buffers are alive, or there is no memory for the handle table: as an exception `ERR_LEND_OOM` in JavaScript, whose
    /// instance goes on. The owner is dropped then too.
    pub fn from_owner<O>(owner: O) -> Self
    where
        O: Deref<Target = [T]> + Send + Sync + 'static,
    {
        // In its place before it is dereferenced, and no box from here on: the elements may lie inside the owner, and moving a box says
        // that nobody else points into it.
        let owned = Owned::try_new(owner).unwrap_or_else(|| out_of_memory("the owner of a buffer"));
        let owned = Box::into_raw(owned);
        let undo = DropOwner(owned.cast());
        // SAFETY: just made, and not changed by anybody.
        let elements: &[T] = unsafe { &(*owned).owner };
        let (data, len) = (NonNull::from(elements).cast::<T>(), elements.len());
        core::mem::forget(undo);
        Self::insert(data, len, Storage::Owner { owner: owned.cast() })
    }

    /// The elements `range` of this buffer, sharing its memory. O(1).
    ///
    /// ```
    /// use wasm_lend::Buffer;
    ///
    /// let all = Buffer::from(vec![1_u8, 2, 3, 4]);
    /// let middle = all.slice(1..=2);
    /// drop(all);
    /// assert_eq!(middle[..], [2, 3]);
    /// ```
    ///
    /// # Panics
    ///
    /// When the range starts after it ends, or ends after the buffer.
    #[must_use]
    pub fn slice(&self, range: impl RangeBounds<usize>) -> Self {
        let start = match range.start_bound() {
            Bound::Included(&start) => start,
            Bound::Excluded(&start) => start.checked_add(1).expect("the range starts within usize"),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&end) => end.checked_add(1).expect("the range ends within usize"),
            Bound::Excluded(&end) => end,
            Bound::Unbounded => self.len,
        };
        let part = &self[start..end];
        self.slot.hold();
        Buffer { data: NonNull::from(part).cast(), len: part.len(), slot: self.slot, elements: PhantomData }
    }

    /// The elements as a `Vec`: the buffer's own allocation, if it was made from a `Vec` and nobody else holds it;
    /// otherwise one copy.
    ///
    /// ```
    /// use wasm_lend::Buffer;
    ///
    /// let vec = vec![1_i32, 2, 3];
    /// let address = vec.as_ptr();
    /// assert_eq!(Buffer::from(vec).into_vec().as_ptr(), address);
    /// ```
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        let slot = self.slot;
        // The slot's pointer, not this buffer's: that may come from a shared reference, which must not be freed through.
        let data = slot.data.load(Ordering::Relaxed).cast::<T>();
        let starts_it = data == self.data.as_ptr() && slot.type_tag() == T::tag();
        let Storage::Vec { capacity } = slot.storage() else {
            return self.to_vec();
        };
        let sole = slot.references.load(Ordering::Acquire) == 1 && !slot.borrow.is_borrowed();
        // JavaScript's holds are one of the counts, so a sole count is this buffer's.
        if !sole || !starts_it {
            return self.to_vec();
        }
        let len = self.len;
        core::mem::forget(self);
        dissolve(slot);
        // SAFETY: `Storage::Vec` says that this is a `Vec<T>`'s allocation of this capacity, `len` is at most the
        // initialised length, and its only holder has just been forgotten.
        unsafe { Vec::from_raw_parts(data, len, capacity) }
    }

    /// Has `f` called once, when the last holder of the memory on either side has let go of it.
    ///
    /// A part has the memory of the whole. Several are called in the order in which they were added, each of them even if
    /// another panics; `f` runs where the last holder lets go, in Rust's `drop` or JavaScript's `free()`. Taking the
    /// allocation out with [`into_vec`](Self::into_vec) lets go too.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicBool, Ordering};
    /// use wasm_lend::Buffer;
    ///
    /// static GONE: AtomicBool = AtomicBool::new(false);
    /// let buffer = Buffer::from(vec![1_u8, 2, 3]);
    /// buffer.on_release(|| GONE.store(true, Ordering::Relaxed));
    /// let part = buffer.slice(1..);
    /// drop(buffer);
    /// assert!(!GONE.load(Ordering::Relaxed));
    /// drop(part);
    /// assert!(GONE.load(Ordering::Relaxed));
    /// ```
    pub fn on_release(&self, f: impl FnOnce() + Send + 'static) {
        if !self.slot.base().add_listener(ReleaseListener::rust(f)) {
            out_of_memory("a release listener");
        }
    }

    /// How many holders the memory has: buffers in Rust, parts that JavaScript holds, plus one if JavaScript holds the whole.
    #[must_use]
    pub fn holders(&self) -> usize {
        self.slot.base().references.load(Ordering::Acquire) as usize
    }

    fn insert(data: NonNull<T>, len: usize, storage: Storage) -> Self {
        let slot = table::insert(T::tag(), data.as_ptr().cast(), len, storage, None);
        let Some(slot) = slot else {
            drop_storage(storage);
            out_of_memory("a buffer")
        };
        Buffer { data, len, slot, elements: PhantomData }
    }

    /// The same memory as `len` elements of another type.
    pub(super) fn reinterpret<U: Element>(&self, len: usize) -> Buffer<U> {
        self.slot.hold();
        Buffer { data: self.data.cast(), len, slot: self.slot, elements: PhantomData }
    }

    /// A buffer over a slot's memory, for which the caller gives up one count of the slot.
    pub(crate) fn from_counted(data: NonNull<T>, len: usize, slot: &'static Slot) -> Self {
        debug_assert!(!slot.is_mutable());
        Buffer { data, len, slot, elements: PhantomData }
    }

    /// Address, length and slot, with this buffer's count.
    pub(crate) fn into_parts(self) -> (*const T, usize, &'static Slot) {
        let buffer = core::mem::ManuallyDrop::new(self);
        (buffer.data.as_ptr(), buffer.len, buffer.slot)
    }

    /// # Safety
    ///
    /// The parts came from `into_parts`, of a buffer of the same type.
    pub(crate) unsafe fn from_parts(data: *mut T, len: usize, slot: *const Slot) -> Self {
        // SAFETY: the address of a buffer's elements (the caller's promise).
        let data = unsafe { NonNull::new_unchecked(data) };
        // SAFETY: a slot that the buffer is a holder of (the same promise).
        let slot = unsafe { &*slot };
        Buffer { data, len, slot, elements: PhantomData }
    }

    /// Gives this buffer to JavaScript; `None` when no handle is left.
    pub(crate) fn into_handle(self) -> Option<u32> {
        let slot = self.slot;
        let whole = slot.data.load(Ordering::Relaxed) == self.data.as_ptr().cast()
            && slot.len.load(Ordering::Relaxed) == self.len
            && slot.type_tag() == T::tag();
        let slot = if whole {
            slot
        } else {
            table::insert(
                T::tag() | SUB_BUFFER,
                self.data.as_ptr().cast(),
                self.len,
                Storage::SubBuffer { of: slot },
                Some(slot.base()),
            )?
        };
        // The count that this buffer has is now the part's, or is exchanged for the handle.
        core::mem::forget(self);
        Some(slot.give_to_js())
    }
}

/// Drops an owner whose `deref` panics.
struct DropOwner(*mut OwnerHeader);

impl Drop for DropOwner {
    fn drop(&mut self) {
        drop_owner(self.0);
    }
}

/// Drops an owner whose buffer could not be made.
#[cold]
fn drop_storage(storage: Storage) {
    if let Storage::Owner { owner } = storage {
        drop_owner(owner);
    }
}

impl<T: Element> Clone for Buffer<T> {
    /// Another holder of the same memory. O(1).
    fn clone(&self) -> Self {
        self.slot.hold();
        Buffer { data: self.data, len: self.len, slot: self.slot, elements: PhantomData }
    }
}

impl<T: Element> Drop for Buffer<T> {
    fn drop(&mut self) {
        self.slot.release();
    }
}

impl<T: Element> Deref for Buffer<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: the invariant of `data`.
        unsafe { core::slice::from_raw_parts(self.data.as_ptr(), self.len) }
    }
}

impl<T: Element> AsRef<[T]> for Buffer<T> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T: Element + fmt::Debug> fmt::Debug for Buffer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Element + PartialEq> PartialEq for Buffer<T> {
    fn eq(&self, other: &Self) -> bool {
        self[..] == other[..]
    }
}

impl<T: Element + Eq> Eq for Buffer<T> {}
