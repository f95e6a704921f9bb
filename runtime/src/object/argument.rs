//! What an argument holds of an object while the call lasts.

use core::cell::Cell;
use core::marker::PhantomData;

use super::{JsObject, JsRef, counts};

/// An index, as it crosses.
pub type RawObject = i32;

/// The guard of a [`JsRef`]: the shim in JavaScript ends the borrow when the call has returned, and no `JsRef` outlives this.
pub struct BorrowedObject {
    index: RawObject,
    thread: PhantomData<*mut ()>,
}

/// Borrows a value that JavaScript has put on the stack for this call. O(1).
#[inline(always)]
#[must_use]
pub fn borrowed_object(index: RawObject) -> BorrowedObject {
    BorrowedObject { index, thread: PhantomData }
}

impl BorrowedObject {
    /// The value, for as long as the call lasts.
    #[inline(always)]
    #[must_use]
    pub fn object(&self) -> JsRef<'_> {
        JsRef::new(self.index)
    }

    /// The same of an `Option`.
    #[inline(always)]
    #[must_use]
    pub fn optional(&self) -> Option<JsRef<'_>> {
        is_present(self.index).then(|| self.object())
    }
}

/// The guard of a [`JsObject`]: until it drops, what Rust lets go of is noted, for the shim in JavaScript to free.
///
/// # Invariants
///
/// It has a count of its own as long as `is_held`.
pub struct OwnedObject {
    index: RawObject,
    is_held: Cell<bool>,
    thread: PhantomData<*mut ()>,
}

/// Takes a value that JavaScript has put into the slab for this call. O(1).
///
/// A number that stands for no such value, as only a caller that makes numbers up has it, is `undefined`.
#[inline(always)]
#[must_use]
pub fn owned_object(index: RawObject) -> OwnedObject {
    let index = if counts::enter(index) { index } else { 0 };
    OwnedObject { index, is_held: Cell::new(true), thread: PhantomData }
}

impl OwnedObject {
    /// The value, for the function to own. O(1).
    #[inline(always)]
    #[must_use]
    pub fn object(&self) -> JsObject {
        if !self.is_held.replace(false) {
            counts::add_reference(self.index);
        }
        JsObject::from_counted(self.index)
    }

    /// The same of an `Option`.
    #[inline(always)]
    #[must_use]
    pub fn optional(&self) -> Option<JsObject> {
        is_present(self.index).then(|| self.object())
    }
}

impl Drop for OwnedObject {
    #[inline(always)]
    fn drop(&mut self) {
        if self.is_held.get() {
            drop(JsObject::from_counted(self.index));
        }
        counts::leave();
    }
}

/// True if it is neither `undefined` nor `null`.
#[inline(always)]
fn is_present(index: RawObject) -> bool {
    !(0..=1).contains(&index)
}
