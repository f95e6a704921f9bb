//! How many holders Rust has for each place of the object table's slab (`runtime/js/objects.js`), so that a clone needs no call of
//! JavaScript; and which places nobody holds any more, so that a drop within a call needs none either.

use core::cell::{Cell, RefCell};
use core::mem::ManuallyDrop;

use crate::{checks, js};

/// The indices below are those of `undefined`, `null`, `true` and `false`, which nobody counts.
pub(super) const CONSTANTS: i32 = 4;

/// In builds with checks, an index has a generation above its place.
const PLACE: i32 = if checks::ENABLED { (1 << 24) - 1 } else { i32::MAX };

/// How many indices [`ToFree`] has room for.
const ROOM_FOR: usize = 61;

/// The indices that Rust has let go of and that JavaScript still has to free: it does so when a call with an owned argument returns.
#[repr(C)]
pub(crate) struct ToFree {
    /// One of them, or 0. Mostly it is the only one: the argument of the call that returns.
    first: Cell<i32>,
    /// How many more.
    len: Cell<u32>,
    indices: [Cell<i32>; ROOM_FOR],
    /// The calls with owned arguments that have not returned: while there is one, somebody will look.
    calls: Cell<u32>,
}

// One for each thread, as the table is one of JavaScript's, which has one for each. Without destructors, which every access would
// have to ask about.
crate::host_static! {
    thread_local static TO_FREE: ToFree = const {
        ToFree { first: Cell::new(0), len: Cell::new(0), indices: [const { Cell::new(0) }; ROOM_FOR], calls: Cell::new(0) }
    };
}
crate::host_static! {
    thread_local static COUNTS: Cell<&'static [Cell<u32>]> = const { Cell::new(&[]) };
}
thread_local! {
    /// What `COUNTS` refers to.
    static ROOM: RefCell<ManuallyDrop<Vec<Cell<u32>>>> = const { RefCell::new(ManuallyDrop::new(Vec::new())) };
}

/// Where JavaScript finds the first of the to_free indices, the number of the others, and they.
pub(crate) fn to_free_address() -> usize {
    TO_FREE.with(|to_free| core::ptr::from_ref(to_free).expose_provenance())
}

/// Makes room for as many places as JavaScript has; false if there is no memory.
pub(crate) fn reserve(places: u32) -> bool {
    ROOM.with_borrow_mut(|room| {
        let more = (places as usize).saturating_sub(room.len());
        // Of its own, for the old one is in use until `COUNTS` is set.
        let mut larger = Vec::new();
        if larger.try_reserve_exact(room.len() + more).is_err() {
            return false;
        }
        larger.extend(room.iter().cloned());
        larger.resize(room.len() + more, Cell::new(0));
        let counts: *const [Cell<u32>] = larger.as_slice();
        // SAFETY: the allocation stays where it is until `COUNTS` refers to another, below and here alone; nobody keeps the slice
        // for longer than `with` takes.
        let counts: &'static [Cell<u32>] = unsafe { &*counts };
        COUNTS.with(|place| place.set(counts));
        drop(ManuallyDrop::into_inner(core::mem::replace(room, ManuallyDrop::new(larger))));
        true
    })
}

#[inline(always)]
fn with<R>(index: i32, f: impl FnOnce(&Cell<u32>) -> R) -> Option<R> {
    if index < CONSTANTS {
        return None;
    }
    COUNTS.with(|counts| counts.get().get((index & PLACE) as usize).map(f))
}

/// The first holder of a value that JavaScript has just put there.
#[inline]
pub(super) fn first_reference(index: i32) {
    with(index, |count| count.set(1));
}

/// One more holder. (Of 2^32 the last ones are not counted, and the place is never freed.)
#[inline]
pub(super) fn add_reference(index: i32) {
    with(index, |count| count.set(count.get().saturating_add(1)));
}

/// How many holders it has.
pub(crate) fn references(index: i32) -> u32 {
    with(index, Cell::get).unwrap_or(0)
}

/// One holder less: whether it was the last.
#[inline(always)]
#[must_use]
pub(super) fn drop_reference(index: i32) -> bool {
    let less = |count: &Cell<u32>| {
        let (now, is_first) = (count.get(), count.get() == 1);
        // None are left, and none are counted, where numbers were made up.
        count.set(if now == u32::MAX { now } else { now.saturating_sub(1) });
        is_first
    };
    with(index, less).unwrap_or(false)
}

/// Has JavaScript free a place that nobody holds: when the call returns, or at once outside of such a call.
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

/// A call begins that owns an argument; its number of holders is 0 then, or the index is made up, and this false.
#[inline(always)]
#[must_use]
pub(super) fn enter(index: i32) -> bool {
    TO_FREE.with(|to_free| to_free.calls.set(to_free.calls.get() + 1));
    (0..CONSTANTS).contains(&index)
        || with(index, |count| count.get() == 0 && count.replace(1) == 0).unwrap_or(false)
}

/// A call has ended before it gave its owned argument away: takes the guard's count back; true if it was the last.
pub(crate) fn release_argument(index: i32) -> bool {
    leave();
    drop_reference(index)
}

/// It ends.
#[inline(always)]
pub(crate) fn leave() {
    TO_FREE.with(|to_free| to_free.calls.set(to_free.calls.get().saturating_sub(1)));
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    /// Room for the length of a test, for threads give none back.
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
            drop(ManuallyDrop::into_inner(ROOM.take()));
        }
    }

    fn to_free() -> Vec<i32> {
        TO_FREE.with(|to_free| {
            let others = &to_free.indices[..to_free.len.take() as usize];
            core::iter::once(&to_free.first).chain(others).map(Cell::take).collect()
        })
    }

    #[test]
    fn an_argument_is_noted_when_its_last_holder_goes() {
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
    fn constants_and_numbers_that_stand_for_nothing_are_not_counted() {
        assert!(enter(0) && enter(3) && !enter(1 << 20) && !enter(-7));
        (0..4).for_each(|_| leave());
        add_reference(2);
        assert!(!drop_reference(2) && !drop_reference(1 << 20));
    }
}
