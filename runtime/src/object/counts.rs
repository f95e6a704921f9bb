//! Reference counts of the places in the object table (`runtime/js/objects.js`).
//!
//! Rust counts them, so a clone needs no call of JavaScript. A drop within a call needs none either: the place is
//! recorded, and the shim frees it when the call has returned.

use core::cell::Cell;

use crate::kept::Kept;

use crate::{checks, js};

/// Lower indices are `undefined`, `null`, `true` and `false`, which are not counted.
pub(super) const CONSTANTS: i32 = 4;

/// The bits of an index that are the place. In builds with checks a generation is above them.
const PLACE: i32 = if checks::ENABLED { (1 << 24) - 1 } else { i32::MAX };

/// The number of indices that [`ToFree`] has room for.
const ROOM_FOR: usize = 61;

/// The indices whose last reference was dropped, for JavaScript to free. It does so when a call with an owned
/// argument returns.
#[repr(C)]
pub(crate) struct ToFree {
    /// One of them, or 0. Usually it is the only one: the argument of the call that returns.
    first: Cell<i32>,
    /// The number of the others.
    len: Cell<u32>,
    indices: [Cell<i32>; ROOM_FOR],
    /// The number of running calls with owned arguments. While it is above 0, JavaScript reads this list after the
    /// call.
    calls: Cell<u32>,
}

// For each thread, as JavaScript has a table for each. Without destructors: each access would have to check for them.
crate::host_static! {
    thread_local static TO_FREE: ToFree = const {
        ToFree { first: Cell::new(0), len: Cell::new(0), indices: [const { Cell::new(0) }; ROOM_FOR], calls: Cell::new(0) }
    };
}
crate::host_static! {
    thread_local static COUNTS: Cell<&'static [Cell<u32>]> = const { Cell::new(&[]) };
}
thread_local! {
    /// The memory that `COUNTS` refers to.
    static ROOM: Kept<Vec<Cell<u32>>> = const { Kept::new(Vec::new()) };
}

/// The address of the indices to free: the first, the number of the others, and the others.
pub(crate) fn to_free_address() -> usize {
    TO_FREE.with(|to_free| core::ptr::from_ref(to_free).expose_provenance())
}

/// Makes room for as many places as JavaScript has. False if there is no memory.
pub(crate) fn reserve(places: u32) -> bool {
    ROOM.with(|room| {
        room.with(|room| {
            let more = (places as usize).saturating_sub(room.len());
            // A new allocation, since the old one is used until `COUNTS` is set.
            let mut larger = Vec::new();
            if larger.try_reserve_exact(room.len() + more).is_err() {
                return false;
            }
            larger.extend(room.iter().cloned());
            larger.resize(room.len() + more, Cell::new(0));
            let counts: *const [Cell<u32>] = larger.as_slice();
            // SAFETY: the allocation stays where it is until `COUNTS` refers to another one, which only happens here.
            // Nobody keeps the slice for longer than `with` runs.
            let counts: &'static [Cell<u32>] = unsafe { &*counts };
            COUNTS.with(|place| place.set(counts));
            *room = larger;
            true
        })
    })
}

#[inline(always)]
fn with<R>(index: i32, f: impl FnOnce(&Cell<u32>) -> R) -> Option<R> {
    if index < CONSTANTS {
        return None;
    }
    COUNTS.with(|counts| counts.get().get((index & PLACE) as usize).map(f))
}

/// Counts the first reference to a value that JavaScript has just put there.
#[inline]
pub(super) fn first_reference(index: i32) {
    with(index, |count| count.set(1));
}

/// Adds one reference. At 2^32 - 1 the count stays, and the place is never freed.
#[inline]
pub(super) fn add_reference(index: i32) {
    with(index, |count| count.set(count.get().saturating_add(1)));
}

/// The number of references.
pub(crate) fn references(index: i32) -> u32 {
    with(index, Cell::get).unwrap_or(0)
}

/// Drops one reference; true if it was the last.
#[inline(always)]
#[must_use]
pub(super) fn drop_reference(index: i32) -> bool {
    let less = |count: &Cell<u32>| {
        let (now, is_first) = (count.get(), count.get() == 1);
        // 0 stays 0: a made-up number has no reference. The greatest count stays, as in `add_reference`.
        count.set(if now == u32::MAX { now } else { now.saturating_sub(1) });
        is_first
    };
    with(index, less).unwrap_or(false)
}

/// Has JavaScript free a place without references: after the running call, or at once if no call runs.
#[inline(always)]
pub(super) fn free(index: i32) {
    TO_FREE.with(|to_free| {
        if to_free.calls.get() == 0 {
            js::object_drop(index);
        } else if to_free.first.get() == 0 {
            to_free.first.set(index);
        } else {
            free_another(to_free, index);
        }
    });
}

#[cold]
fn free_another(to_free: &ToFree, index: i32) {
    let len = to_free.len.get() as usize;
    match to_free.indices.get(len) {
        Some(place) => {
            place.set(index);
            to_free.len.set(len as u32 + 1);
        }
        None => js::object_drop(index),
    }
}

/// Begins a call that owns an argument, and counts its first reference. False if the index is made up or in use.
#[inline(always)]
#[must_use]
pub(super) fn enter(index: i32) -> bool {
    TO_FREE.with(|to_free| to_free.calls.set(to_free.calls.get() + 1));
    (0..CONSTANTS).contains(&index)
        || with(index, |count| count.get() == 0 && count.replace(1) == 0).unwrap_or(false)
}

/// Ends a call that an exception left before it gave its owned argument away. Drops the guard's reference; true if it
/// was the last.
pub(crate) fn release_argument(index: i32) -> bool {
    leave();
    drop_reference(index)
}

/// Ends a call that owns an argument.
#[inline(always)]
pub(crate) fn leave() {
    TO_FREE.with(|to_free| to_free.calls.set(to_free.calls.get().saturating_sub(1)));
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    /// Room for one test. A thread never gives its room back otherwise.
    struct Room;

    impl Room {
        fn of(places: u32) -> Self {
            assert!(reserve(places));
            Room
        }
    }

    impl Drop for Room {
        fn drop(&mut self) {
            COUNTS.set(&[]);
            ROOM.with(|room| room.with(|room| *room = Vec::new()));
        }
    }

    fn to_free() -> Vec<i32> {
        TO_FREE.with(|to_free| {
            let others = &to_free.indices[..to_free.len.take() as usize];
            core::iter::once(&to_free.first).chain(others).map(Cell::take).collect()
        })
    }

    #[test]
    fn an_argument_is_to_be_freed_when_its_last_reference_is_dropped() {
        let _room = Room::of(64);
        assert!(enter(5));
        add_reference(5);
        assert!(!drop_reference(5));
        assert!(drop_reference(5));
        free(5);
        leave();
        assert_eq!(to_free(), [5]);
        assert!(enter(5), "and then it is free for the next call");
        leave();
        assert!(!enter(5), "which has kept it: a second caller has made the number up");
        leave();
        assert!(drop_reference(5));
    }

    #[test]
    fn room_is_made_without_losing_a_count() {
        let _room = Room::of(64);
        first_reference(40);
        add_reference(40);
        assert!(reserve(4096));
        first_reference(4000);
        assert!(!drop_reference(40) && drop_reference(40) && drop_reference(4000));
    }

    #[test]
    fn constants_and_made_up_indices_are_not_counted() {
        assert!(enter(0) && enter(3) && !enter(1 << 20) && !enter(-7));
        (0..4).for_each(|_| leave());
        add_reference(2);
        assert!(!drop_reference(2) && !drop_reference(1 << 20));
    }
}
