//! Panics that unwind (`-C panic=unwind`): each shim catches its own, the borrows it had end on the way, and JavaScript gets
//! an exception from an instance that goes on.
//!
//! An exception of JavaScript that goes through Rust ends the instance. wasm-bindgen's imports count as functions that cannot unwind, so
//! nobody knows which destructors the exception has run. It is wrapped on the way, and `runtime/js/unwind.js` unwraps it.
//!
//! Where a panic aborts, nothing of this is compiled: the panic hook throws, and the instance cannot be used any more.

use crate::fault::Refusal;

/// True if a panic in a shim ends the call only.
pub(crate) const UNWINDS: bool = cfg!(all(target_arch = "wasm32", panic = "unwind"));

/// Runs the body of a shim; `None` if it has panicked, which the caller tells JavaScript.
#[inline(always)]
pub(crate) fn guarded<R>(body: impl FnOnce() -> Result<R, Refusal>) -> Option<Result<R, Refusal>> {
    grow();
    if !UNWINDS {
        return Some(body());
    }
    // What the user's own data is like after a panic is theirs to know, as with a thread that has panicked.
    std::panic::catch_unwind(core::panic::AssertUnwindSafe(body)).ok()
}

/// Wherever memory may grow, it does: for the tests of this crate, with the feature `__grow`.
#[inline(always)]
pub(crate) fn grow() {
    // Until there are 128 MiB: engines give up after some thousand times.
    #[cfg(all(feature = "__grow", target_arch = "wasm32"))]
    if core::arch::wasm32::memory_size::<0>() < 2 * 1024 {
        core::arch::wasm32::memory_grow::<0>(1);
    }
}
