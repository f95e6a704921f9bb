//! The running calls into modules, and the top of the stack when each began.
//!
//! A trap removes the frames of wasm without running destructors. From these notes the cleanup learns through which
//! modules the trap went.

use core::cell::Cell;

/// The note of one call into a module. It lies on the stack for as long as the call runs.
///
/// # Invariants
///
/// `ACTIVE_CALLS` points to the note of the innermost call, and `previous` to the note of the call around it. After a
/// trap `runtime/js/plugin/activeCalls.js` reads the notes and removes those of the calls that the trap ended.
#[repr(C)]
pub(crate) struct ActiveCall {
    previous: *const ActiveCall,
    module: u32,
    /// 1 if JavaScript made the call, 0 if another module did.
    is_entry: u32,
}

crate::host_static! {
    thread_local static ACTIVE_CALLS: Cell<*const ActiveCall> = const { Cell::new(core::ptr::null()) };
}

/// Runs a call with its note on the stack.
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

/// Runs a function that another module has called.
#[inline(always)]
pub fn called<R>(f: impl FnOnce() -> R) -> R {
    within(0, f)
}

/// The address of the pointer to the innermost note.
pub(crate) fn address() -> usize {
    ACTIVE_CALLS.with(|innermost| core::ptr::from_ref(innermost).expose_provenance())
}
