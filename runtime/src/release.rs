//! The release of a slot: the last reference is dropped, the memory is given back, listeners run.

use crate::element::layout_of;
use crate::sync::Ordering;
use crate::table::{self, PINNED, ReleaseListener, ReleaseListeners, Slot, Storage, drop_owner};
use crate::{checks, ledger, pending_drops};

impl Slot {
    /// Drops one reference. The last one releases the memory, or leaves that to the last borrow.
    #[inline]
    pub(crate) fn release(&'static self) {
        if self.release_count() {
            destroy(self);
        }
    }

    /// The same as `release` at the end of a call: the memory is released after the call.
    pub(crate) fn release_later(&'static self) {
        if self.release_count() {
            pending_drops::add(self);
        }
    }

    /// Drops one reference. True if the caller must release the memory.
    #[inline]
    fn release_count(&'static self) -> bool {
        if self.references.fetch_sub(1, Ordering::AcqRel) != 1 {
            return false;
        }
        if self.tag.fetch_and(!PINNED, Ordering::Relaxed) & PINNED != 0 {
            ledger::unpin(self);
        }
        self.borrow.end_of_life()
    }
}

/// Releases the memory of a slot and recycles the slot. It has no reference and no borrow.
///
/// It runs foreign code: the `Drop` of an owner, and listeners. So the end of a call's borrow does not call it, but
/// adds the slot to [`pending_drops`].
#[cold]
pub(crate) fn destroy(slot: &'static Slot) {
    // Its owner is not `Send`. Rust of this thread had a clone of the buffer.
    #[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
    if !crate::threads::may_use(slot) {
        return crate::threads::post_slot(slot);
    }
    let tag = slot.type_tag();
    let data = slot.data.load(Ordering::Relaxed);
    let storage = slot.storage();
    checks::release(slot);
    let mut listeners = slot.take_listeners();
    // The slot first: the owner's drop may make and release buffers, or panic.
    table::recycle(slot);
    // JavaScript's listeners first. This only queues them. If the owner's `Drop` throws, they would be lost otherwise.
    if !listeners.is_empty() {
        call_javascript_listeners(&mut listeners);
    }
    // On drop, so that the listeners also run if the owner panics.
    let _listeners = CallOnDrop(listeners);
    match storage {
        Storage::Vec { capacity } => {
            let Some(layout) = layout_of(tag, capacity).filter(|layout| layout.size() > 0) else {
                return;
            };
            checks::poison(data, layout.size());
            // SAFETY: `Storage::Vec` means that `data` is a `Vec`'s allocation of this element type and capacity.
            unsafe { std::alloc::dealloc(data, layout) };
        }
        Storage::Owner { owner } => {
            // The slot was the only owner of the box.
            drop_owner(owner);
        }
        Storage::SubBuffer { of } => of.release(),
        Storage::Temporary => {}
        Storage::Scratch { .. } => crate::trap::never("the scratch pool never drops its slots"),
    }
}

/// The same as `dissolve` while a call moves its arguments, where no foreign code may run: listeners run after the call.
pub(crate) fn dissolve_later(slot: &'static Slot) {
    if slot.has_listeners() {
        // The slot has no memory any more, and no borrow.
        slot.set_storage(Storage::Temporary);
        pending_drops::add(slot);
    } else {
        dissolve(slot);
    }
}

/// Recycles the slot of a `Vec`'s allocation, which its only owner takes out.
pub(crate) fn dissolve(slot: &'static Slot) {
    checks::release(slot);
    let listeners = slot.take_listeners();
    table::recycle(slot);
    drop(CallOnDrop(listeners));
}

/// Calls all listeners when it is dropped.
struct CallOnDrop(ReleaseListeners);

impl Drop for CallOnDrop {
    #[inline]
    fn drop(&mut self) {
        if !self.0.is_empty() {
            call_all(core::mem::take(&mut self.0));
        }
    }
}

/// Calls JavaScript's listeners, and keeps the others in their order.
#[cold]
#[inline(never)]
fn call_javascript_listeners(listeners: &mut ReleaseListeners) {
    let mut in_order = core::mem::take(listeners).in_order();
    while let Some(listener) = in_order.pop() {
        if listener.listener.is_javascript() {
            call(listener.listener);
        } else {
            listeners.push(listener);
        }
    }
}

fn call(listener: ReleaseListener) {
    if let Some((thread, token)) = listener.call() {
        call_javascript(thread, token);
    }
}

/// Calls all listeners in the order in which they were added, even if one panics.
#[cold]
fn call_all(listeners: ReleaseListeners) {
    let mut in_order = listeners.in_order();
    let mut panic = None;
    while let Some(listener) = in_order.pop() {
        if !cfg!(panic = "unwind") {
            call(listener.listener);
            continue;
        }
        let call = core::panic::AssertUnwindSafe(|| call(listener.listener));
        if let Err(payload) = std::panic::catch_unwind(call) {
            panic = Some(payload);
        }
    }
    if let Some(payload) = panic {
        // A second panic during unwinding would abort.
        if !std::thread::panicking() {
            std::panic::resume_unwind(payload);
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn call_javascript(thread: u32, token: u32) {
    #[cfg(target_feature = "atomics")]
    if thread != crate::threads::number() {
        return crate::threads::post_release(thread, token);
    }
    let _ = thread;
    crate::js::released(token);
}

/// In native tests there is no JavaScript: they read the tokens of the listeners that it would have called.
#[cfg(not(target_arch = "wasm32"))]
fn call_javascript(_thread: u32, token: u32) {
    CALLED.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(token);
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) static CALLED: std::sync::Mutex<Vec<u32>> = std::sync::Mutex::new(Vec::new());

/// Destroys the pending slots, one by one. If one throws, the rest stays pending.
pub(crate) fn run_pending() {
    while let Some(slot) = pending_drops::next() {
        destroy(slot);
    }
}

/// Ends one borrow of a call that an exception left.
pub(crate) fn abandon_slot(slot: &'static Slot) {
    checks::ended(slot);
    if if slot.is_sub_buffer() { ledger::abandon(slot) } else { slot.borrow.abandon() } {
        pending_drops::add(slot);
    }
}
