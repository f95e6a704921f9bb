//! Structs of Rust as classes of JavaScript: their instances are in the handle table, beside the buffers.

mod borrowed_result;
mod guard;
#[cfg(all(test, not(loom)))]
mod tests;

pub use borrowed_result::{borrowed_result, borrowed_result_mut};
pub(crate) use guard::site_of;
pub use guard::{
    ExclusiveInstance, SharedInstance, TakenInstance, exclusive_instance, into_handle, shared_instance,
    take_instance,
};

use core::cell::UnsafeCell;
// Not those that loom watches: a number is given once, and who has borrowed is words for a message.
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

use crate::call_site::CallSite;
use crate::table::{self, CLASS, Owned, Storage};

/// A struct that `#[export]` has made a class of JavaScript.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no class of JavaScript",
    label = "not exported",
    note = "put `#[export]` on the struct",
    note = "an object of js-sys or web-sys changes through a `&T`, as `js_sys::Array::push` does; the elements of a buffer through a `&mut [T]`"
)]
///
/// # Safety
///
/// Implemented by `#[export]` only. [`id`](Class::id) is this type's alone and always the same. With the number of another
/// type, instances of that type would be used as if they were of this one.
pub unsafe trait Class: Sized + 'static {
    /// Its name in JavaScript.
    const NAME: &'static str;

    /// Where its number is kept.
    #[doc(hidden)]
    fn id() -> &'static ClassId;
}

/// The number of a class, which it gets when it is first asked for.
pub struct ClassId(AtomicU32);

crate::host_static! {
    static CLASSES: AtomicU32 = AtomicU32::new(0);
}

impl ClassId {
    /// Of a class that has no number yet.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        ClassId(AtomicU32::new(0))
    }

    /// The shape of its instances, without the bits of the table.
    #[inline(always)]
    fn tag(&self) -> u32 {
        match self.0.load(Ordering::Relaxed) {
            0 => self.register(),
            tag => tag,
        }
    }

    #[cold]
    fn register(&self) -> u32 {
        let tag = CLASS | (CLASSES.fetch_add(1, Ordering::Relaxed) + 1);
        // Another thread may have been faster.
        match self.0.compare_exchange(0, tag, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => tag,
            Err(earlier) => earlier,
        }
    }
}

/// The tag of a class, which its snippet gets at the start.
#[must_use]
pub fn class_tag<T: Class>() -> u32 {
    T::id().tag()
}

/// What a slot of a class has at its address.
///
/// # Invariants
///
/// `holder` is null or comes from a `&'static CallSite`. The slot's borrow flag says who may look at `value`.
#[repr(C)]
struct Instance<T> {
    /// Who has borrowed it last, of those that still have.
    holder: AtomicPtr<CallSite>,
    value: UnsafeCell<T>,
}

/// Gives JavaScript a new instance: its handle, or `None` when none is left, and then `value` is dropped.
fn insert<T: Class>(value: T) -> Option<u32> {
    let instance = Instance { holder: AtomicPtr::new(core::ptr::null_mut()), value: UnsafeCell::new(value) };
    let owned = Box::into_raw(Owned::try_new(instance)?);
    // SAFETY: of a live box.
    let data = unsafe { &raw mut (*owned).owner };
    let slot = table::insert(class_tag::<T>(), data.cast(), 0, Storage::Owner { owner: owned.cast() }, None);
    if slot.is_none() {
        // SAFETY: the box that was turned into the pointer above, which nobody else has.
        drop(unsafe { Box::from_raw(owned) });
    }
    Some(slot?.give_to_js())
}
