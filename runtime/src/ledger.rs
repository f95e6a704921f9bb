//! Borrows of parts of an allocation, by the range of their bytes.
//!
//! A part (a sub-buffer, or the same memory seen as another type) has a slot of its own, with a flag of its own. While that is
//! borrowed the slot is in its allocation's ledger: a list through the slots themselves, so that nothing is allocated for it.
//!
//! - works: two parts that do not overlap, both exclusive; any number of shared ones, and the whole shared with them; an empty
//!   part beside anything: it has no bytes, overlaps nothing, and is not entered;
//! - is refused: an exclusive part that overlaps a borrowed part, or while the whole is borrowed.
//!
//! A part that can only be read, of an allocation that can only be read, is not entered: nothing could ever be refused. So
//! the ledger costs something only where memory can be written to. A borrow takes time in proportion to the parts of the same
//! allocation that are borrowed at the moment, usually one or two.

use core::ops::Range;

use crate::sync::Ordering;
use crate::table::PINNED;
use crate::table::{NO_SLOT, Slot, TABLE, slot_at};

/// The slots in a whole's ledger.
fn borrowed_sub_buffers(whole: &'static Slot) -> impl Iterator<Item = &'static Slot> {
    let next = |slot: &'static Slot| match slot.link.load(Ordering::Relaxed) {
        NO_SLOT => None,
        index => slot_at(index),
    };
    core::iter::successors(next(whole), move |slot| next(slot))
}

/// True if a `BufferMut` in Rust has taken a part.
#[inline(never)]
pub(crate) fn has_owned_sub_buffer(whole: &'static Slot) -> bool {
    locked(|| borrowed_sub_buffers(whole).any(|part| part.borrow.is_owned()))
}

fn enter(whole: &'static Slot, part: &'static Slot) {
    part.link.store(whole.link.load(Ordering::Relaxed), Ordering::Relaxed);
    whole.link.store(part.index(), Ordering::Relaxed);
}

/// Takes a part that nobody borrows any more out, and says so to the whole.
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

/// True if two ranges have a byte in common. Those that are empty have none, wherever they are.
pub(crate) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start.max(other.start) < one.end.min(other.end)
}

fn locked<R>(f: impl FnOnce() -> R) -> R {
    TABLE.ledger.with(|()| f())
}

/// Borrows a part for reading; `false` if it, or something it overlaps, is exclusively borrowed.
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
            // A part that is looked up is held, so it is not for this to free.
            let _ = part.borrow.end_shared();
            settle(whole);
        }
        fits
    })
}

/// Borrows a part for writing; `false` if the whole, or something the part overlaps, is borrowed.
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
        // Asked again, under the lock that a freeze of the whole takes.
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

/// Makes a whole immutable, unless it is borrowed, or a part of it exclusively.
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

/// Ends a borrow with `end`, a method of the flag; `true` if the caller must free the part.
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

/// Ends one borrow of a part that its call has left behind. Whether that is in the ledger only the ledger knows: the whole may
/// have been frozen since.
#[inline(never)]
pub(crate) fn abandon(part: &'static Slot) -> bool {
    locked(|| {
        // The borrow that a frozen part has of itself is no call's.
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

/// Makes a `BufferMut`'s borrow a shared one, which lasts as long as the part: what was frozen nobody writes to.
#[inline(never)]
pub(crate) fn downgrade(part: &'static Slot) {
    end(part, || {
        part.borrow.downgrade();
        false
    });
}

/// Ends the borrow that a frozen part has of itself, for nobody holds it any more.
#[inline(never)]
pub(crate) fn unpin(part: &'static Slot) {
    locked(|| {
        // A call that borrows the part still frees it: the holder that goes does not.
        let _ = part.borrow.end_shared();
        let whole = part.base();
        // The borrows of calls are not in the ledger where the whole has been frozen, so none of them would take it out.
        if !part.borrow.is_borrowed() || !whole.is_mutable() {
            leave(whole, part);
        } else {
            settle(whole);
        }
    });
}

/// Enters the two parts of what was one `BufferMut`, whose own borrow ends with that.
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
        // Last, so that at no moment anybody else could borrow what is divided.
        if is_whole {
            settle(whole);
        } else {
            whole_or_part.borrow.end_owned();
            leave(whole, whole_or_part);
        }
    });
}
