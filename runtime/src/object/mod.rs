//! JavaScript values that Rust knows by an index into the object table (`runtime/js/objects.js`).

mod argument;
pub(crate) mod counts;
mod exception;
mod operations;
mod pass;
mod pass_value;

pub use argument::{RawObject, borrowed_object, owned_object};
pub use exception::Exception;
pub use operations::JsType;
pub(crate) use operations::failure;
pub(crate) use pass::{BOOL, NUMBER, OBJECT, TEXT, UNIT};
pub use pass::{GIVEN, LENT};
pub use pass::{Parameter, Parameters, Pass, PassAll};
pub use pass_value::PassAsValue;

use core::marker::PhantomData;
use core::ops::Deref;

use crate::js;

/// A JavaScript value that is borrowed for the length of a call at most.
///
/// As an argument of an exported function it costs a place on a stack, which ends with the call. So it cannot be
/// kept; [`to_object`](Self::to_object) makes a [`JsObject`] that can.
///
/// ```text
///   Rust                     object table (JavaScript)
///   ┌─────────────┐          ┌──────┬────────────────────────┐
///   │ JsRef  -1   ┼─────────►│  -1  │ pushed for this call   │
///   ├─────────────┤          ├──────┼────────────────────────┤
///   │ JsObject 7  ┼─────────►│   7  │ owned by Rust, counted │
///   └─────────────┘          └──────┴────────────────────────┘
/// ```
///
/// ```no_run
/// use wasm_lend::{Exception, JsRef, export};
///
/// #[export]
/// pub fn area(shape: JsRef<'_>) -> Result<f64, Exception> {
///     Ok(shape.get("width")?.to_number()? * shape.get("height")?.to_number()?)
/// }
/// ```
///
/// # Invariants
///
/// The index stands for its value for as long as `'a` lasts. It is a place in a table of JavaScript: a wrong index
/// would be another value, never memory.
pub struct JsRef<'a> {
    index: i32,
    /// For one thread, like the table.
    lifetime: PhantomData<(&'a (), *mut ())>,
}

/// A JavaScript value that Rust owns. It stays in the object table until the last clone is dropped.
///
/// A clone is O(1) and calls nothing. The drop of an argument in its own call calls nothing either; any other last
/// drop is one call out of wasm. All methods of [`JsRef`] work on it. `lend.watch(value, f)` tells JavaScript when
/// Rust has dropped the last clone.
///
/// ```no_run
/// use std::cell::RefCell;
/// use wasm_lend::{JsObject, export};
///
/// thread_local!(static LAST: RefCell<Option<JsObject>> = const { RefCell::new(None) });
///
/// /// Keeps the value, and drops the one before it.
/// #[export]
/// pub fn remember(value: JsObject) {
///     LAST.set(Some(value));
/// }
/// ```
///
/// It belongs to the thread whose JavaScript has the value:
///
/// ```compile_fail,E0277
/// fn send<T: Send>() {}
/// send::<wasm_lend::JsObject>();
/// ```
pub struct JsObject(JsRef<'static>);

impl JsRef<'_> {
    /// # Invariants
    ///
    /// The caller chooses a lifetime during which the value stays in its place.
    pub(crate) const fn new(index: i32) -> Self {
        JsRef { index, lifetime: PhantomData }
    }

    #[inline(always)]
    pub(crate) fn index(&self) -> i32 {
        self.index
    }

    /// The same value, borrowed from this one. O(1).
    #[inline]
    #[must_use]
    pub fn reborrow(&self) -> JsRef<'_> {
        JsRef::new(self.index)
    }

    /// The same value, owned. O(1): it takes a place in the object table.
    #[must_use]
    pub fn to_object(&self) -> JsObject {
        JsObject::from_new(js::object_clone(self.index))
    }
}

impl JsObject {
    /// The only reference to a value that JavaScript has just put into the table.
    #[inline]
    pub(crate) fn from_new(index: i32) -> Self {
        counts::first_reference(index);
        JsObject(JsRef::new(index))
    }

    /// A reference that has been counted.
    #[inline(always)]
    pub(crate) fn from_counted(index: i32) -> Self {
        JsObject(JsRef::new(index))
    }

    /// `undefined`. O(1).
    #[must_use]
    pub const fn undefined() -> Self {
        JsObject(JsRef::new(0))
    }

    /// `null`. O(1).
    #[must_use]
    pub const fn null() -> Self {
        JsObject(JsRef::new(1))
    }

    /// The index as a result. The lowest bit says whether JavaScript frees the place.
    #[inline]
    pub(crate) fn into_result(self) -> u32 {
        let index = self.0.index;
        let is_last = counts::drop_reference(index);
        core::mem::forget(self);
        (index << 1) as u32 | u32::from(is_last)
    }
}

impl Deref for JsObject {
    type Target = JsRef<'static>;

    #[inline(always)]
    fn deref(&self) -> &JsRef<'static> {
        &self.0
    }
}

impl Clone for JsObject {
    #[inline]
    fn clone(&self) -> Self {
        counts::add_reference(self.0.index);
        Self::from_counted(self.0.index)
    }
}

impl Drop for JsObject {
    #[inline]
    fn drop(&mut self) {
        if counts::drop_reference(self.0.index) {
            counts::free(self.0.index);
        }
    }
}

impl core::fmt::Debug for JsRef<'_> {
    /// As error messages name it: `a plain Array of length 3`.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.describe())
    }
}

impl core::fmt::Debug for JsObject {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}
