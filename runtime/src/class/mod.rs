//! Rust structs as JavaScript classes. Their instances are slots of the handle table, like buffers.

mod borrowed_result;
mod guard;
mod lent;
#[cfg(all(test, not(loom)))]
mod tests;

pub use borrowed_result::{borrowed_result, borrowed_result_mut};
pub(crate) use guard::site_of;
pub use guard::{
    ExclusiveInstance, SharedInstance, TakenInstance, exclusive_instance, into_handle, shared_instance,
    take_instance,
};
pub use lent::{LentInstance, given};

use core::cell::UnsafeCell;
// Not the atomics that loom checks: a class number is given once.
use core::sync::atomic::{AtomicU32, Ordering};

use crate::table::{self, CLASS, Owned, Storage};

/// A struct that `#[export]` has made a JavaScript class.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no class of JavaScript",
    label = "not exported",
    note = "put `#[export]` on the struct; the `impl` of an exported enum stands after the enum",
    note = "an object of js-sys or web-sys changes through a `&T`, as `js_sys::Array::push` does; the elements of a buffer through a `&mut [T]`, which no alias can stand for"
)]
///
/// # Safety
///
/// Only `#[export]` implements it. [`id`](Class::id) belongs to this type alone and is always the same: with the
/// number of another type, its instances would be used as instances of this type.
pub unsafe trait Class: Sized + 'static {
    /// The name in JavaScript.
    const NAME: &'static str;

    /// The place where the class number is kept.
    #[doc(hidden)]
    fn id() -> &'static ClassId;
}

/// The number of a class, which the class gets when it is first asked for.
pub struct ClassId(AtomicU32);

crate::host_static! {
    static CLASSES: AtomicU32 = AtomicU32::new(0);
}

impl ClassId {
    /// The id of a class that has no number yet.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        ClassId(AtomicU32::new(0))
    }

    /// The tag of its instances: `CLASS` and the class number.
    #[inline(always)]
    fn tag(&self) -> u32 {
        match self.0.load(Ordering::Relaxed) {
            0 => self.register(),
            tag => tag,
        }
    }

    /// The same for a class that may have no number yet. Then nothing has this tag, because numbers start at 1.
    #[inline(always)]
    fn known_tag(&self) -> u32 {
        self.0.load(Ordering::Relaxed) | CLASS
    }

    #[cold]
    fn register(&self) -> u32 {
        let tag = CLASS | (CLASSES.fetch_add(1, Ordering::Relaxed) + 1);
        // Another thread may have registered the class meanwhile.
        match self.0.compare_exchange(0, tag, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => tag,
            Err(earlier) => earlier,
        }
    }
}

/// The tag of a class. Its snippet gets it at the start.
#[must_use]
pub fn class_tag<T: Class>() -> u32 {
    T::id().tag()
}

/// The value of an instance that JavaScript owns, at the address of its slot. The slot's borrow flag decides who may use
/// it. The value of an instance that is lent to a callback may be anywhere in Rust.
type Value<T> = UnsafeCell<T>;

/// Gives a new instance to JavaScript, and returns its handle. `None` if none is left; `value` is dropped then.
fn insert<T: Class>(value: T) -> Option<u32> {
    guard::may_name_sites();
    let owned = Box::into_raw(Owned::try_new(Value::new(value))?);
    // SAFETY: a live box, which nobody else has yet.
    let data = unsafe { (*owned).owner.get() };
    let slot = table::insert(class_tag::<T>(), data.cast(), 0, Storage::Owner { owner: owned.cast() }, None);
    if slot.is_none() {
        // SAFETY: the box that became the pointer above, which nobody else has.
        drop(unsafe { Box::from_raw(owned) });
    }
    let slot = slot?;
    // A `T` need not be `Send`.
    crate::threads::bind(slot);
    Some(slot.give_to_js())
}
