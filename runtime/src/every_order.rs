//! Two threads meet in every order that there is (loom): `cargo xtask test --only models`.

use loom::thread;

use crate::ledger;
use crate::sync::{AtomicUsize, Ordering};
use crate::table::{self, MUTABLE, Slot, Storage, VIEW};

/// Memory that nobody frees: what is checked here is who may.
fn whole(shape: u32, len: usize) -> &'static Slot {
    let storage = Storage::Vec { capacity: 0 };
    table::insert(shape, core::ptr::without_provenance_mut(16), len, storage, None).expect("a slot is free")
}

fn part(of: &'static Slot, start: usize, len: usize) -> &'static Slot {
    let data = of.data.load(Ordering::Relaxed).wrapping_add(start);
    of.hold();
    table::insert(MUTABLE | VIEW, data, len, Storage::View { of }, Some(of)).expect("a slot is free")
}

/// Writers and readers that found nobody else.
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
        let released = slot.holders.fetch_sub(1, Ordering::AcqRel) == 1 && slot.borrow.end_of_life();
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
            slot.holders.fetch_sub(1, Ordering::AcqRel) == 1
        });
        let last = slot.holders.fetch_sub(1, Ordering::AcqRel) == 1;
        assert!(last != other.join().unwrap(), "one of them was the last");
    });
}

/// Another thread writes to a part, while this one reads what `share` borrows, if it does.
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
fn every_order_of_two_parts_that_overlap() {
    loom::model(|| {
        let slot = whole(MUTABLE, 8);
        let (one, two) = (part(slot, 0, 5), part(slot, 4, 4));
        beside_a_writer_of(one, || ledger::share(two), || ledger::end_shared(two));
        assert!(!slot.borrow.is_borrowed(), "the ledger is empty");
    });
}

#[test]
fn every_order_of_a_part_and_the_whole() {
    loom::model(|| {
        let slot = whole(MUTABLE, 8);
        let one = part(slot, 0, 4);
        let share = || slot.borrow.share();
        let end = || slot.borrow.end_shared();
        beside_a_writer_of(one, share, end);
        assert!(slot.borrow.exclude(), "both have ended");
    });
}

#[test]
fn every_order_of_two_threads_that_take_and_return_slots() {
    loom::model(|| {
        let make = || {
            let slot = whole(0, 0);
            let handle = slot.lend_to_js();
            assert!(core::ptr::eq(table::lookup(handle).expect("alive"), slot));
            assert!(slot.take_from_js());
            assert!(table::lookup(handle).is_none(), "dead");
            slot.release();
            handle
        };
        let other = thread::spawn(make);
        let (one, two) = (make(), other.join().unwrap());
        assert_ne!(one, two, "no handle twice");
    });
}

#[test]
fn every_order_of_a_look_up_and_a_free() {
    loom::model(|| {
        let slot = whole(MUTABLE, 0);
        let handle = slot.lend_to_js();
        // Whoever has found it may still be refused: a doomed buffer is not lent.
        let other = thread::spawn(move || {
            table::lookup(handle).is_some_and(|found| found.borrow.share() && found.borrow.end_shared())
        });
        assert!(slot.take_from_js(), "it was the only holder");
        let released = slot.holders.fetch_sub(1, Ordering::AcqRel) == 1 && slot.borrow.end_of_life();
        let ended = other.join().unwrap();
        assert!(released != ended, "exactly one of the two frees the buffer");
        assert!(table::lookup(handle).is_none());
    });
}
