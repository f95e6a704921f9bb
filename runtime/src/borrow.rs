//! The borrow rules: who may use memory, and when it is released.
//!
//! JavaScript can pass the same buffer twice, or call back into Rust while a call is running. So Rust checks at run
//! time what the compiler checks within Rust: at any moment, memory has either any number of readers or one writer.
//!
//! # Who borrows
//!
//! | what | borrow | it ends |
//! |---|---|---|
//! | an argument `&[T]` | shared | when the call returns |
//! | an argument `&mut [T]` | exclusive | when the call returns |
//! | an argument `Buffer<T>` | shared | when the call returns; after that nobody can write to the memory anyway |
//! | an argument `BufferMut<T>` or `Vec<T>` | exclusive | when Rust drops the value or returns it |
//! | a `BufferMut<T>` in Rust | exclusive | when it is dropped, frozen or given to JavaScript |
//! | a sub-buffer that was frozen alone | shared | when it is released |
//! | a slice that a method returns (`&[T]` of `&self`) | shared, of the instance | when the buffer over it is released |
//!
//! A view in JavaScript (`buffer.view`) is not a borrow. Rust does not notice what JavaScript writes through one;
//! builds with [`checks`](crate::checks) notice it for read-only buffers, at the next call.
//!
//! # The rules for one slot
//!
//! | the slot is | a shared borrow is | an exclusive borrow is | after the last reference is dropped the memory is released |
//! |---|---|---|---|
//! | not borrowed | granted | granted | at once |
//! | shared | granted | refused | when the last borrow ends |
//! | exclusively borrowed | refused | refused | when the borrow ends |
//!
//! # The rules for a whole and its sub-buffers
//!
//! Each slot has a flag. The flag of a whole also says whether sub-buffers are borrowed; the
//! [`ledger`](crate::ledger) keeps their ranges.
//!
//! | sub-buffers of the whole are | the whole, shared | the whole, exclusive | another sub-buffer |
//! |---|---|---|---|
//! | shared | granted | refused | shared: granted; exclusive: granted where the ranges do not overlap |
//! | exclusively borrowed | refused | refused | granted where the ranges do not overlap |
//!
//! # What works
//!
//! - `f(&[T], &[T])` with the same buffer twice: two shared borrows.
//! - `f(&mut [T], &mut [T])` with two sub-buffers that have no byte in common, for example from `split_at_mut` or
//!   `subarray`.
//! - A sub-buffer without bytes, beside anything.
//! - `buffer.free()` in JavaScript while a call borrows the buffer. The memory is released when the call ends.
//!
//! # What is refused
//!
//! - `f(&mut [T], &[T])` with the same buffer twice, or with ranges that overlap: `ERR_LEND_ALIASED`.
//! - A nested call that writes to what an outer call borrows: `ERR_LEND_BORROWED`.
//! - Moving a buffer into Rust while anything borrows a byte of it.
//!
//! # What is refused although it would do no harm
//!
//! - The whole beside a sub-buffer that is exclusively borrowed, even if the function reads other elements only: a
//!   borrow is of the range that was passed, not of the elements that are read.
//! - Sub-buffers that interleave (the red and the green bytes of an image): ranges are contiguous.
//! - A second `&mut [T]` whose function does not write.
//! - An argument that a callback borrows while its caller no longer uses it: borrows last for the whole call.
//!
//! The way out is a smaller borrow: pass `buffer.subarray(…)`, split with `BufferMut::split_at_mut`, freeze what is
//! only read, or copy.
//!
//! # Why it is done at run time
//!
//! A refusal costs nothing until it happens: a borrow is an addition to one word, and its end a subtraction. The
//! price is that an exception can be thrown at a call that compiles.

use crate::sync::{AtomicU32, ONE_THREAD, Ordering};

/// A sub-buffer is borrowed in some way.
const SUB_BUFFER: u32 = 1;
/// One shared borrow. The bits from here up to `OWNED` count them.
const SHARED: u32 = 2;
/// The exclusive borrow belongs to a `BufferMut` and lasts as long as it lives.
const OWNED: u32 = 1 << 28;
/// A sub-buffer is exclusively borrowed.
const EXCLUSIVE_SUB_BUFFER: u32 = 1 << 29;
/// The slot is exclusively borrowed.
const EXCLUSIVE: u32 = 1 << 30;
/// No reference is left. The memory is released when the last borrow ends.
const DOOMED: u32 = 1 << 31;

/// The borrow state of one slot.
///
/// # Invariants
///
/// - Either shared borrows are counted or `EXCLUSIVE` is set, never both.
/// - `OWNED` is set only with `EXCLUSIVE`, and `EXCLUSIVE_SUB_BUFFER` only with `SUB_BUFFER`.
/// - `EXCLUSIVE_SUB_BUFFER` and `EXCLUSIVE` are never set together. `SUB_BUFFER` and `EXCLUSIVE` are, for a moment,
///   while the whole is frozen.
/// - `DOOMED` is set once, when the last reference is dropped.
#[repr(transparent)]
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
        // Release: a thread that borrows the slot after this sees that the handle is dead.
        self.0.store(0, Ordering::Release);
    }

    /// True if the whole or a sub-buffer is borrowed.
    pub(crate) fn is_borrowed(&self) -> bool {
        self.0.load(Ordering::Acquire) & !DOOMED != 0
    }

    pub(crate) fn is_exclusive(&self) -> bool {
        self.0.load(Ordering::Acquire) & EXCLUSIVE != 0
    }

    /// True if the borrow belongs to a `BufferMut` in Rust.
    pub(crate) fn is_owned(&self) -> bool {
        self.0.load(Ordering::Acquire) & OWNED != 0
    }

    /// The number of borrows that calls have of this slot. Sub-buffers are not counted.
    pub(crate) fn borrows(&self) -> u32 {
        let now = self.0.load(Ordering::Acquire);
        u32::from(now & EXCLUSIVE != 0 && now & OWNED == 0) + now % OWNED / SHARED
    }

    #[inline(always)]
    pub(crate) fn share(&self) -> bool {
        self.share_as().is_some()
    }

    /// The same. True if nothing was borrowed before; `None` if the borrow is refused.
    #[inline(always)]
    pub(crate) fn share_as(&self) -> Option<bool> {
        self.update(|now| (now < OWNED - SHARED).then_some(now + SHARED)).map(|before| before == 0)
    }

    #[inline(always)]
    pub(crate) fn exclude(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0 && self.replace(0, EXCLUSIVE)
    }

    /// Borrows a slot that nobody else has yet, for a `BufferMut`.
    pub(crate) fn own_fresh(&self) {
        // An addition and no store: another thread may have looked up the slot's earlier buffer, and may be changing
        // the flag until it notices that the handle is dead.
        self.0.fetch_add(EXCLUSIVE | OWNED, Ordering::Relaxed);
    }

    /// Makes the exclusive borrow of a call the borrow of a `BufferMut`.
    pub(crate) fn own(&self) {
        self.0.fetch_or(OWNED, Ordering::Relaxed);
    }

    /// Replaces the flag with `new(flag)`, and returns the flag as it was; `None` if `new` returns that.
    #[inline(always)]
    fn update(&self, new: impl Fn(u32) -> Option<u32>) -> Option<u32> {
        loop {
            let now = self.0.load(Ordering::Relaxed);
            if self.replace(now, new(now)?) {
                return Some(now);
            }
        }
    }

    /// Sets the flag to `new` if it still is `now`.
    #[inline(always)]
    fn replace(&self, now: u32, new: u32) -> bool {
        if ONE_THREAD {
            self.0.store(new, Ordering::Relaxed);
            return true;
        }
        self.0.compare_exchange(now, new, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Ends a shared borrow. True if the caller must free the memory.
    #[inline(always)]
    #[must_use]
    pub(crate) fn end_shared(&self) -> bool {
        self.0.fetch_sub(SHARED, Ordering::AcqRel) == DOOMED + SHARED
    }

    /// Ends the exclusive borrow of a call. True if the caller must free the memory.
    #[inline(always)]
    #[must_use]
    pub(crate) fn end_exclusive(&self) -> bool {
        self.0.fetch_sub(EXCLUSIVE, Ordering::AcqRel) == DOOMED + EXCLUSIVE
    }

    /// Ends the exclusive borrow of a `BufferMut`, which still has its reference.
    pub(crate) fn end_owned(&self) {
        self.0.fetch_sub(EXCLUSIVE | OWNED, Ordering::AcqRel);
    }

    /// Makes the exclusive borrow of a `BufferMut` a shared one.
    pub(crate) fn downgrade(&self) {
        self.0.fetch_sub((EXCLUSIVE | OWNED) - SHARED, Ordering::AcqRel);
    }

    /// Marks the slot as having no reference. True if nothing is borrowed, so that the caller must free the memory.
    pub(crate) fn end_of_life(&self) -> bool {
        self.0.fetch_or(DOOMED, Ordering::AcqRel) == 0
    }

    /// Ends one borrow of a call that an exception left, so that no destructor ended it.
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

    /// Admits a shared borrow of a sub-buffer, unless the whole is exclusively borrowed.
    pub(crate) fn admit_shared_sub_buffer(&self) -> bool {
        self.update(|now| (now & (EXCLUSIVE | DOOMED) == 0).then_some(now | SUB_BUFFER)).is_some()
    }

    /// Admits an exclusive borrow of a sub-buffer, unless the whole is borrowed in any way.
    pub(crate) fn admit_exclusive_sub_buffer(&self) -> bool {
        self.update(|now| {
            (now & !(SUB_BUFFER | EXCLUSIVE_SUB_BUFFER) == 0).then_some(SUB_BUFFER | EXCLUSIVE_SUB_BUFFER)
        })
        .is_some()
    }

    /// Replaces the exclusive borrow of the whole by that of its two sub-buffers.
    pub(crate) fn divide(&self) {
        self.0.store(SUB_BUFFER | EXCLUSIVE_SUB_BUFFER, Ordering::Release);
    }

    /// Records which borrows of sub-buffers are left.
    pub(crate) fn set_sub_buffers(&self, any: bool, exclusive: bool) {
        let sub_buffers = (u32::from(any) * SUB_BUFFER) | (u32::from(exclusive) * EXCLUSIVE_SUB_BUFFER);
        self.update(|now| Some(now & !(SUB_BUFFER | EXCLUSIVE_SUB_BUFFER) | sub_buffers));
    }

    /// Refuses all borrows while the whole becomes read-only. False unless nothing is borrowed but sub-buffers,
    /// shared.
    pub(crate) fn begin_freezing(&self) -> bool {
        self.update(|now| (now & !SUB_BUFFER == 0).then_some(now | EXCLUSIVE)).is_some()
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
    fn shared_borrows_refuse_an_exclusive_borrow() {
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
    fn the_last_borrow_of_a_doomed_buffer_releases_it() {
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
    fn borrowed_sub_buffers_refuse_borrows_of_the_whole() {
        let flag = Flag::new();
        assert!(flag.admit_shared_sub_buffer());
        assert!(flag.share() && !flag.exclude(), "the whole may be read beside a sub-buffer, not written");
        assert!(!flag.admit_exclusive_sub_buffer(), "the whole is being read");
        assert!(!flag.end_shared());
        assert!(flag.admit_exclusive_sub_buffer());
        assert!(!flag.share() && !flag.exclude());
        flag.set_sub_buffers(false, false);
        assert!(flag.exclude() && !flag.admit_shared_sub_buffer());
    }
}
