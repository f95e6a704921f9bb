//! The end of the instance, where this crate itself is wrong.

/// Ends the instance at a place that is never reached. In wasm this is one instruction: a panic would bring its text
/// and the code that formats it into every package. Natively it panics with the reason, for tests.
#[cold]
#[track_caller]
pub(crate) fn never(why: &str) -> ! {
    #[cfg(target_arch = "wasm32")]
    {
        let _ = why;
        core::arch::wasm32::unreachable()
    }
    #[cfg(not(target_arch = "wasm32"))]
    panic!("{why}")
}
