//! Which modules are in the middle of a call, and where the stack was when each was entered: what it takes to clean up after
//! a trap, whose frames are gone.

use core::cell::Cell;

/// One call into a module, on the stack as long as it lasts.
///
/// # Invariants
///
/// `ACTIVE_CALLS` leads to the innermost, `previous` to the one around it. `runtime/js/plugin/activeCalls.js` reads them after a trap, and takes off
/// those that it has ended.
#[repr(C)]
pub(crate) struct ActiveCall {
    previous: *const ActiveCall,
    module: u32,
    /// True if JavaScript has called; else it was another module.
    is_entry: u32,
}

crate::host_static! {
    thread_local static ACTIVE_CALLS: Cell<*const ActiveCall> = const { Cell::new(core::ptr::null()) };
}

/// Runs a call, with its note on the stack.
#[inline(always)]
pub(crate) fn within<R>(is_entry: u32, f: impl FnOnce() -> R) -> R {
    ACTIVE_CALLS.with(|innermost| {
        let active =
            ActiveCall { previous: innermost.get(), module: crate::backend::module::number(), is_entry };
        innermost.set(&raw const active);
        let result = f();
        innermost.set(active.previous);
        result
    })
}

/// Runs what another module has called.
#[inline(always)]
pub fn called<R>(f: impl FnOnce() -> R) -> R {
    within(0, f)
}

/// Where the innermost is kept.
pub(crate) fn address() -> usize {
    ACTIVE_CALLS.with(|innermost| core::ptr::from_ref(innermost).expose_provenance())
}
