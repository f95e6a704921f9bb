//! Values of JavaScript in Rust: borrowed for a call, or owned.

use std::cell::RefCell;

use wasm_lend::{Callback, Exception, JsObject, JsRef, export};

thread_local!(static KEPT: RefCell<Vec<JsObject>> = const { RefCell::new(Vec::new()) });

/// Functions of JavaScript objects.
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

    /// Owns `a`, and drops it when `during` has run.
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

    /// Keeps one more clone of what was kept last, which takes no place of its own.
    pub fn keep_a_clone() {
        KEPT.with_borrow_mut(|kept| kept.extend(kept.last().cloned()));
    }

    /// Drops what was kept first.
    pub fn let_go() {
        // Outside of the borrow, for a drop may run a listener.
        let first = KEPT.with_borrow_mut(|kept| (!kept.is_empty()).then(|| kept.remove(0)));
        drop(first);
    }
}
