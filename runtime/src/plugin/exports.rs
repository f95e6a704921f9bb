//! The functions that the loader (`runtime/js/plugin/load.js`) calls.

use super::{host_static, module};
use crate::{active_call, closure, fingerprint};

/// Starts the plugin: its number, and the addresses of the host statics. Called once, before anything but
/// `lend_fingerprint`.
#[unsafe(export_name = "lend_plugin_start")]
extern "C" fn start(number: u32, addresses: *const usize) {
    // SAFETY: the loader passes those of a host with this fingerprint.
    unsafe { host_static::set_addresses(addresses) };
    module::set_number(number);
    #[cfg(feature = "panic-messages")]
    std::panic::set_hook(Box::new(|panic| crate::js::report_panic(&crate::panic_parts::Parts::of(panic))));
}

#[unsafe(export_name = "lend_plugin_end")]
extern "C" fn end() {
    module::end();
}

/// How this module reads the host statics.
#[unsafe(export_name = "lend_fingerprint")]
extern "C" fn fingerprint() -> u32 {
    fingerprint::fingerprint()
}

#[unsafe(export_name = "lend_closure")]
extern "C-unwind" fn call_closure(id: u32, arguments: u32) -> u32 {
    entered(|| u32::from(closure::call(id, arguments)))
}

#[unsafe(export_name = "lend_closure_free")]
extern "C-unwind" fn free_closure(id: u32) {
    entered(|| closure::free(id));
}

#[unsafe(export_name = "lend_closures")]
extern "C" fn live_closures() -> u32 {
    closure::live()
}

/// The loader knows the functions above by their names, and the host has those for buffers.
pub(crate) fn closures() {}
pub(crate) fn buffers() {}

/// Runs a function that JavaScript has called. It must be all that its export does: then the note, its one local,
/// lies where the stack was.
#[inline(always)]
pub fn entered<R>(f: impl FnOnce() -> R) -> R {
    active_call::within(1, f)
}
