//! Two threads in every order of events that loom finds: `cargo xtask test --only models`.

use loom::thread;

use crate::ledger;
use crate::sync::{AtomicUsize, Ordering};
use crate::table::{self, MUTABLE, SUB_BUFFER, Slot, Storage};

/// Memory that is never released: the tests check who would be allowed to.
fn whole(tag: u32, len: usize) -> &'static Slot {
    let storage = Storage::Vec { capacity: 0 };
    table::insert(tag, core::ptr::without_provenance_mut(16), len, storage, None).expect("a slot is free")
}

fn sub_buffer(of: &'static Slot, start: usize, len: usize) -> &'static Slot {
    let data = of.data.load(Ordering::Relaxed).wrapping_add(start);
    of.hold();
    table::insert(MUTABLE | SUB_BUFFER, data, len, Storage::SubBuffer { of }, Some(of))
        .expect("a slot is free")
}

/// The writers and readers that were granted access.
struct Inside {
    writers: AtomicUsize,
    readers: AtomicUsize,
}

impl Inside {
    fn new() -> Self {
        Inside { writers: AtomicUsize::new(0), readers: AtomicUsize::new(0) }
    }

    fn write(&self) {
        assert_eq!(self.writers.fetch_add(1, Ordering::SeqCst), 0, "two writers");
        assert_eq!(self.readers.load(Ordering::SeqCst), 0, "a writer beside a reader");
        self.writers.fetch_sub(1, Ordering::SeqCst);
    }

    fn read(&self) {
        self.readers.fetch_add(1, Ordering::SeqCst);
        assert_eq!(self.writers.load(Ordering::SeqCst), 0, "a reader beside a writer");
        self.readers.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn every_order_of_a_reader_and_a_writer() {
    loom::model(|| {
        let slot = whole(MUTABLE, 4);
        let inside = loom::sync::Arc::new(Inside::new());
        let other = inside.clone();
        let writer = thread::spawn(move || {
            if slot.borrow.exclude() {
                other.write();
                assert!(!slot.borrow.end_exclusive());
            }
        });
        if slot.borrow.share() {
            inside.read();
            assert!(!slot.borrow.end_shared());
        }
        writer.join().unwrap();
        assert!(slot.borrow.exclude(), "both have ended");
    });
}

#[test]
fn every_order_of_the_last_release_and_the_last_borrow() {
    loom::model(|| {
        let slot = whole(0, 0);
        assert!(slot.borrow.share());
        let reader = thread::spawn(move || slot.borrow.end_shared());
        let released = slot.references.fetch_sub(1, Ordering::AcqRel) == 1 && slot.borrow.end_of_life();
        let ended = reader.join().unwrap();
        assert!(released != ended, "exactly one of the two frees the buffer");
    });
}

#[test]
fn every_order_of_counting_up_and_down() {
    loom::model(|| {
        let slot = whole(0, 0);
        slot.hold();
        let other = thread::spawn(move || {
            slot.hold();
            slot.release();
            slot.references.fetch_sub(1, Ordering::AcqRel) == 1
        });
        let last = slot.references.fetch_sub(1, Ordering::AcqRel) == 1;
        assert!(last != other.join().unwrap(), "one of them was the last");
    });
}

/// Another thread writes to a sub-buffer, while this one reads what `share` borrows, if it is granted.
fn beside_a_writer_of(one: &'static Slot, share: impl FnOnce() -> bool, end: impl FnOnce() -> bool) {
    let inside = loom::sync::Arc::new(Inside::new());
    let other = inside.clone();
    let writer = thread::spawn(move || {
        if ledger::exclude(one) {
            other.write();
            assert!(!ledger::end_exclusive(one));
        }
    });
    if share() {
        inside.read();
        assert!(!end());
    }
    writer.join().unwrap();
}

#[test]
fn every_order_of_two_sub_buffers_that_overlap() {
    loom::model(|| {
        let slot = whole(MUTABLE, 8);
        let (one, two) = (sub_buffer(slot, 0, 5), sub_buffer(slot, 4, 4));
        beside_a_writer_of(one, || ledger::share(two), || ledger::end_shared(two));
        assert!(!slot.borrow.is_borrowed(), "the ledger is empty");
    });
}

#[test]
fn every_order_of_a_sub_buffer_and_the_whole() {
    loom::model(|| {
        let slot = whole(MUTABLE, 8);
        let one = sub_buffer(slot, 0, 4);
        let share = || slot.borrow.share();
        let end = || slot.borrow.end_shared();
        beside_a_writer_of(one, share, end);
        assert!(slot.borrow.exclude(), "both have ended");
    });
}

#[test]
fn every_order_of_two_threads_that_take_and_return_slots() {
    let mut model = loom::model::Builder::new();
    // The lock around each first and last hold makes too many orders. Two forced switches find the errors there are.
    model.preemption_bound = Some(2);
    model.check(|| {
        let make = || {
            let slot = whole(0, 0);
            let handle = slot.give_to_js();
            assert!(core::ptr::eq(table::lookup(handle).expect("alive"), slot));
            assert!(slot.take_from_js());
            assert!(table::lookup(handle).is_none(), "dead");
            slot.release();
            handle
        };
        let other = thread::spawn(make);
        let (one, two) = (make(), other.join().unwrap());
        assert_ne!(one, two, "no handle twice in a row");
    });
}

#[test]
fn every_order_of_a_look_up_and_a_free() {
    loom::model(|| {
        let slot = whole(MUTABLE, 0);
        let handle = slot.give_to_js();
        // A thread that has found the slot may still be refused: a doomed slot is not borrowed again.
        let other = thread::spawn(move || {
            table::lookup(handle).is_some_and(|found| found.borrow.share() && found.borrow.end_shared())
        });
        assert!(slot.take_from_js(), "it was the only reference");
        let released = slot.references.fetch_sub(1, Ordering::AcqRel) == 1 && slot.borrow.end_of_life();
        let ended = other.join().unwrap();
        assert!(released != ended, "exactly one of the two frees the buffer");
        assert!(table::lookup(handle).is_none());
    });
}

#[test]
fn every_order_of_giving_again_and_taking_back() {
    loom::model(|| {
        // JavaScript has one reference. Rust has one on another thread, which returns its buffer to its own JavaScript.
        let slot = whole(0, 0);
        slot.hold();
        let _ = slot.give_to_js();
        let returning = thread::spawn(move || slot.give_to_js());
        if slot.take_from_js() {
            slot.release();
        }
        let handle = returning.join().unwrap();
        assert!(
            table::lookup(handle).is_some_and(|found| core::ptr::eq(found, slot)),
            "the handle leads there"
        );
    });
}

#[test]
fn every_order_of_a_freeze_of_the_whole_and_a_writer_of_a_sub_buffer() {
    loom::model(|| {
        let slot = whole(MUTABLE, 8);
        let handle = slot.give_to_js();
        let one = sub_buffer(slot, 0, 4);
        let inside = loom::sync::Arc::new(Inside::new());
        let other = inside.clone();
        let writer = thread::spawn(move || {
            if one.is_mutable() && ledger::exclude(one) {
                other.write();
                let _ = ledger::end_exclusive(one);
            }
        });
        if crate::raw::freeze(handle) != 0 && slot.borrow.share() {
            // A `Buffer` that the call retained: it reads for as long as it lives, without a borrow.
            let _ = slot.borrow.end_shared();
            inside.read();
        }
        writer.join().unwrap();
    });
}

#[test]
fn every_order_of_a_lookup_and_a_reuse() {
    loom::model(|| {
        let slot = whole(0, 0);
        let handle = slot.give_to_js();
        let looking = thread::spawn(move || {
            if let Ok(guard) = crate::guard::shared::<u8>(handle, 0) {
                assert!(guard.is_empty(), "borrowed what others have by now");
            }
        });
        assert!(slot.take_from_js());
        slot.release();
        let next = whole(0, 5);
        let _ = next.give_to_js();
        looking.join().unwrap();
    });
}

#[test]
fn every_order_of_a_writer_of_a_part_and_a_freeze_of_its_whole() {
    loom::model(|| {
        let handle = crate::raw::alloc(MUTABLE, 4, false);
        let part = crate::raw::sub_buffer(handle, 0, 0, 2);
        let writer = thread::spawn(move || {
            if let Ok(guard) = crate::guard::exclusive::<u8>(part, 0) {
                let whole = table::lookup(part).expect("alive").base();
                assert!(whole.is_mutable(), "a writer of read-only memory");
                drop(guard);
            }
        });
        let _ = crate::raw::freeze(handle);
        writer.join().unwrap();
    });
}
