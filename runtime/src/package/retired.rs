//! The end of an instance that another one has replaced: the package was started again, after a panic or with new
//! code.
//!
//! # Invariants
//!
//! The tables of JavaScript belong to the new instance. What still runs in this one (futures, closures of
//! wasm-bindgen) must not use them. So each import that uses values by index, or makes buffers or instances, checks
//! first and throws ([`js`](super::js)). An import that only gives something back does nothing.

use core::sync::atomic::{AtomicBool, Ordering};

static RETIRED: AtomicBool = AtomicBool::new(false);

/// Called by JavaScript when another instance has replaced this one.
pub(crate) fn retire() {
    RETIRED.store(true, Ordering::Relaxed);
}

/// True if another instance has replaced this one.
#[inline]
pub(crate) fn is() -> bool {
    RETIRED.load(Ordering::Relaxed)
}
