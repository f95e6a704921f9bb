//! Borrowed results: buffers over memory that lies in an instance. The instance stays borrowed for as long as the
//! buffer is held.

use super::Class;
use super::guard::{ExclusiveInstance, SharedInstance};
use crate::call_site::CallSite;
use crate::element::Element;
use crate::fault::{NO_HANDLE_LEFT, Refusal};
use crate::table::{self, MUTABLE, Owned, Storage};

/// A buffer over elements of the instance, which `method` returns. O(1). The instance is borrowed shared until the
/// buffer is released, and is not dropped before.
///
/// # Errors
///
/// The refusal of the method, `OutOfMemory` if no handle is left, or `Temporary` if the instance is lent to a callback.
pub fn borrowed_result<T: Class, E: Element>(
    instance: SharedInstance<T>,
    site: &'static CallSite,
    method: impl for<'a> FnOnce(&'a T) -> Result<Option<&'a [E]>, Refusal>,
) -> Result<u32, Refusal> {
    instance.outlives_call(&CallSite::new(site.function, 0))?;
    let Some(elements) = method(&instance)? else { return Ok(0) };
    let (data, len) = (elements.as_ptr().cast_mut(), elements.len());
    instance.set_borrower(site);
    insert(instance, data, len, 0)
}

/// As [`borrowed_result`], for elements that may be written to: the instance is exclusively borrowed.
///
/// # Errors
///
/// The refusal of the method, `OutOfMemory` if no handle is left, or `Temporary` if the instance is lent to a callback.
pub fn borrowed_result_mut<T: Class, E: Element>(
    mut instance: ExclusiveInstance<T>,
    site: &'static CallSite,
    method: impl for<'a> FnOnce(&'a mut T) -> Result<Option<&'a mut [E]>, Refusal>,
) -> Result<u32, Refusal> {
    instance.outlives_call(&CallSite::new(site.function, 0))?;
    let Some(elements) = method(&mut instance)? else { return Ok(0) };
    let (data, len) = (elements.as_mut_ptr(), elements.len());
    instance.set_borrower(site);
    insert(instance, data, len, MUTABLE)
}

/// A slot that owns `guard`, over elements that the guard keeps in place. If `mutable`, nobody else can use the
/// instance until the slot is released.
///
/// What is in `guard` may not go to another thread, so the buffer is bound to this one.
fn insert<G: 'static, E: Element>(guard: G, data: *mut E, len: usize, mutable: u32) -> Result<u32, Refusal> {
    let owned = Box::into_raw(Owned::try_new(guard).ok_or(NO_HANDLE_LEFT)?);
    let storage = Storage::Owner { owner: owned.cast() };
    match table::insert(E::tag() | mutable, data.cast(), len, storage, None) {
        Some(slot) => {
            crate::threads::bind(slot);
            Ok(slot.give_to_js())
        }
        None => {
            // SAFETY: the box that became the pointer above, which nobody else has.
            drop(unsafe { Box::from_raw(owned) });
            Err(NO_HANDLE_LEFT)
        }
    }
}
