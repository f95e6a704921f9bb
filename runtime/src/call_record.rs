//! Call records: what Rust must know about a running call if an exception leaves it.
//!
//! An exception of JavaScript goes through frames of Rust without running destructors. So the JavaScript shim ends
//! what the call holds. It knows the handles of slices. A call borrows them before the first foreign code runs, until
//! its end. The shim does not know whether the arguments were already moved. It also does not know instances that the call
//! takes by value. Calls with such arguments record both here, on a stack of their own.

use core::cell::Cell;

use crate::fault::{Fault, Refusal};
use crate::kept::{Kept, try_push};
use crate::table::Slot;

/// A call has begun, and its arguments still belong to JavaScript.
const OPEN: u32 = u32::MAX;
/// A call whose owned arguments have been moved to the function.
const MOVED: u32 = u32::MAX - 1;
/// Stands for a borrow of an instance that has ended.
const EMPTY: u32 = u32::MAX - 2;
/// `CONVERTING - n`: argument `n` is being converted. The call is otherwise `OPEN`. Indices of slots are smaller than
/// these numbers.
const CONVERTING: u32 = u32::MAX - 3;
const LAST_CONVERTING: u32 = CONVERTING - 255;

/// The number of entries that need no allocation.
const FEW: usize = 256;

/// # Invariants
///
/// - The stack has one group per running call with a record, the innermost on top. A group is one state (`OPEN`,
///   converting, or `MOVED`), then the indices of the slots that the call has borrowed.
/// - A call removes its group when its guard drops. If an exception left it, `unwind` removes the group.
/// - There are `len` entries. The first are in `few`, and those that do not fit are in `MORE_CALLS`.
#[repr(C)]
pub(crate) struct CallRecords {
    len: Cell<usize>,
    few: [Cell<u32>; FEW],
}

// One stack for each thread. The list is a static of its own: an empty list is not all zeros, and the whole stack would
// take room in the module.
crate::host_static! {
    thread_local static CALLS: CallRecords = const {
        CallRecords { len: Cell::new(0), few: [const { Cell::new(0) }; FEW]  }
    };
}
crate::host_static! {
    thread_local static MORE_CALLS: Kept<Vec<u32>> = const { Kept::new(Vec::new()) };
}

impl CallRecords {
    #[inline]
    fn push(&self, entry: u32) -> Option<usize> {
        let at = self.len.get();
        match self.few.get(at) {
            Some(place) => place.set(entry),
            None => Self::push_more(entry)?,
        }
        self.len.set(at + 1);
        Some(at)
    }

    #[cold]
    fn push_more(entry: u32) -> Option<()> {
        MORE_CALLS.with(|more| more.with(|more| try_push(more, entry)))
    }

    #[inline]
    fn set(&self, at: usize, entry: u32) {
        match self.few.get(at) {
            Some(place) => place.set(entry),
            None => Self::set_more(at - FEW, entry),
        }
    }

    #[cold]
    fn set_more(at: usize, entry: u32) {
        MORE_CALLS.with(|more| {
            more.with(|more| {
                if let Some(place) = more.get_mut(at) {
                    *place = entry;
                }
            });
        });
    }

    fn get(&self, at: usize) -> Option<u32> {
        match self.few.get(at) {
            Some(place) => Some(place.get()),
            None => MORE_CALLS.with(|more| more.with(|more| more.get(at - FEW).copied())),
        }
    }

    #[inline]
    fn truncate(&self, len: usize) {
        if self.len.replace(len) > FEW {
            Self::truncate_more(len);
        }
    }

    #[cold]
    fn truncate_more(len: usize) {
        MORE_CALLS.with(|more| {
            more.with(|more| match len.checked_sub(FEW) {
                None | Some(0) => *more = Vec::new(),
                Some(len) => more.truncate(len),
            });
        });
    }

    fn pop(&self) -> Option<u32> {
        let last = self.len.get().checked_sub(1)?;
        let entry = self.get(last);
        self.truncate(last);
        entry
    }
}

fn push(entry: u32, argument: u32) -> Result<usize, Refusal> {
    let refusal = Refusal { fault: Fault::OutOfMemory, argument, handle: 0 };
    CALLS.with(|calls| calls.push(entry)).ok_or(refusal)
}

fn set(at: usize, entry: u32) {
    CALLS.with(|calls| calls.set(at, entry));
}

/// The record of a running call.
///
/// # Invariants
///
/// `at` is the place of its first entry, or `NONE` of a call that needs no record.
pub struct Call {
    at: usize,
}

/// The place of a record that there is not.
const NONE: usize = usize::MAX;

/// Begins the record of a call. O(1).
///
/// # Errors
///
/// `OutOfMemory`.
#[inline]
pub fn begin() -> Result<Call, Refusal> {
    Ok(Call { at: push(OPEN, 0)? })
}

/// Begins the record of a call of references: it needs one only if a value has to be converted, because a type is no exported struct. JavaScript
/// asks for the record in the same case. O(1).
///
/// # Errors
///
/// `OutOfMemory`.
#[inline]
pub fn begin_if(has_value: bool) -> Result<Call, Refusal> {
    if has_value { begin() } else { Ok(Call { at: NONE }) }
}

impl Call {
    /// Records that an argument is being converted, which may run foreign code.
    #[inline]
    pub fn converting(&self, argument: u32) {
        if self.at != NONE {
            set(self.at, CONVERTING - argument.min(255));
        }
    }

    /// Records that the conversion has ended.
    ///
    /// # Errors
    ///
    /// The refusal of the conversion.
    #[inline]
    pub fn read<T>(&self, converted: Result<T, Refusal>) -> Result<T, Refusal> {
        if self.at != NONE {
            set(self.at, OPEN);
        }
        converted
    }

    /// Records that every argument was accepted: the function owns what it takes from here on.
    #[inline]
    pub fn moved(&self) {
        if self.at != NONE {
            set(self.at, MOVED);
        }
    }
}

impl Drop for Call {
    #[inline]
    fn drop(&mut self) {
        if self.at == NONE {
            return;
        }
        CALLS.with(|calls| {
            if crate::unwind::UNWINDS {
                WAS_MOVED.set(calls.get(self.at) == Some(MOVED));
            }
            calls.truncate(self.at);
        });
    }
}

thread_local! {
    /// Whether the last record that was removed was `MOVED`. Used where panics unwind.
    static WAS_MOVED: Cell<bool> = const { Cell::new(false) };
}

/// True if the call that a panic has just left had moved its arguments. A call without a record moves none.
pub(crate) fn was_moved() -> bool {
    WAS_MOVED.take()
}

/// The entry of an instance that the innermost call has borrowed. Drop it when the borrow has ended.
pub(crate) struct RecordedBorrow {
    at: usize,
}

/// Records that the innermost call has borrowed `slot`.
pub(crate) fn record_borrow(slot: &'static Slot, argument: u32) -> Result<RecordedBorrow, Refusal> {
    Ok(RecordedBorrow { at: push(slot.index(), argument)? })
}

/// True if the innermost call has recorded a borrow of the slot of this index.
#[cold]
pub(crate) fn has_borrowed(index: u32) -> bool {
    let is_borrow = |entry: &u32| *entry < LAST_CONVERTING || *entry == EMPTY;
    CALLS.with(|calls| {
        let newest_first = (0..calls.len.get()).rev().filter_map(|at| calls.get(at));
        newest_first.take_while(is_borrow).any(|entry| entry == index)
    })
}

impl Drop for RecordedBorrow {
    fn drop(&mut self) {
        set(self.at, EMPTY);
    }
}

/// How far a call was when an exception left it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Left {
    /// Its arguments still belonged to JavaScript.
    Open,
    /// Its arguments still belonged to JavaScript, and this one was being converted.
    Converting(u32),
    /// The function owned its arguments.
    Moved,
}

impl Left {
    /// The number that JavaScript gets.
    pub(crate) fn number(self) -> u32 {
        match self {
            Left::Open => 0,
            Left::Moved => 1,
            Left::Converting(argument) => argument + 2,
        }
    }
}

/// Removes the innermost record, whose call an exception left, and ends the borrows in it.
pub(crate) fn unwind() -> Left {
    loop {
        match CALLS.with(CallRecords::pop) {
            None | Some(OPEN) => return Left::Open,
            Some(MOVED) => return Left::Moved,
            Some(EMPTY) => {}
            Some(entry @ LAST_CONVERTING..=CONVERTING) => return Left::Converting(CONVERTING - entry),
            Some(index) => {
                if let Some(slot) = crate::table::slot_at(index) {
                    crate::release::abandon_slot(slot);
                }
            }
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::raw::tests::alone;
    use crate::raw::{alloc, free, is_borrowed};

    fn slot(handle: u32) -> &'static Slot {
        crate::table::lookup(handle).expect("alive")
    }

    #[test]
    fn a_slot_is_borrowed_by_the_innermost_call_only() {
        let _alone = alone();
        let (one, other) = (alloc(0, 1, false), alloc(0, 1, false));
        let outer = begin().unwrap();
        let recorded = record_borrow(slot(one), 0).unwrap();
        assert!(has_borrowed(slot(one).index()) && !has_borrowed(slot(other).index()));
        let inner = begin().unwrap();
        inner.converting(0);
        assert!(!has_borrowed(slot(one).index()), "the outer call has");
        let ended = record_borrow(slot(other), 0).unwrap();
        let newest = record_borrow(slot(one), 1).unwrap();
        drop(ended);
        assert!(has_borrowed(slot(one).index()) && !has_borrowed(slot(other).index()));
        drop((newest, inner, recorded, outer));
        assert!(!has_borrowed(slot(one).index()));
        free(one);
        free(other);
    }

    #[test]
    fn unwind_ends_only_the_borrows_of_the_innermost_call() {
        let _alone = alone();
        let (one, other) = (alloc(0, 1, false), alloc(0, 1, false));
        let outer = begin().unwrap();
        assert!(slot(one).borrow.share());
        let recorded = record_borrow(slot(one), 0).unwrap();
        outer.moved();
        // The frames of an inner call, which an exception leaves.
        let inner = core::mem::ManuallyDrop::new(begin().unwrap());
        assert!(slot(one).borrow.share() && slot(other).borrow.share());
        let left = [record_borrow(slot(one), 0).unwrap(), record_borrow(slot(other), 1).unwrap()];
        core::mem::forget(left);
        assert_eq!(unwind(), Left::Open, "it had moved nothing");
        assert_eq!((slot(one).borrow.borrows(), is_borrowed(other)), (1, 0));
        let _ = inner;
        let _ = slot(one).borrow.end_shared();
        drop(recorded);
        assert_eq!(unwind(), Left::Moved, "the outer one had");
        core::mem::forget(outer);
        assert_eq!((free(one), free(other)), (1, 1));
    }

    #[test]
    fn records_nest_beyond_the_static_part() {
        let calls: Vec<Call> = (0..1000).map(|_| begin().unwrap()).collect();
        calls[700].moved();
        for index in (0..1000).rev() {
            assert_eq!(unwind() == Left::Moved, index == 700);
        }
        assert_eq!(CALLS.with(|calls| calls.len.get()), 0);
        calls.into_iter().for_each(core::mem::forget);
        let (outer, inner) = (begin().unwrap(), begin().unwrap());
        drop(inner);
        outer.converting(3);
        assert_eq!(unwind(), Left::Converting(3));
        core::mem::forget(outer);
    }

    #[test]
    fn a_borrow_that_has_ended_is_not_ended_again() {
        let _alone = alone();
        let handle = alloc(0, 1, false);
        let call = core::mem::ManuallyDrop::new(begin().unwrap());
        assert!(slot(handle).borrow.share());
        drop(record_borrow(slot(handle), 0).unwrap());
        call.moved();
        assert_eq!(unwind(), Left::Moved);
        assert_eq!(slot(handle).borrow.borrows(), 1);
        let _ = slot(handle).borrow.end_shared();
        assert_eq!(free(handle), 1);
    }
}
