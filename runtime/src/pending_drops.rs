//! What the end of a call's borrows would destroy, until the call has ended.
//!
//! A buffer or an instance that JavaScript lets go of while a call borrows it goes when the borrow ends. What goes with it is
//! code of others: the `Drop` of an owner or an instance, and listeners of the release. Such code may throw, and may call
//! any function of the package. While a call ends, it has some of its borrows and has given up others, and its result lies where
//! the next call puts its own. So nothing is destroyed then: the slot comes here, and the JavaScript half has the list run
//! when the result is in its hands.

use core::cell::Cell;

use crate::sync::Ordering;
use crate::table::{NO_SLOT, Slot, slot_at};

/// A list through `link` of the slots, in the order in which they came; 0 is nobody, so that the static is all zeros.
///
/// # Invariants
///
/// Nobody holds the slots, or borrows them: each was left by its last borrow, as its flag has said.
#[repr(C)]
pub(crate) struct PendingDrops {
    first: Cell<u32>,
    last: Cell<u32>,
}

// One for each thread: what is destroyed may belong to it.
crate::host_static! {
    thread_local static PENDING: PendingDrops = const { PendingDrops { first: Cell::new(0), last: Cell::new(0) } };
}

/// A guard that says, when it ends, whether that has left something here.
///
/// A shim that ends its guards so needs not look into memory after each call.
pub trait End: Sized {
    /// Ends it; true if something waits now.
    fn end(self) -> bool;
}

impl<G: End> End for Option<G> {
    #[inline(always)]
    fn end(self) -> bool {
        self.is_some_and(End::end)
    }
}

/// Leaves a slot to be destroyed after the call, if `is_left` says that its last borrow has just ended; the same `bool`.
#[inline(always)]
pub(crate) fn add_if(slot: &'static Slot, is_left: bool) -> bool {
    if is_left {
        add(slot);
    }
    is_left
}

/// Leaves a slot to be destroyed after the call. Its last borrow has just ended.
#[cold]
#[inline(never)]
pub(crate) fn add(slot: &'static Slot) {
    PENDING.with(|pending| {
        slot.link.store(NO_SLOT, Ordering::Relaxed);
        let number = slot.index() + 1;
        match pending.last.replace(number).checked_sub(1).and_then(slot_at) {
            Some(last) => last.link.store(number - 1, Ordering::Relaxed),
            None => {
                pending.first.set(number);
                #[cfg(target_arch = "wasm32")]
                crate::js::drops_pending();
            }
        }
    });
}

/// True if something waits.
#[inline(always)]
pub(crate) fn any() -> bool {
    PENDING.with(|pending| pending.first.get() != 0)
}

/// Takes the first slot out.
pub(crate) fn next() -> Option<&'static Slot> {
    PENDING.with(next_of)
}

fn next_of(pending: &PendingDrops) -> Option<&'static Slot> {
    let slot = slot_at(pending.first.get().checked_sub(1)?)?;
    match slot.link.load(Ordering::Relaxed) {
        NO_SLOT => {
            pending.first.set(0);
            pending.last.set(0);
        }
        index => pending.first.set(index + 1),
    }
    Some(slot)
}
