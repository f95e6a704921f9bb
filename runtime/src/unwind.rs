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

/// Why a shim has no result: its body panicked. Where panics abort, there is no value of this type, and so the compiler drops
/// the code for it.
#[cfg(all(target_arch = "wasm32", panic = "unwind"))]
pub(crate) struct Panicked;
#[cfg(not(all(target_arch = "wasm32", panic = "unwind")))]
pub(crate) enum Panicked {}

impl Panicked {
    /// Runs the report of the panic.
    #[inline(always)]
    #[cfg_attr(not(all(target_arch = "wasm32", panic = "unwind")), allow(clippy::needless_pass_by_value))]
    pub(crate) fn report(self, report: impl FnOnce()) {
        #[cfg(all(target_arch = "wasm32", panic = "unwind"))]
        report();
        #[cfg(not(all(target_arch = "wasm32", panic = "unwind")))]
        {
            let _ = report;
            match self {}
        }
    }
}

/// Runs the body of a shim. The caller reports a panic to JavaScript.
#[inline(always)]
pub(crate) fn guarded<R>(body: impl FnOnce() -> Result<R, Refusal>) -> Result<Result<R, Refusal>, Panicked> {
    grow();
    // After a panic users judge the state of their own data, as with a thread that panicked.
    #[cfg(all(target_arch = "wasm32", panic = "unwind"))]
    return std::panic::catch_unwind(core::panic::AssertUnwindSafe(body)).map_err(|_| Panicked);
    #[cfg(not(all(target_arch = "wasm32", panic = "unwind")))]
    Ok(body())
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
