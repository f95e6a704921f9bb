//! Buffers of elements inside an instance: its methods lend them, and it stays borrowed as long as they are held.

use super::Class;
use super::guard::{ExclusiveInstance, SharedInstance};
use crate::call_site::CallSite;
use crate::element::Element;
use crate::fault::{NO_HANDLE_LEFT, Refusal};
use crate::sync::Ordering;
use crate::table::{self, MUTABLE, Owned, Storage};

/// A buffer of elements that `method` lends from the instance: O(1), and a shared borrow that lasts as long as the buffer. The
/// instance is dropped after it.
///
/// # Errors
///
/// Of the method; or `OutOfMemory` when no handle is left.
pub fn borrowed_result<T: Class, E: Element>(
    instance: SharedInstance<T>,
    site: &'static CallSite,
    method: impl for<'a> FnOnce(&'a T) -> Result<Option<&'a [E]>, Refusal>,
) -> Result<u32, Refusal> {
    let Some(elements) = method(&instance)? else { return Ok(0) };
    let (data, len) = (elements.as_ptr().cast_mut(), elements.len());
    instance.set_holder(site);
    insert(HeldByBuffers(instance), data, len, 0)
}

/// The same of elements to be written to, and an exclusive borrow.
///
/// # Errors
///
/// As above.
pub fn borrowed_result_mut<T: Class, E: Element>(
    mut instance: ExclusiveInstance<T>,
    site: &'static CallSite,
    method: impl for<'a> FnOnce(&'a mut T) -> Result<Option<&'a mut [E]>, Refusal>,
) -> Result<u32, Refusal> {
    let Some(elements) = method(&mut instance)? else { return Ok(0) };
    let (data, len) = (elements.as_mut_ptr(), elements.len());
    instance.set_holder(site);
    insert(instance, data, len, MUTABLE)
}

/// A slot over elements that `guard` keeps in place, and for itself if `mutable`, which it owns: nobody else looks at the instance before
/// the slot is freed.
///
/// A `Buffer` may go to another thread, which what is in `guard` may not: builds with threads are a compile error so far.
fn insert<G: 'static, E: Element>(guard: G, data: *mut E, len: usize, mutable: u32) -> Result<u32, Refusal> {
    let owned = Box::into_raw(Owned::try_new(guard).ok_or(NO_HANDLE_LEFT)?);
    let storage = Storage::Owner { owner: owned.cast() };
    match table::insert(E::tag() | mutable, data.cast(), len, storage, None) {
        Some(slot) => Ok(slot.give_to_js()),
        None => {
            // SAFETY: the box that was turned into the pointer above, which nobody else has.
            drop(unsafe { Box::from_raw(owned) });
            Err(NO_HANDLE_LEFT)
        }
    }
}

/// One of several that may hold the instance, as buffers do, which end in any order.
struct HeldByBuffers<T: 'static>(SharedInstance<T>);

impl<T> Drop for HeldByBuffers<T> {
    fn drop(&mut self) {
        // Calls end in that of a stack: whoever has borrowed it last has it still.
        self.0.earlier = self.0.instance.holder.load(Ordering::Relaxed);
    }
}
