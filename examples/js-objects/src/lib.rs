//! JavaScript values in Rust: borrowed for a call, or owned.

use std::cell::RefCell;

use wasm_lend::{Callback, Exception, JsObject, JsRef, export};

thread_local!(static KEPT: RefCell<Vec<JsObject>> = const { RefCell::new(Vec::new()) });

/// Functions that take JavaScript objects.
#[export]
pub mod objects {
    use super::*;

    /// Borrows `a` while `during` runs.
    ///
    /// # Errors
    ///
    /// What `during` throws.
    pub fn borrow(a: JsRef<'_>, during: Callback<'_, (JsRef<'_>,)>) -> Result<(), Exception> {
        during.call((&a,))
    }

    /// Owns `a` and drops it after `during` has run.
    ///
    /// # Errors
    ///
    /// What `during` throws.
    pub fn own(a: JsObject, during: Callback<'_, (JsObject,)>) -> Result<(), Exception> {
        during.call((a.clone(),))?;
        drop(a);
        Ok(())
    }

    /// Keeps `a` until `let_go`.
    pub fn keep(a: JsObject) {
        KEPT.with_borrow_mut(|kept| kept.push(a));
    }

    /// Keeps a clone of the value that was kept last. The clone takes no place.
    pub fn keep_a_clone() {
        KEPT.with_borrow_mut(|kept| kept.extend(kept.last().cloned()));
    }

    /// Drops the value that was kept first.
    pub fn let_go() {
        // The drop is outside of the borrow, because it may run a listener.
        let first = KEPT.with_borrow_mut(|kept| (!kept.is_empty()).then(|| kept.remove(0)));
        drop(first);
    }
}
