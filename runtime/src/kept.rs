//! A value that each thread keeps for as long as it lives.

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

/// Adds a value at the end. `None` if there is no memory for it.
#[inline]
pub(crate) fn try_push<T>(list: &mut Vec<T>, value: T) -> Option<()> {
    list.try_reserve(1).ok()?;
    let len = list.len();
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
            assert_eq!(list.with(|list| list.iter().sum::<u32>()), 45);
            list.with(|list| *list = Vec::new());
        });
    }
}
