//! What the loader (`runtime/js/plugin/load.js`) calls.

use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use crate::{closure, shared};

static MODULE: AtomicU32 = AtomicU32::new(0);

/// The number of this plugin among its host's modules.
#[inline(always)]
pub(crate) fn module() -> u32 {
    MODULE.load(Ordering::Relaxed)
}

/// Once, before anything else but `lend_fingerprint`: the plugin's number, and where the host lists its statics.
#[unsafe(export_name = "lend_plugin_start")]
extern "C" fn start(module: u32, addresses: *const usize) {
    // SAFETY: the loader has them of a host with this fingerprint.
    unsafe { shared::set_addresses(addresses) };
    MODULE.store(module, Ordering::Relaxed);
    std::panic::set_hook(Box::new(|panic| crate::js::report_panic(&panic.to_string())));
}

/// True if it has trapped.
static HAS_ENDED: AtomicBool = AtomicBool::new(false);

/// Throws, if it has trapped: for calls that JavaScript does not see.
#[inline(always)]
pub(crate) fn check() {
    if HAS_ENDED.load(Ordering::Relaxed) {
        crate::js::refuse_ended();
    }
}

#[unsafe(export_name = "lend_plugin_end")]
extern "C" fn end() {
    HAS_ENDED.store(true, Ordering::Relaxed);
}

/// What this module takes the layouts of the shared statics for.
#[unsafe(export_name = "lend_fingerprint")]
extern "C" fn fingerprint() -> u32 {
    crate::fingerprint::fingerprint()
}

#[unsafe(export_name = "lend_closure")]
extern "C-unwind" fn call_closure(id: u32, arguments: u32) -> u32 {
    crate::frame::entered(|| u32::from(closure::call(id, arguments)))
}

#[unsafe(export_name = "lend_closure_free")]
extern "C-unwind" fn free_closure(id: u32) {
    crate::frame::entered(|| closure::free(id));
}

#[unsafe(export_name = "lend_closures")]
extern "C" fn closures() -> u32 {
    closure::live()
}
