//! Gifts: plain arrays that a function takes as a `Vec`.
//!
//! JavaScript copies the elements into new memory of a slot that stays, and the call moves that memory out. So the call makes no
//! slot, and the function has the allocation itself.

use crate::element::layout_of;
use crate::kept::{Kept, try_push};
use crate::memory::{allocate_to_fill, deallocate};
use crate::scratch::{ALIGN, give, no_memory};
use crate::sync::Ordering;
use crate::table::{self, GIFT, GIFT_ALIGN, MUTABLE, Slot, Storage};

thread_local! {
    /// One slot for each argument of a call. Of each thread, as scratch memory is.
    static POOL: Kept<Vec<&'static Slot>> = const { Kept::new(Vec::new()) };
}

fn with_pool<R>(f: impl FnOnce(&mut Vec<&'static Slot>) -> R) -> R {
    POOL.with(|pool| pool.with(f))
}

/// A limit for callers that make up numbers. A call with more vectors is refused: two of them may not have one slot.
const MOST_GIFTS: usize = 64;

/// Memory for `len` elements of type `tag`, for JavaScript to fill right before the call that takes it: the address and the
/// handle. `ordinal` tells the gifts of one call from each other. `None` if there is no memory, no handle or no such type.
pub(crate) fn prepare(ordinal: u32, tag: u32, len: u32) -> Option<(*mut u8, u32)> {
    if ordinal as usize >= MOST_GIFTS {
        return None;
    }
    // The slot has memory of this alignment also when it is empty.
    layout_of(tag, len as usize).filter(|layout| layout.align() <= ALIGN)?;
    let slot = with_pool(|pool| {
        // Above those that running calls borrow: a made-up handle may have got there.
        let free_from = pool.iter().rposition(|slot| slot.borrow.is_borrowed()).map_or(0, |last| last + 1);
        let index = free_from + ordinal as usize;
        while pool.len() <= index {
            let slot = table::insert(0, no_memory(), 0, GIFT, None)?;
            if try_push(pool, slot).is_none() {
                table::recycle(slot);
                return None;
            }
            give(slot);
        }
        pool.get(index).copied()
    })?;
    empty(slot);
    let len = len as usize;
    let data = allocate_to_fill(tag, len)?;
    slot.set_tag(tag | MUTABLE);
    slot.len.store(len, Ordering::Relaxed);
    slot.data.store(data, Ordering::Relaxed);
    Some((data, slot.handle.load(Ordering::Relaxed)))
}

/// Moves the memory out of a slot that nobody borrows: its address, and its length in elements, which is its capacity.
pub(crate) fn take(slot: &Slot) -> (*mut u8, usize) {
    let len = slot.len.swap(0, Ordering::Relaxed);
    (slot.data.swap(no_memory(), Ordering::Relaxed), len)
}

/// Frees the memory of a slot that nobody borrows.
fn empty(slot: &Slot) {
    let (data, capacity) = take(slot);
    // As `prepare` has allocated it: the slot still has that tag.
    deallocate(data, slot.type_tag(), capacity);
}

/// Frees a gift that no call has taken. The handle may be made up.
pub(crate) fn free(handle: u32) -> bool {
    let gift = table::lookup(handle).filter(|slot| {
        matches!(slot.storage(), Storage::Scratch { align: GIFT_ALIGN, .. }) && !slot.borrow.is_borrowed()
    });
    gift.map(empty).is_some()
}

/// Frees the slots of this thread.
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
pub(crate) fn end() {
    for slot in with_pool(core::mem::take) {
        crate::threads::count_hold(slot, -1);
        give_back(slot);
    }
}

/// Frees a slot whose thread has ended, and its memory.
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
pub(crate) fn give_back(slot: &'static Slot) {
    empty(slot);
    crate::scratch::retire(slot);
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::element::Number as _;
    use crate::fault::{Fault, Refusal};
    use crate::guard::{exclusive, retain, take as take_buffer, take_vec};
    use crate::raw::tests::alone;
    use crate::raw::{
        free as free_handle, free_later, freeze, length, live_buffers, live_bytes, live_handles,
    };

    const U8: u32 = u8::TAG;
    const F32: u32 = f32::TAG;

    fn fault<T>(result: Result<T, Refusal>) -> Option<Fault> {
        result.err().map(|refusal| refusal.fault)
    }

    #[test]
    fn a_gift_is_taken_once_and_is_nothing_else() {
        let _alone = alone();
        let before = (live_handles(), live_buffers(), live_bytes());
        let (data, handle) = prepare(0, F32, 3).unwrap();
        assert_eq!((free_handle(handle), freeze(handle)), (0, 0));
        assert_eq!(fault(take_buffer::<f32>(handle, 0)), Some(Fault::Type));
        assert_eq!(fault(retain::<f32>(handle, 0)), Some(Fault::Type));
        assert_eq!(fault(take_vec::<u32>(handle, 0)), Some(Fault::Type));
        exclusive::<f32>(handle, 0).unwrap().copy_from_slice(&[1.0, 2.0, 3.0]);
        let taken = take_vec::<f32>(handle, 0).unwrap().into_vec();
        assert_eq!(
            (taken.as_ptr(), &taken[..], taken.capacity()),
            (data.cast_const().cast(), &[1.0, 2.0, 3.0][..], 3)
        );
        // Its slot stays, without memory.
        assert_eq!(take_vec::<f32>(handle, 0).unwrap().into_vec(), []);
        assert_eq!(prepare(0, U8, 4).unwrap().1, handle);
        assert_ne!(prepare(1, U8, 4).unwrap().1, handle, "another array of the same call");
        assert_eq!((live_handles(), live_buffers(), live_bytes()), before, "no buffer of anybody's");
    }

    #[test]
    fn a_gift_that_no_call_takes_is_freed() {
        let _alone = alone();
        let (_, handle) = prepare(0, U8, 1000).unwrap();
        assert_eq!((length(handle), free(handle)), (1000, true));
        assert_eq!((length(handle), free(handle)), (0, true));
        assert_eq!(free_later(handle), 0);
        // So is one that a made-up handle has borrowed, when that ends.
        let (_, handle) = prepare(0, U8, 2).unwrap();
        let borrowed = exclusive::<u8>(handle, 0).unwrap();
        assert!(!free(handle));
        assert_ne!(prepare(0, U8, 3).unwrap().1, handle, "a call under way keeps its own");
        assert_eq!(borrowed.len(), 2);
        drop(borrowed);
        assert!(prepare(0, 99, 1).is_none());
        assert!(prepare(64, U8, 1).is_none(), "one more than a call may have");
    }
}
