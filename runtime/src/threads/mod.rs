//! Threads: JavaScript's workers that run this package over one shared memory.
//!
//! Each thread has a *realm* of JavaScript of its own: a JavaScript half, an object table, a key. Buffers belong to the
//! memory, so every realm may hold them. What is bound to a realm stays there: instances, JavaScript values, closures.
//!
//! In a build without shared memory there is one thread, and the compiler leaves all of this out.

// Native tests have several threads, too.
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
mod realms;

#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
pub(crate) use realms::*;

use crate::sync::{ONE_THREAD, Ordering};
use crate::table::Slot;

/// The number of the only thread.
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
pub(crate) fn number() -> u32 {
    0
}

/// Counts a hold of this thread's JavaScript, or the end of one.
#[inline(always)]
pub(crate) fn count_hold(slot: &Slot, change: i32) {
    let _ = (slot, change);
    #[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
    count(slot.index() as usize, change);
}

/// Binds a slot to this thread: its owner is not `Send`.
#[inline]
pub(crate) fn bind(slot: &Slot) {
    if !ONE_THREAD {
        slot.module.store(number(), Ordering::Relaxed);
    }
}

/// True if this thread may use a slot that may be bound.
#[inline(always)]
pub(crate) fn may_use(slot: &Slot) -> bool {
    ONE_THREAD || slot.base().module.load(Ordering::Relaxed) == 0 || is_of_this_thread(slot)
}

#[inline(never)]
fn is_of_this_thread(slot: &Slot) -> bool {
    slot.base().module.load(Ordering::Relaxed) == number()
}

/// Has JavaScript poll a task of a thread.
#[cfg(all(not(wasm_lend_plugin), feature = "async"))]
pub(crate) fn queue_task(thread: u32, task: u32) {
    #[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
    if thread != number() {
        return post_wake(thread, task);
    }
    let _ = thread;
    crate::js::queue_task(task);
}

/// Without futures there are no tasks.
#[cfg(not(all(not(wasm_lend_plugin), feature = "async")))]
pub(crate) fn queue_task(_thread: u32, _task: u32) {}
