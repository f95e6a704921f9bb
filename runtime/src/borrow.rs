//! Borrow flags: who may look at a buffer's memory, and when it may go.
//!
//! | held | a shared borrow | an exclusive borrow | release of the last count |
//! |---|---|---|---|
//! | nothing | granted | granted | frees at once |
//! | shared | granted | refused | deferred to the end of the last borrow |
//! | exclusive | refused | refused | deferred to the end of the borrow |
//!
//! Each slot has a flag. That of a whole allocation says besides whether parts of it are borrowed, which
//! [`ledger`](crate::ledger) keeps by their ranges:
//!
//! | parts held | the whole, shared | the whole, exclusive |
//! |---|---|---|
//! | shared | granted | refused |
//! | exclusive | refused | refused |

use crate::sync::{AtomicU32, ONE_THREAD, Ordering};

/// A part is borrowed in some way.
const SUB_BUFFER: u32 = 1;
/// One shared borrow; their count is in the bits from here up to `OWNED`.
const SHARED: u32 = 2;
/// The exclusive borrow is a `BufferMut`'s, which lasts as long as that lives.
const OWNED: u32 = 1 << 28;
/// A part is borrowed exclusively.
const EXCLUSIVE_SUB_BUFFER: u32 = 1 << 29;
/// Borrowed exclusively.
const EXCLUSIVE: u32 = 1 << 30;
/// Nobody holds the buffer any more; the last borrow frees it.
const DOOMED: u32 = 1 << 31;

/// The borrow state of one slot.
///
/// # Invariants
///
/// `SHARED`s are counted or `EXCLUSIVE` is set, never both. `OWNED` comes with `EXCLUSIVE` only, `EXCLUSIVE_SUB_BUFFER` with
/// `SUB_BUFFER` only, and neither of these two with `EXCLUSIVE` (`SUB_BUFFER` is for a moment, while the whole is frozen). `DOOMED` is set once,
/// when the last count went.
pub(crate) struct Flag(AtomicU32);

impl Flag {
    #[cfg(not(loom))]
    pub(crate) const fn new() -> Self {
        Flag(AtomicU32::new(0))
    }

    #[cfg(loom)]
    pub(crate) fn new() -> Self {
        Flag(AtomicU32::new(0))
    }

    pub(crate) fn reset(&self) {
        // Who borrows it after this sees that the handle is dead.
        self.0.store(0, Ordering::Release);
    }

    /// True if anything is borrowed: the whole, or a part.
    pub(crate) fn is_borrowed(&self) -> bool {
        self.0.load(Ordering::Acquire) & !DOOMED != 0
    }

    pub(crate) fn is_exclusive(&self) -> bool {
        self.0.load(Ordering::Acquire) & EXCLUSIVE != 0
    }

    /// True if what is borrowed is held by a `BufferMut` in Rust.
    pub(crate) fn is_owned(&self) -> bool {
        self.0.load(Ordering::Acquire) & OWNED != 0
    }

    /// How many borrows there are that calls have, parts' not counted.
    pub(crate) fn borrows(&self) -> u32 {
        let now = self.0.load(Ordering::Acquire);
        u32::from(now & EXCLUSIVE != 0 && now & OWNED == 0) + now % OWNED / SHARED
    }

    #[inline(always)]
    pub(crate) fn share(&self) -> bool {
        self.update(|now| (now < OWNED - SHARED).then_some(now + SHARED))
    }

    #[inline(always)]
    pub(crate) fn exclude(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0 && self.replace(0, EXCLUSIVE)
    }

    /// Exclusive for a `BufferMut`, of a slot that nobody else has yet.
    pub(crate) fn own_fresh(&self) {
        // Added, for another thread may have looked up what was here before, and be about to find that out.
        self.0.fetch_add(EXCLUSIVE | OWNED, Ordering::Relaxed);
    }

    /// Turns the exclusive borrow of a call into that of a `BufferMut`.
    pub(crate) fn own(&self) {
        self.0.fetch_or(OWNED, Ordering::Relaxed);
    }

    /// Sets the flag to what `new` makes of it; `false` if that is nothing.
    #[inline(always)]
    fn update(&self, new: impl Fn(u32) -> Option<u32>) -> bool {
        loop {
            let now = self.0.load(Ordering::Relaxed);
            let Some(new) = new(now) else { return false };
            if self.replace(now, new) {
                return true;
            }
        }
    }

    /// Sets the flag to `new` if it is `now`, which has just been read.
    #[inline(always)]
    fn replace(&self, now: u32, new: u32) -> bool {
        if ONE_THREAD {
            self.0.store(new, Ordering::Relaxed);
            return true;
        }
        self.0.compare_exchange(now, new, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Ends a shared borrow; `true` if the caller must free the buffer.
    #[inline(always)]
    #[must_use]
    pub(crate) fn end_shared(&self) -> bool {
        self.0.fetch_sub(SHARED, Ordering::AcqRel) == DOOMED + SHARED
    }

    /// Ends the exclusive borrow of a call; `true` if the caller must free the buffer.
    #[inline(always)]
    #[must_use]
    pub(crate) fn end_exclusive(&self) -> bool {
        self.0.fetch_sub(EXCLUSIVE, Ordering::AcqRel) == DOOMED + EXCLUSIVE
    }

    /// Ends the exclusive borrow of a `BufferMut`, which is a holder still.
    pub(crate) fn end_owned(&self) {
        self.0.fetch_sub(EXCLUSIVE | OWNED, Ordering::AcqRel);
    }

    /// Makes the exclusive borrow of a `BufferMut` a shared one.
    pub(crate) fn downgrade(&self) {
        self.0.fetch_sub((EXCLUSIVE | OWNED) - SHARED, Ordering::AcqRel);
    }

    /// Says that the last count is gone; `true` if nothing is borrowed, so that the caller must free the buffer.
    pub(crate) fn end_of_life(&self) -> bool {
        self.0.fetch_or(DOOMED, Ordering::AcqRel) == 0
    }

    /// Ends one borrow of a call whose frames were left by an exception, so that no destructor ended it.
    pub(crate) fn abandon(&self) -> bool {
        let now = self.0.load(Ordering::Relaxed);
        if now & OWNED != 0 || now & EXCLUSIVE == 0 && now % OWNED < SHARED {
            false
        } else if now & EXCLUSIVE != 0 {
            self.end_exclusive()
        } else {
            self.end_shared()
        }
    }

    /// Lets a part be shared, unless the whole is exclusively borrowed.
    pub(crate) fn admit_shared_sub_buffer(&self) -> bool {
        self.update(|now| (now & (EXCLUSIVE | DOOMED) == 0).then_some(now | SUB_BUFFER))
    }

    /// Lets a part be exclusively borrowed, unless the whole is borrowed in any way.
    pub(crate) fn admit_exclusive_sub_buffer(&self) -> bool {
        self.update(|now| {
            (now & !(SUB_BUFFER | EXCLUSIVE_SUB_BUFFER) == 0).then_some(SUB_BUFFER | EXCLUSIVE_SUB_BUFFER)
        })
    }

    /// Makes the exclusive borrow of the whole, a `BufferMut`'s, that of its parts.
    pub(crate) fn divide(&self) {
        self.0.store(SUB_BUFFER | EXCLUSIVE_SUB_BUFFER, Ordering::Release);
    }

    /// Says which borrows of parts are left.
    pub(crate) fn set_sub_buffers(&self, any: bool, exclusive: bool) {
        let parts = (u32::from(any) * SUB_BUFFER) | (u32::from(exclusive) * EXCLUSIVE_SUB_BUFFER);
        self.update(|now| Some(now & !(SUB_BUFFER | EXCLUSIVE_SUB_BUFFER) | parts));
    }

    /// Keeps everybody out while the whole becomes immutable: `false` unless only parts are borrowed, and shared.
    pub(crate) fn begin_freezing(&self) -> bool {
        self.update(|now| (now & !SUB_BUFFER == 0).then_some(now | EXCLUSIVE))
    }

    pub(crate) fn end_freezing(&self) {
        self.0.fetch_and(!EXCLUSIVE, Ordering::AcqRel);
    }

    pub(crate) fn has_exclusive_sub_buffer(&self) -> bool {
        self.0.load(Ordering::Acquire) & EXCLUSIVE_SUB_BUFFER != 0
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn shared_borrows_count_and_keep_an_exclusive_one_out() {
        let flag = Flag::new();
        assert!(flag.share());
        assert!(flag.share());
        assert_eq!(flag.borrows(), 2);
        assert!(!flag.exclude());
        assert!(!flag.end_shared());
        assert!(!flag.exclude());
        assert!(!flag.end_shared());
        assert!(flag.exclude());
        assert_eq!(flag.borrows(), 1);
        assert!(!flag.share());
        assert!(!flag.exclude());
        assert!(!flag.end_exclusive());
        assert!(!flag.is_borrowed());
    }

    #[test]
    fn the_last_borrow_of_a_doomed_buffer_frees_it() {
        let flag = Flag::new();
        assert!(flag.share() && flag.share());
        assert!(!flag.end_of_life());
        assert!(!flag.share(), "a doomed buffer is not lent again");
        assert!(!flag.end_shared());
        assert!(flag.end_shared());
    }

    #[test]
    fn an_abandoned_borrow_is_ended_whatever_it_was() {
        let flag = Flag::new();
        assert!(!flag.abandon(), "nothing to end");
        assert!(flag.exclude());
        assert!(!flag.abandon());
        assert!(flag.share() && flag.share());
        assert!(!flag.abandon());
        assert!(flag.is_borrowed());
        assert!(!flag.abandon());
        assert!(!flag.is_borrowed());
    }

    #[test]
    fn what_a_buffer_in_rust_borrows_is_not_abandoned() {
        let flag = Flag::new();
        assert!(flag.exclude());
        flag.own();
        assert!(!flag.abandon() && flag.is_exclusive());
        assert_eq!(flag.borrows(), 0, "no call has it");
        flag.downgrade();
        assert!(flag.share() && !flag.exclude());
    }

    #[test]
    fn parts_keep_the_whole_out_as_far_as_they_must() {
        let flag = Flag::new();
        assert!(flag.admit_shared_sub_buffer());
        assert!(flag.share() && !flag.exclude(), "the whole may be read with a part, not written");
        assert!(!flag.admit_exclusive_sub_buffer(), "the whole is being read");
        assert!(!flag.end_shared());
        assert!(flag.admit_exclusive_sub_buffer());
        assert!(!flag.share() && !flag.exclude());
        flag.set_sub_buffers(false, false);
        assert!(flag.exclude() && !flag.admit_shared_sub_buffer());
    }
}
