//! The module itself, and calls of functions that may belong to another module.
//!
//! A plugin's function table has only its own functions, so the host makes those calls.

use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// True if the plugin has trapped.
static HAS_ENDED: AtomicBool = AtomicBool::new(false);

#[link(wasm_import_module = "wasm-lend")]
unsafe extern "C" {
    /// Throws the error of a plugin that has trapped.
    safe fn refuse_ended();
    /// Has the host drop an owner with this function.
    fn lend_invoke_drop(function: usize, owner: *mut ());
    /// Has the host call the function of a listener.
    fn lend_invoke_note(function: usize, data: *mut (), run: u32);
}

/// The number of this plugin among the modules of its host.
#[inline(always)]
pub(crate) fn number() -> u32 {
    NUMBER.load(Ordering::Relaxed)
}

pub(super) fn set_number(number: u32) {
    NUMBER.store(number, Ordering::Relaxed);
}

pub(super) fn end() {
    HAS_ENDED.store(true, Ordering::Relaxed);
}

/// Throws if this module has trapped. For calls that do not go through JavaScript.
#[inline(always)]
pub(crate) fn check() {
    if HAS_ENDED.load(Ordering::Relaxed) {
        refuse_ended();
    }
}

/// Calls the function that drops an owner.
///
/// # Safety
///
/// `drop` is the function in the header of `owner`. The owner is dropped here and nowhere else.
pub(crate) unsafe fn drop_owner<O>(drop: unsafe extern "C-unwind" fn(*mut O), owner: *mut O) {
    // SAFETY: the function of this owner, which is dropped once, as the caller promises.
    unsafe { lend_invoke_drop(drop as usize, owner.cast()) };
}

/// Calls the function of a release listener.
///
/// # Safety
///
/// `call` is the function of the closure at `data` and has not been called.
pub(crate) unsafe fn call_listener(
    call: unsafe extern "C-unwind" fn(*mut (), bool),
    data: *mut (),
    run: bool,
) {
    // SAFETY: the function of this closure, which is called once, as the caller promises.
    unsafe { lend_invoke_note(call as usize, data, u32::from(run)) };
}
