//! The end of an instance that another has taken over from: a package that was started again after a panic, or with new code.
//!
//! # Invariants
//!
//! The tables of JavaScript are the new instance's, so what still runs here (futures, closures of wasm-bindgen) does not get at them: each import that
//! knows values by index, or makes buffers and instances, asks first ([`js`](super::js)), and throws; what would only give something back does nothing.

use core::sync::atomic::{AtomicBool, Ordering};

static RETIRED: AtomicBool = AtomicBool::new(false);

/// Called from JavaScript, when another instance has taken over.
pub(crate) fn retire() {
    RETIRED.store(true, Ordering::Relaxed);
}

/// True if another instance has taken over.
#[inline]
pub(crate) fn is() -> bool {
    RETIRED.load(Ordering::Relaxed)
}
