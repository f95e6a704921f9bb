//! `Buffer<T>`: read-only memory with many references.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{Bound, Deref, RangeBounds};
use core::ptr::NonNull;

use crate::element::Element;
use crate::memory::out_of_memory;
use crate::release::dissolve;
use crate::sync::Ordering;
use crate::table::{self, Owned, OwnerHeader, ReleaseListener, SUB_BUFFER, Slot, Storage, drop_owner};

/// Read-only elements that Rust and JavaScript share. The memory is released when the last reference on either side is
/// dropped.
///
/// In JavaScript it is a `ReadOnlyBuffer`. Passing it to the other side passes a handle of 4 bytes and adds a
/// reference: O(1) for any length, no copy. Cloning and slicing are O(1) and copy nothing.
///
/// ```text
///   Buffer<T>                     slot of the handle table
///   ┌──────┬─────┬──────┐         ┌────────┬────────────┬────────┬─────────┐
///   │ data │ len │ slot ┼────────►│ handle │ references │ borrow │ storage │
///   └──┼───┴─────┴──────┘         └────────┴────────────┴────────┴────┼────┘
///      │        ┌─────────────────────────────────────────────────────┘
///      ▼        ▼
///     elements of a Vec<T>, or of any owner that derefs to [T]
/// ```
///
/// `data` and `len` are a range of the elements, so a slice of a buffer is another `Buffer` with the same `slot`.
///
/// ```
/// use wasm_lend::{Buffer, export};
///
/// /// JavaScript passes a `ReadOnlyBuffer`, and gets one back: no copy in either direction.
/// #[export]
/// pub fn tail(samples: Buffer<f32>) -> Buffer<f32> {
///     samples.slice(samples.len() / 2..)
/// }
///
/// let samples = Buffer::from(vec![0.5_f32, 0.25]);
/// assert_eq!(tail(samples)[..], [0.25]);
/// ```
///
/// ```js
/// import { lend, tail } from './pkg/my_crate.js';
///
/// using samples = lend.createReadOnlyBuffer(new Float32Array([0.5, 0.25])); // one copy
/// const half = tail(samples);     // a ReadOnlyBuffer over the same memory
/// half.length;                    // 1, in elements
/// half.view;                      // a Float32Array over the memory; ask for it again after each call
/// half.free();                    // or leave it to `using`, or to the garbage collector
/// ```
///
/// # What is shared, and when
///
/// - As an argument, `Buffer<T>` adds a reference: Rust may keep it after the call. `&[T]` borrows instead, for the
///   call only.
/// - A plain typed array as an argument is copied once.
/// - As a result, the reference moves to JavaScript.
/// - [`BufferMut::freeze`](crate::BufferMut::freeze) makes a buffer that can be written to read-only, in O(1).
///
/// # Borrow rules
///
/// Rust checks at run time that memory has either readers or one writer, for each call and by ranges of bytes.
///
/// | JavaScript passes | |
/// |---|---|
/// | one buffer as two `&[T]` | works |
/// | one buffer as `&mut [T]` and as `&[T]` | throws `ERR_LEND_ALIASED` |
/// | two sub-buffers without a common byte as two `&mut [T]` | works |
/// | a buffer that a running call writes to, to a nested call | throws `ERR_LEND_BORROWED` |
/// | a buffer that a running call reads, as `BufferMut<T>` | throws `ERR_LEND_BORROWED`: it cannot be moved now |
/// | a whole, while Rust owns a [`BufferMut`](crate::BufferMut) over part of it | throws `ERR_LEND_BORROWED` |
///
/// Some of this is refused although it would do no harm: a borrow is of the range that was passed, not of the
/// elements that the function uses, and lasts for the whole call. Pass a smaller range
/// (`buffer.subarray(begin, end)`), split the buffer, freeze it, or copy.
pub struct Buffer<T: Element> {
    /// # Invariants
    ///
    /// Points to `len` initialised elements that nobody writes to while this buffer lives. The buffer has a reference
    /// to `slot`, which is a read-only whole, or a frozen sub-buffer of a mutable one.
    data: NonNull<T>,
    len: usize,
    pub(crate) slot: &'static Slot,
    elements: PhantomData<T>,
}

// SAFETY: the elements are `Send + Sync` and immutable, and the reference counts are atomic.
unsafe impl<T: Element> Send for Buffer<T> {}
// SAFETY: as above.
unsafe impl<T: Element> Sync for Buffer<T> {}

impl<T: Element> Buffer<T> {
    /// A buffer over the elements of any owner that derefs to `[T]`: an `Arc<[T]>`, a `&'static [T]`, a memory map.
    /// O(1), no copy.
    ///
    /// The owner is dropped when the last reference on either side is dropped.
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
    /// If 2^22 buffers are alive, or there is no memory for the handle table. JavaScript sees the exception
    /// `ERR_LEND_OOM`, and the instance goes on. The owner is dropped.
    pub fn from_owner<O>(owner: O) -> Self
    where
        O: Deref<Target = [T]> + Send + Sync + 'static,
    {
        // The owner is put in its place before it is dereferenced, and is not a box from here on: the elements may
        // lie inside the owner, and moving a box asserts that no other pointer leads into it.
        let owned = Owned::try_new(owner).unwrap_or_else(|| out_of_memory("the owner of a buffer"));
        let owned = Box::into_raw(owned);
        let undo = DropOwner(owned.cast());
        // SAFETY: just made, and nobody changes it.
        let elements: &[T] = unsafe { &(*owned).owner };
        let (data, len) = (NonNull::from(elements).cast::<T>(), elements.len());
        core::mem::forget(undo);
        Self::insert(data, len, Storage::Owner { owner: owned.cast() })
    }

    /// The elements `range` of this buffer, over the same memory. O(1), no copy.
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
    /// If the range starts after its end, or ends after the buffer.
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

    /// The elements as a `Vec`. O(1) if the buffer was made from a `Vec` and has the only reference to it, else one
    /// copy.
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
        // The slot's pointer and not this buffer's: that one may come from a shared reference, through which memory
        // must not be released.
        let data = slot.data.load(Ordering::Relaxed).cast::<T>();
        let starts_it = data == self.data.as_ptr() && slot.type_tag() == T::tag();
        let Storage::Vec { capacity } = slot.storage() else {
            return self.to_vec();
        };
        let sole = slot.references.load(Ordering::Acquire) == 1 && !slot.borrow.is_borrowed();
        // All of JavaScript's holds are one reference, so a single reference is this buffer's.
        if !sole || !starts_it {
            return self.to_vec();
        }
        let len = self.len;
        core::mem::forget(self);
        dissolve(slot);
        // SAFETY: `Storage::Vec` means that this is a `Vec<T>`'s allocation of this capacity. `len` is at most the
        // initialised length, and the only reference was just forgotten.
        unsafe { Vec::from_raw_parts(data, len, capacity) }
    }

    /// Calls `f` once, when the memory is released: when the last reference on either side is dropped.
    ///
    /// A slice or sub-buffer shares the memory of its whole. Listeners run in the order in which they were added,
    /// even if one of them panics. They run where the last reference is dropped: in Rust's `drop`, or in JavaScript's
    /// `free()`. [`into_vec`](Self::into_vec) counts as a release if it takes the allocation.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicBool, Ordering};
    /// use wasm_lend::Buffer;
    ///
    /// static RELEASED: AtomicBool = AtomicBool::new(false);
    /// let buffer = Buffer::from(vec![1_u8, 2, 3]);
    /// buffer.on_release(|| RELEASED.store(true, Ordering::Relaxed));
    /// let slice = buffer.slice(1..);
    /// drop(buffer);
    /// assert!(!RELEASED.load(Ordering::Relaxed));
    /// drop(slice);
    /// assert!(RELEASED.load(Ordering::Relaxed));
    /// ```
    pub fn on_release(&self, f: impl FnOnce() + Send + 'static) {
        if !self.slot.base().add_listener(ReleaseListener::rust(f)) {
            out_of_memory("a release listener");
        }
    }

    /// The number of references to the memory: one for each buffer in Rust, one for each sub-buffer in JavaScript,
    /// and one if JavaScript has the whole.
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

    /// A buffer over a slot's memory, which takes over one reference of the caller.
    pub(crate) fn from_counted(data: NonNull<T>, len: usize, slot: &'static Slot) -> Self {
        debug_assert!(!slot.is_mutable());
        Buffer { data, len, slot, elements: PhantomData }
    }

    /// Address, length and slot, with this buffer's reference.
    pub(crate) fn into_parts(self) -> (*const T, usize, &'static Slot) {
        let buffer = core::mem::ManuallyDrop::new(self);
        (buffer.data.as_ptr(), buffer.len, buffer.slot)
    }

    /// # Safety
    ///
    /// The values came from `into_parts` of a buffer of the same type.
    pub(crate) unsafe fn from_parts(data: *mut T, len: usize, slot: *const Slot) -> Self {
        // SAFETY: the address of a buffer's elements (the caller's promise).
        let data = unsafe { NonNull::new_unchecked(data) };
        // SAFETY: a slot to which the buffer has a reference (the same promise).
        let slot = unsafe { &*slot };
        Buffer { data, len, slot, elements: PhantomData }
    }

    /// Gives this buffer to JavaScript. `None` if no handle is left.
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
        // The sub-buffer takes over this buffer's reference, or the handle is given in exchange for it.
        core::mem::forget(self);
        Some(slot.give_to_js())
    }
}

/// Drops an owner if its `deref` panics.
struct DropOwner(*mut OwnerHeader);

impl Drop for DropOwner {
    fn drop(&mut self) {
        drop_owner(self.0);
    }
}

/// Drops an owner if its buffer could not be made.
#[cold]
fn drop_storage(storage: Storage) {
    if let Storage::Owner { owner } = storage {
        drop_owner(owner);
    }
}

impl<T: Element> Clone for Buffer<T> {
    /// Adds a reference to the same memory. O(1).
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
