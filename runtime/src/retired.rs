//! The end of an instance that another has taken over from: a package that was started again after a panic, or with new code.
//!
//! # Invariants
//!
//! The tables of JavaScript are the new instance's, so what still runs here (futures, closures of wasm-bindgen) does not get at them: each import that
//! knows values by index, or makes buffers and instances, asks [`refuse`] first; what would only give something back asks [`is`], and does nothing.

use core::sync::atomic::{AtomicBool, Ordering};

static RETIRED: AtomicBool = AtomicBool::new(false);

/// Called from JavaScript, when another instance has taken over.
#[cfg_attr(any(feature = "plugin", not(target_arch = "wasm32")), allow(dead_code))]
pub(crate) fn retire() {
    RETIRED.store(true, Ordering::Relaxed);
}

/// True if another instance has taken over.
#[inline]
#[cfg_attr(feature = "plugin", allow(dead_code))]
pub(crate) fn is() -> bool {
    RETIRED.load(Ordering::Relaxed)
}

/// Throws `ERR_LEND_INSTANCE` if another instance has taken over.
#[inline]
#[cfg_attr(feature = "plugin", allow(dead_code))]
pub(crate) fn refuse() {
    #[cfg(not(feature = "plugin"))]
    if is() {
        crate::js::refuse_replaced();
    }
}
