//! The ledger: the borrowed ranges of a whole.
//!
//! A sub-buffer has a slot and a borrow flag of its own. While it is borrowed, its slot is in the ledger of its
//! whole: a list through the slots themselves, so that nothing is allocated.
//!
//! - Works: two exclusive sub-buffers that do not overlap; any number of shared ones, and the whole shared beside
//!   them; a sub-buffer without bytes beside anything, since it overlaps nothing and is not entered.
//! - Is refused: an exclusive sub-buffer that overlaps a borrowed one, or while the whole is borrowed.
//!
//! A read-only sub-buffer of a read-only whole is not entered, since nothing could ever be refused. So the ledger
//! costs time only for memory that can be written to. A borrow takes time in proportion to the borrowed sub-buffers
//! of the same whole, usually one or two.
//!
//! The [`borrow`](crate::borrow) module has the rules.

use core::ops::Range;

use crate::sync::Ordering;
use crate::table::PINNED;
use crate::table::{NO_SLOT, Slot, TABLE, slot_at};

/// The slots in the ledger of a whole.
fn borrowed_sub_buffers(whole: &'static Slot) -> impl Iterator<Item = &'static Slot> {
    core::iter::successors(next(whole), |slot| next(slot))
}

/// The sub-buffer after this one, or the first of a whole.
#[inline(never)]
fn next(slot: &'static Slot) -> Option<&'static Slot> {
    match slot.link.load(Ordering::Relaxed) {
        NO_SLOT => None,
        index => slot_at(index),
    }
}

/// True if a `BufferMut` in Rust owns a sub-buffer of this whole.
#[inline(never)]
pub(crate) fn has_owned_sub_buffer(whole: &'static Slot) -> bool {
    locked(|| borrowed_sub_buffers(whole).any(|sub| sub.borrow.is_owned()))
}

fn enter(whole: &'static Slot, sub: &'static Slot) {
    sub.link.store(whole.link.load(Ordering::Relaxed), Ordering::Relaxed);
    whole.link.store(sub.index(), Ordering::Relaxed);
}

/// Removes a sub-buffer that is no longer borrowed, and updates the flag of the whole.
fn leave(whole: &'static Slot, sub: &'static Slot) {
    let mut before = whole;
    for slot in borrowed_sub_buffers(whole) {
        if core::ptr::eq(slot, sub) {
            before.link.store(sub.link.load(Ordering::Relaxed), Ordering::Relaxed);
            sub.link.store(NO_SLOT, Ordering::Relaxed);
            break;
        }
        before = slot;
    }
    settle(whole);
}

fn settle(whole: &'static Slot) {
    let any = borrowed_sub_buffers(whole).next().is_some();
    let exclusive = any && borrowed_sub_buffers(whole).any(|slot| slot.borrow.is_exclusive());
    whole.borrow.set_sub_buffers(any, exclusive);
}

/// True if two ranges have a byte in common. An empty range overlaps nothing.
pub(crate) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start.max(other.start) < one.end.min(other.end)
}

fn locked<R>(f: impl FnOnce() -> R) -> R {
    TABLE.ledger.with(|()| f())
}

/// Borrows a sub-buffer for reading. False if it, or something that it overlaps, is exclusively borrowed.
#[inline(never)]
pub(crate) fn share(sub: &'static Slot) -> bool {
    locked(|| {
        let (whole, is_entered) = (sub.base(), sub.borrow.is_borrowed());
        if !sub.borrow.share() {
            return false;
        }
        let range = sub.bytes();
        if is_entered || range.is_empty() {
            return true;
        }
        let fits = whole.borrow.admit_shared_sub_buffer()
            && !(whole.borrow.has_exclusive_sub_buffer()
                && borrowed_sub_buffers(whole)
                    .any(|other| other.borrow.is_exclusive() && overlap(&other.bytes(), &range)));
        if fits {
            enter(whole, sub);
        } else {
            // A sub-buffer that was looked up has a reference, so this never has to free it.
            let _ = sub.borrow.end_shared();
            settle(whole);
        }
        fits
    })
}

/// Borrows a sub-buffer for writing. False if the whole, or something that the sub-buffer overlaps, is borrowed.
#[inline(never)]
pub(crate) fn exclude(sub: &'static Slot) -> bool {
    locked(|| {
        let whole = sub.base();
        if !sub.borrow.exclude() {
            return false;
        }
        let range = sub.bytes();
        if range.is_empty() {
            return true;
        }
        // Checked again under the lock, which freezing the whole takes too.
        let fits = whole.is_mutable()
            && whole.borrow.admit_exclusive_sub_buffer()
            && !borrowed_sub_buffers(whole).any(|other| overlap(&other.bytes(), &range));
        if fits {
            enter(whole, sub);
        } else {
            let _ = sub.borrow.end_exclusive();
            settle(whole);
        }
        fits
    })
}

/// Makes a whole read-only, unless it is borrowed, or a sub-buffer of it is exclusively borrowed.
#[inline(never)]
pub(crate) fn freeze(whole: &'static Slot) -> bool {
    locked(|| {
        let is_free = whole.borrow.begin_freezing();
        if is_free {
            whole.set_tag(whole.type_tag());
            whole.borrow.end_freezing();
        }
        is_free
    })
}

/// Ends a borrow by `end`, a method of the flag. True if the caller must free the sub-buffer.
fn end(sub: &'static Slot, end: impl FnOnce() -> bool) -> bool {
    locked(|| {
        let must_free = end();
        if !sub.borrow.is_borrowed() {
            leave(sub.base(), sub);
        } else {
            settle(sub.base());
        }
        must_free
    })
}

#[inline(never)]
#[must_use]
pub(crate) fn end_shared(sub: &'static Slot) -> bool {
    end(sub, || sub.borrow.end_shared())
}

#[inline(never)]
#[must_use]
pub(crate) fn end_exclusive(sub: &'static Slot) -> bool {
    end(sub, || sub.borrow.end_exclusive())
}

#[inline(never)]
pub(crate) fn end_owned(sub: &'static Slot) {
    end(sub, || {
        sub.borrow.end_owned();
        false
    });
}

/// Ends a borrow of a sub-buffer that an exception left behind. The ledger is searched for it: if the whole was
/// frozen since, the borrow is not entered.
#[inline(never)]
pub(crate) fn abandon(sub: &'static Slot) -> bool {
    locked(|| {
        // A frozen sub-buffer borrows its own range. That borrow belongs to no call.
        let is_pin = sub.tag.load(Ordering::Relaxed) & PINNED != 0 && sub.borrow.borrows() <= 1;
        let must_free = !is_pin && sub.borrow.abandon();
        let whole = sub.base();
        if !sub.borrow.is_borrowed() && borrowed_sub_buffers(whole).any(|other| core::ptr::eq(other, sub)) {
            leave(whole, sub);
        } else {
            settle(whole);
        }
        must_free
    })
}

/// Makes the borrow of a `BufferMut` a shared one that lasts as long as the sub-buffer: nobody writes to frozen
/// memory.
#[inline(never)]
pub(crate) fn downgrade(sub: &'static Slot) {
    end(sub, || {
        sub.borrow.downgrade();
        false
    });
}

/// Ends the borrow that a frozen sub-buffer has of its own range: its last reference was dropped.
#[inline(never)]
pub(crate) fn unpin(sub: &'static Slot) {
    locked(|| {
        // This never releases it: either a call still borrows it and releases it later, or the caller does.
        let _ = sub.borrow.end_shared();
        let whole = sub.base();
        // In a read-only whole the borrows of calls are not in the ledger, so no call will remove this entry later.
        if !sub.borrow.is_borrowed() || !whole.is_mutable() {
            leave(whole, sub);
        } else {
            settle(whole);
        }
    });
}

/// Enters the two halves of a divided `BufferMut`, and ends its own borrow.
#[inline(never)]
pub(crate) fn divide(divided: &'static Slot, halves: [&'static Slot; 2]) {
    locked(|| {
        let whole = halves[0].base();
        let is_whole = core::ptr::eq(whole, divided);
        if is_whole {
            whole.borrow.divide();
        }
        for sub in halves {
            sub.borrow.own_fresh();
            if !sub.bytes().is_empty() {
                enter(whole, sub);
            }
        }
        // Last, so that nobody can borrow the memory in between.
        if is_whole {
            settle(whole);
        } else {
            divided.borrow.end_owned();
            leave(whole, divided);
        }
    });
}
