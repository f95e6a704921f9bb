//! Builds whose panics unwind (`-C panic=unwind`). Each shim catches its own panics: its borrows end, JavaScript gets
//! an exception, and the instance goes on.
//!
//! An exception of JavaScript that goes through Rust ends the instance. Rust treats wasm-bindgen's imports as
//! functions that cannot unwind, so nobody knows which destructors have run. The exception is wrapped on its way, and
//! `runtime/js/unwind.js` unwraps it.
//!
//! Where panics abort, none of this is compiled: the panic hook throws, and the instance cannot be used any more.

use crate::fault::Refusal;

/// True if a panic ends only the call that it happened in.
pub(crate) const UNWINDS: bool = cfg!(all(target_arch = "wasm32", panic = "unwind"));

/// Runs the body of a shim. `None` if it panicked, which the caller reports to JavaScript.
#[inline(always)]
pub(crate) fn guarded<R>(body: impl FnOnce() -> Result<R, Refusal>) -> Option<Result<R, Refusal>> {
    grow();
    if !UNWINDS {
        return Some(body());
    }
    // After a panic users judge the state of their own data, as with a thread that panicked.
    std::panic::catch_unwind(core::panic::AssertUnwindSafe(body)).ok()
}

/// Grows wasm memory wherever it may grow. For the tests of this crate, with the feature `__grow`.
#[inline(always)]
pub(crate) fn grow() {
    // Only up to 128 MiB: engines refuse after some thousand times.
    #[cfg(all(feature = "__grow", target_arch = "wasm32"))]
    if core::arch::wasm32::memory_size::<0>() < 2 * 1024 {
        core::arch::wasm32::memory_grow::<0>(1);
    }
}
