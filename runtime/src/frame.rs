//! Which modules are in the middle of a call, and where the stack was when each was entered: what it takes to clean up after
//! a trap, whose frames are gone.

use core::cell::Cell;

/// One call into a module, on the stack as long as it lasts.
///
/// # Invariants
///
/// `FRAMES` leads to the innermost, `previous` to the one around it. `runtime/js/plugin/activeCalls.js` reads them after a trap, and takes off
/// those that it has ended.
#[repr(C)]
pub(crate) struct Frame {
    previous: *const Frame,
    module: u32,
    /// True if JavaScript has called; else it was another module.
    is_entry: u32,
}

crate::shared::shared_local! {
    Frames =>
    static FRAMES: Cell<*const Frame> = const { Cell::new(core::ptr::null()) };
}

#[inline(always)]
fn within<R>(is_entry: u32, f: impl FnOnce() -> R) -> R {
    FRAMES.with(|innermost| {
        let frame = Frame { previous: innermost.get(), module: crate::shared::module(), is_entry };
        innermost.set(&raw const frame);
        let result = f();
        innermost.set(frame.previous);
        result
    })
}

/// Runs what JavaScript has called. It has to be all that its function does: then its one local is where the stack was.
#[cfg(feature = "plugin")]
#[inline(always)]
pub fn entered<R>(f: impl FnOnce() -> R) -> R {
    within(1, f)
}

/// Runs what another module has called.
#[inline(always)]
pub fn called<R>(f: impl FnOnce() -> R) -> R {
    within(0, f)
}

/// Where the innermost is kept.
#[cfg(all(target_arch = "wasm32", feature = "plugin-host"))]
pub(crate) fn address() -> usize {
    FRAMES.with(|innermost| core::ptr::from_ref(innermost).expose_provenance())
}
