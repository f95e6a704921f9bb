//! The ledger: the borrowed ranges of a whole.
//!
//! A sub-buffer has a slot and a borrow flag of its own. While it is borrowed, its slot is in the ledger of its whole:
//! a list through the slots
//! themselves, so that nothing is allocated.
//!
//! - Works: two exclusive sub-buffers that do not overlap; any number of shared ones, and the whole shared beside
//!   them; a sub-buffer without bytes
//!   beside anything, since it overlaps nothing and is not entered.
//! - Is refused: an exclusive sub-buffer that overlaps a borrowed one, or while the whole is borrowed.
//!
//! A read-only sub-buffer of a read-only whole is not entered, since nothing could ever be refused. So the ledger
//! costs time only for memory that
//! can be written to. A borrow takes time in proportion to the borrowed sub-buffers of the same whole, usually one or
//! two.
//!
//! The [`borrow`](crate::borrow) module has the rules.

use core::ops::Range;

use crate::sync::Ordering;
use crate::table::PINNED;
use crate::table::{NO_SLOT, Slot, TABLE, slot_at};

/// The slots in the ledger of a whole.
fn borrowed_sub_buffers(whole: &'static Slot) -> impl Iterator<Item = &'static Slot> {
    let next = |slot: &'static Slot| match slot.link.load(Ordering::Relaxed) {
        NO_SLOT => None,
        index => slot_at(index),
    };
    core::iter::successors(next(whole), move |slot| next(slot))
}

/// True if a `BufferMut` in Rust owns a sub-buffer of this whole.
#[inline(never)]
pub(crate) fn has_owned_sub_buffer(whole: &'static Slot) -> bool {
    locked(|| borrowed_sub_buffers(whole).any(|part| part.borrow.is_owned()))
}

fn enter(whole: &'static Slot, part: &'static Slot) {
    part.link.store(whole.link.load(Ordering::Relaxed), Ordering::Relaxed);
    whole.link.store(part.index(), Ordering::Relaxed);
}

/// Removes a sub-buffer that is no longer borrowed, and updates the flag of the whole.
fn leave(whole: &'static Slot, part: &'static Slot) {
    let mut before = whole;
    for slot in borrowed_sub_buffers(whole) {
        if core::ptr::eq(slot, part) {
            before.link.store(part.link.load(Ordering::Relaxed), Ordering::Relaxed);
            part.link.store(NO_SLOT, Ordering::Relaxed);
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
pub(crate) fn share(part: &'static Slot) -> bool {
    locked(|| {
        let (whole, is_entered) = (part.base(), part.borrow.is_borrowed());
        if !part.borrow.share() {
            return false;
        }
        let range = part.bytes();
        if is_entered || range.is_empty() {
            return true;
        }
        let fits = whole.borrow.admit_shared_sub_buffer()
            && !(whole.borrow.has_exclusive_sub_buffer()
                && borrowed_sub_buffers(whole)
                    .any(|other| other.borrow.is_exclusive() && overlap(&other.bytes(), &range)));
        if fits {
            enter(whole, part);
        } else {
            // A sub-buffer that was looked up has a reference, so this never has to free it.
            let _ = part.borrow.end_shared();
            settle(whole);
        }
        fits
    })
}

/// Borrows a sub-buffer for writing. False if the whole, or something that the sub-buffer overlaps, is borrowed.
#[inline(never)]
pub(crate) fn exclude(part: &'static Slot) -> bool {
    locked(|| {
        let whole = part.base();
        if !part.borrow.exclude() {
            return false;
        }
        let range = part.bytes();
        if range.is_empty() {
            return true;
        }
        // Checked again under the lock, which freezing the whole takes too.
        let fits = whole.is_mutable()
            && whole.borrow.admit_exclusive_sub_buffer()
            && !borrowed_sub_buffers(whole).any(|other| overlap(&other.bytes(), &range));
        if fits {
            enter(whole, part);
        } else {
            let _ = part.borrow.end_exclusive();
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
fn end(part: &'static Slot, end: impl FnOnce() -> bool) -> bool {
    locked(|| {
        let must_free = end();
        if !part.borrow.is_borrowed() {
            leave(part.base(), part);
        } else {
            settle(part.base());
        }
        must_free
    })
}

#[inline(never)]
#[must_use]
pub(crate) fn end_shared(part: &'static Slot) -> bool {
    end(part, || part.borrow.end_shared())
}

#[inline(never)]
#[must_use]
pub(crate) fn end_exclusive(part: &'static Slot) -> bool {
    end(part, || part.borrow.end_exclusive())
}

#[inline(never)]
pub(crate) fn end_owned(part: &'static Slot) {
    end(part, || {
        part.borrow.end_owned();
        false
    });
}

/// Ends a borrow of a sub-buffer that an exception left behind. The ledger is searched for it: if the whole was frozen
/// since, the borrow is not
/// entered.
#[inline(never)]
pub(crate) fn abandon(part: &'static Slot) -> bool {
    locked(|| {
        // A frozen sub-buffer borrows its own range. That borrow belongs to no call.
        let is_pin = part.tag.load(Ordering::Relaxed) & PINNED != 0 && part.borrow.borrows() <= 1;
        let must_free = !is_pin && part.borrow.abandon();
        let whole = part.base();
        if !part.borrow.is_borrowed() && borrowed_sub_buffers(whole).any(|other| core::ptr::eq(other, part)) {
            leave(whole, part);
        } else {
            settle(whole);
        }
        must_free
    })
}

/// Makes the borrow of a `BufferMut` a shared one that lasts as long as the sub-buffer: nobody writes to frozen memory.
#[inline(never)]
pub(crate) fn downgrade(part: &'static Slot) {
    end(part, || {
        part.borrow.downgrade();
        false
    });
}

/// Ends the borrow that a frozen sub-buffer has of its own range: its last reference was dropped.
#[inline(never)]
pub(crate) fn unpin(part: &'static Slot) {
    locked(|| {
        // Never frees it: either a call still borrows it and frees it later, or the caller does.
        let _ = part.borrow.end_shared();
        let whole = part.base();
        // In a read-only whole the borrows of calls are not in the ledger, so none of them would remove this entry.
        if !part.borrow.is_borrowed() || !whole.is_mutable() {
            leave(whole, part);
        } else {
            settle(whole);
        }
    });
}

/// Enters the two halves of a divided `BufferMut`, and ends its own borrow.
#[inline(never)]
pub(crate) fn divide(whole_or_part: &'static Slot, parts: [&'static Slot; 2]) {
    locked(|| {
        let whole = parts[0].base();
        let is_whole = core::ptr::eq(whole, whole_or_part);
        if is_whole {
            whole.borrow.divide();
        }
        for part in parts {
            part.borrow.own_fresh();
            if !part.bytes().is_empty() {
                enter(whole, part);
            }
        }
        // Last, so that nobody can borrow the memory in between.
        if is_whole {
            settle(whole);
        } else {
            whole_or_part.borrow.end_owned();
            leave(whole, whole_or_part);
        }
    });
}
