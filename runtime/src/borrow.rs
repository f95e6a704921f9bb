//! Borrow flags: who may look at a buffer's memory, and when it may go.
//!
//! | held | a shared borrow | an exclusive borrow | release of the last count |
//! |---|---|---|---|
//! | nothing | granted | granted | frees at once |
//! | shared | granted | refused | deferred to the end of the last borrow |
//! | exclusive | refused | refused | deferred to the end of the borrow |
//!
//! A flag covers a whole allocation: two parts of it that do not overlap count as the same buffer.

use core::sync::atomic::{AtomicU32, Ordering};

/// Shared borrows are counted below this bit.
const EXCLUSIVE: u32 = 1 << 30;
/// Nobody holds the buffer any more; the last borrow frees it.
const DOOMED: u32 = 1 << 31;

/// The borrow state of one allocation.
///
/// # Invariants
///
/// The low 30 bits count the shared borrows, `EXCLUSIVE` is set for the one exclusive borrow, and never both.
/// `DOOMED` is set once, when the last count went while a borrow lasted.
pub(crate) struct Flag(AtomicU32);

impl Flag {
    pub(crate) const fn new() -> Self {
        Flag(AtomicU32::new(0))
    }

    pub(crate) fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    pub(crate) fn is_borrowed(&self) -> bool {
        self.0.load(Ordering::Relaxed) & !DOOMED != 0
    }

    #[inline(always)]
    pub(crate) fn share(&self) -> bool {
        loop {
            let now = self.0.load(Ordering::Relaxed);
            if now >= EXCLUSIVE - 1 {
                return false;
            }
            if self.replace(now, now + 1) {
                return true;
            }
        }
    }

    #[inline(always)]
    pub(crate) fn exclude(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0 && self.replace(0, EXCLUSIVE)
    }

    /// Sets the flag to `new` if it is `now`, which has just been read.
    #[inline(always)]
    fn replace(&self, now: u32, new: u32) -> bool {
        if cfg!(target_arch = "wasm32") {
            // No other thread (`lib.rs` refuses shared-memory builds): a plain store will do.
            self.0.store(new, Ordering::Relaxed);
            return true;
        }
        self.0.compare_exchange(now, new, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    /// Ends a shared borrow; `true` if the caller must free the buffer.
    #[inline(always)]
    #[must_use]
    pub(crate) fn end_shared(&self) -> bool {
        self.0.fetch_sub(1, Ordering::AcqRel) == DOOMED + 1
    }

    /// Ends the exclusive borrow; `true` if the caller must free the buffer.
    #[inline(always)]
    #[must_use]
    pub(crate) fn end_exclusive(&self) -> bool {
        self.0.fetch_sub(EXCLUSIVE, Ordering::AcqRel) == DOOMED + EXCLUSIVE
    }

    /// Says that the last count is gone; `true` if nothing is borrowed, so that the caller must free the buffer.
    pub(crate) fn end_of_life(&self) -> bool {
        self.0.fetch_or(DOOMED, Ordering::AcqRel) == 0
    }

    /// Ends one borrow of a call whose frames were left by an exception, so that no destructor ended it.
    #[cfg(any(target_arch = "wasm32", test))]
    pub(crate) fn abandon(&self) -> bool {
        match self.0.load(Ordering::Relaxed) & !DOOMED {
            0 => false,
            EXCLUSIVE => self.end_exclusive(),
            _ => self.end_shared(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_borrows_count_and_keep_an_exclusive_one_out() {
        let flag = Flag::new();
        assert!(flag.share());
        assert!(flag.share());
        assert!(!flag.exclude());
        assert!(!flag.end_shared());
        assert!(!flag.exclude());
        assert!(!flag.end_shared());
        assert!(flag.exclude());
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
}
