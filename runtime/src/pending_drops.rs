//! Pending drops: destructors that wait until the call has ended.
//!
//! If JavaScript frees a buffer or an instance while a call borrows it, the end of the borrow would destroy it. That
//! runs foreign code: the `Drop` of an owner or an instance, and release listeners. Foreign code may throw, and may
//! call any function of the package. But while a call ends, some of its borrows have ended and others have not, and
//! its result lies where the next call would put its own. So nothing is destroyed at that moment: the slot is added
//! to this list, and the JavaScript half runs the list when it has the result.

use core::cell::Cell;

use crate::sync::Ordering;
use crate::table::{NO_SLOT, Slot, slot_at};

/// A list through `link` of the slots, in the order in which they came. The fields are index + 1; 0 means none, so
/// that the static is all zeros.
///
/// # Invariants
///
/// The slots have no reference and no borrow: each was added when its last borrow ended.
#[repr(C)]
pub(crate) struct PendingDrops {
    first: Cell<u32>,
    last: Cell<u32>,
}

// For each thread: what is destroyed may belong to it.
crate::host_static! {
    thread_local static PENDING: PendingDrops = const { PendingDrops { first: Cell::new(0), last: Cell::new(0) } };
}

/// A guard that tells, when it ends, whether it has added a pending drop.
///
/// A shim that ends its guards this way need not look into memory after each call.
pub trait End: Sized {
    /// Ends the guard. True if a drop is pending now.
    fn end(self) -> bool;
}

/// A reference to a value that is no instance leaves nothing.
impl<T: ?Sized> End for &T {
    #[inline(always)]
    fn end(self) -> bool {
        false
    }
}

impl<G: End> End for Option<G> {
    #[inline(always)]
    fn end(self) -> bool {
        self.is_some_and(End::end)
    }
}

/// Adds a slot if `is_left`: its last borrow has just ended. Returns `is_left`.
#[inline(always)]
pub(crate) fn add_if(slot: &'static Slot, is_left: bool) -> bool {
    if is_left {
        add(slot);
    }
    is_left
}

/// Adds a slot, whose last borrow has just ended.
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

/// True if a drop is pending.
#[inline(always)]
pub(crate) fn any() -> bool {
    PENDING.with(|pending| pending.first.get() != 0)
}

/// Removes the first slot.
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
