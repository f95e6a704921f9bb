//! A value that each thread keeps for as long as it lives.

use core::alloc::Layout;
use core::cell::Cell;
use core::mem::ManuallyDrop;

/// A value without a destructor, since each access to a thread-local would have to check for it. It is taken out while
/// it is used. So it needs no flag as a `RefCell` does, and no code for the panic.
///
/// # Invariants
///
/// What uses the value does not use the same `Kept` again and does not panic. Otherwise it would find the default value
/// there, and its changes would be lost. So only a few lines without foreign code use one.
#[repr(transparent)]
pub(crate) struct Kept<T>(Cell<ManuallyDrop<T>>);

impl<T: Default> Kept<T> {
    pub(crate) const fn new(value: T) -> Self {
        Kept(Cell::new(ManuallyDrop::new(value)))
    }

    /// Runs `f` with the value.
    #[inline]
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.0.take();
        let result = f(&mut value);
        self.0.set(value);
        result
    }
}

/// An empty list with room for `capacity` elements, or `None` if there is no memory.
///
/// The standard methods that reserve also bring the code that grows a list in place, which is larger than all of this.
fn try_with_capacity<T>(capacity: usize) -> Option<Vec<T>> {
    let layout = Layout::array::<T>(capacity).ok()?;
    if layout.size() == 0 {
        return Some(Vec::new());
    }
    // SAFETY: not of size zero.
    let data = unsafe { std::alloc::alloc(layout) };
    if data.is_null() {
        return None;
    }
    // SAFETY: allocated with the layout of an array of this capacity, and without elements.
    Some(unsafe { Vec::from_raw_parts(data.cast(), 0, capacity) })
}

/// A list of zeros, or `None` if there is no memory.
pub(crate) fn try_zeros(len: usize) -> Option<Vec<u32>> {
    let mut list = try_with_capacity::<u32>(len)?;
    // SAFETY: that many elements have room.
    unsafe { list.as_mut_ptr().write_bytes(0, len) };
    // SAFETY: they are zeros now.
    unsafe { list.set_len(len) };
    Some(list)
}

/// Adds a value at the end. `None` if there is no memory for it.
pub(crate) fn try_push<T>(list: &mut Vec<T>, value: T) -> Option<()> {
    let len = list.len();
    if len == list.capacity() {
        let mut larger = try_with_capacity::<T>((2 * len).max(4))?;
        // SAFETY: the elements fit, and the two lists are apart.
        unsafe { core::ptr::copy_nonoverlapping(list.as_ptr(), larger.as_mut_ptr(), len) };
        // SAFETY: the elements have moved to the other list.
        unsafe { list.set_len(0) };
        // SAFETY: they are there.
        unsafe { larger.set_len(len) };
        *list = larger;
    }
    list.spare_capacity_mut().first_mut()?.write(value);
    // SAFETY: the element after the last one was written just now.
    unsafe { list.set_len(len + 1) };
    Some(())
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_there_again_after_each_use() {
        thread_local! {
            static LIST: Kept<Vec<u32>> = const { Kept::new(Vec::new()) };
        }
        LIST.with(|list| {
            for value in 0..10 {
                assert!(list.with(|list| try_push(list, value)).is_some());
            }
            assert!(list.with(|list| list.iter().copied().eq(0..10)));
            list.with(|list| *list = Vec::new());
        });
    }
}
