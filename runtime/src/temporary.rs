//! Temporary buffers: slices of Rust's memory that a JavaScript function uses during its call.

use core::marker::PhantomData;

use crate::element::Element;
use crate::sync::Ordering;
use crate::table::{self, MUTABLE, Slot, Storage};

/// A slice that has a handle until this value is dropped. JavaScript ends its buffer before that. Until then calls from
/// JavaScript may borrow the slice, but they cannot retain or take it.
///
/// # Invariants
///
/// `slot` is [`Storage::Temporary`]. Only JavaScript has a reference. Only calls from the callback can borrow the slot,
/// and the callback returns before this value is dropped. So no borrow outlives this value.
pub struct TemporaryBuffer<S> {
    slot: Option<&'static Slot>,
    handle: u32,
    tag: u32,
    slice: PhantomData<S>,
}

impl<'t, T: Element> TemporaryBuffer<&'t [T]> {
    /// A read-only temporary buffer. O(1).
    pub(crate) fn shared(slice: &'t [T]) -> Self {
        Self::new::<T>(slice.as_ptr().cast_mut(), slice.len(), 0)
    }
}

impl<'t, T: Element> TemporaryBuffer<&'t mut [T]> {
    /// A mutable temporary buffer. O(1).
    pub(crate) fn exclusive(slice: &'t mut [T]) -> Self {
        Self::new::<T>(slice.as_mut_ptr(), slice.len(), MUTABLE)
    }
}

impl<S> TemporaryBuffer<S> {
    fn new<T: Element>(data: *mut T, len: usize, mutable: u32) -> Self {
        let slot = table::insert(T::tag() | mutable, data.cast(), len, Storage::Temporary, None);
        TemporaryBuffer {
            slot,
            handle: slot.map_or(0, |slot| slot.give_to_js()),
            tag: T::tag(),
            slice: PhantomData,
        }
    }

    /// Handle and element tag in one number. The handle is 0 if none was left.
    pub(crate) fn number(&self) -> f64 {
        f64::from(self.tag) * 4_294_967_296.0 + f64::from(self.handle)
    }
}

impl<S> Drop for TemporaryBuffer<S> {
    fn drop(&mut self) {
        let is_live = |slot: &&'static Slot| slot.handle.load(Ordering::Relaxed) == self.handle;
        if let Some(slot) = self.slot.filter(is_live) {
            // JavaScript has ended its buffer, so it no longer knows the handle.
            let _ = slot.take_back_temporary();
            slot.release();
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::fault::Fault;
    use crate::guard::{exclusive, retain, shared, take};
    use crate::raw;

    #[test]
    fn a_slice_is_borrowed_and_neither_kept_nor_taken_nor_divided() {
        let mut values = vec![1_u16, 2, 3];
        let read = TemporaryBuffer::shared(&values[..]);
        assert_eq!(shared::<u16>(read.handle, 0).unwrap()[..], [1, 2, 3]);
        assert_eq!(exclusive::<u16>(read.handle, 0).err().unwrap().fault, Fault::Type);
        assert_eq!(retain::<u16>(read.handle, 0).err().unwrap().fault, Fault::Temporary);
        assert_eq!((raw::free(read.handle), raw::sub_buffer(read.handle, 2, 0, 1)), (0, 0));
        let handle = read.handle;
        drop(read);
        assert_eq!(shared::<u16>(handle, 0).err().unwrap().fault, Fault::Stale);
        let written = TemporaryBuffer::exclusive(&mut values[..]);
        exclusive::<u16>(written.handle, 0).unwrap()[0] = 9;
        assert_eq!(take::<u16>(written.handle, 0).err().unwrap().fault, Fault::Temporary);
        assert_eq!(raw::freeze(written.handle), 0);
        drop(written);
        assert_eq!(values, [9, 2, 3]);
    }
}
