//! Guards of objects: what an argument holds of a JavaScript value while the call runs.

use core::cell::Cell;
use core::marker::PhantomData;

use super::{JsObject, JsRef, counts};

/// An index of the object table, as it crosses.
pub type RawObject = i32;

/// The guard of a [`JsRef`]. The JavaScript shim ends the borrow after the call, and no `JsRef` outlives this guard.
pub struct BorrowedObject {
    index: RawObject,
    thread: PhantomData<*mut ()>,
}

/// Borrows a value that JavaScript has pushed for this call. O(1).
#[inline(always)]
#[must_use]
pub fn borrowed_object(index: RawObject) -> BorrowedObject {
    BorrowedObject { index, thread: PhantomData }
}

impl BorrowedObject {
    /// The value, for as long as the call runs.
    #[inline(always)]
    #[must_use]
    pub fn object(&self) -> JsRef<'_> {
        JsRef::new(self.index)
    }

    /// The value of an `Option`.
    #[inline(always)]
    #[must_use]
    pub fn optional(&self) -> Option<JsRef<'_>> {
        is_present(self.index).then(|| self.object())
    }
}

/// The guard of a [`JsObject`]. Until it drops, places whose last reference is dropped are recorded, and the
/// JavaScript shim frees them.
///
/// # Invariants
///
/// It has a reference of its own while `is_held`.
pub struct OwnedObject {
    index: RawObject,
    is_held: Cell<bool>,
    thread: PhantomData<*mut ()>,
}

/// Takes a value that JavaScript has put into the table for this call. O(1).
///
/// A made-up number gives `undefined`.
#[inline(always)]
#[must_use]
pub fn owned_object(index: RawObject) -> OwnedObject {
    let index = if counts::enter(index) { index } else { 0 };
    OwnedObject { index, is_held: Cell::new(true), thread: PhantomData }
}

impl OwnedObject {
    /// The value, which the function owns. O(1).
    #[inline(always)]
    #[must_use]
    pub fn object(&self) -> JsObject {
        if !self.is_held.replace(false) {
            counts::add_reference(self.index);
        }
        JsObject::from_counted(self.index)
    }

    /// The value of an `Option`.
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
