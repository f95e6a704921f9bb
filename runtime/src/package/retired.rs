//! The end of an instance that another one has replaced: the package was started again, after a panic or with new
//! code.
//!
//! # Invariants
//!
//! The tables of JavaScript belong to the new instance. What still runs in this one (futures, closures of
//! wasm-bindgen) must not use them. So each import that uses values by index, or makes buffers or instances, checks
//! first and throws ([`js`](super::js)). An import that only gives something back does nothing.

use core::cell::Cell;

/// The instance runs, and may have no values by index yet.
const STARTED: u32 = 0;
/// JavaScript has the functions for values by index.
const HAS_OBJECTS: u32 = 1;
const RETIRED: u32 = 2;

thread_local! {
    // One for each thread, as for the JavaScript half.
    static STATE: Cell<u32> = const { Cell::new(STARTED) };
}

/// Called by JavaScript when another instance has replaced this one.
pub(crate) fn retire() {
    STATE.set(RETIRED);
}

/// True if another instance has replaced this one.
#[inline]
pub(crate) fn is() -> bool {
    STATE.get() == RETIRED
}

/// Prepares for an import that makes values by index. Throws if another instance has replaced this one.
#[inline]
pub(crate) fn before_objects() {
    if STATE.get() != HAS_OBJECTS {
        hand_over_objects();
    }
}

#[cold]
fn hand_over_objects() {
    if is() {
        super::js::refuse_replaced();
    }
    #[cfg(target_arch = "wasm32")]
    {
        super::exports::buffers();
        super::exports::objects();
        super::exports::text();
    }
    STATE.set(HAS_OBJECTS);
}
