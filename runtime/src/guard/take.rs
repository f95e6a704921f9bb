//! Guards of what a function takes: a `BufferMut<T>` or a `Vec<T>`.

use super::{Exclusive, exclusive};
use crate::buffer::BufferMut;
use crate::element::Element;
use crate::fault::{Fault, Refusal};
use crate::table::{GIFT_ALIGN, Slot, Storage};

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

/// As [`take`], for a function that takes a `Vec`. Makes a copy of scratch memory, and of a buffer that is a sub-buffer or has sub-buffers.
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
