//! Tokens, letters and ends of threads, in every order of events that loom finds.

use loom::thread;

use super::{Sent, in_flight, post_release, receive, revoke, share, take};
use crate::raw;
use crate::table::{self, MUTABLE};

const U8: u32 = 0;

fn is_live(handle: u32) -> bool {
    table::lookup(handle).is_some()
}

#[test]
fn every_order_of_two_receivers_of_a_token() {
    loom::model(|| {
        let handle = raw::alloc(U8 | MUTABLE, 0, false);
        let Sent { place, generation, .. } = share(handle).expect("free");
        let other = thread::spawn(move || receive(place, generation));
        let (one, two) = (receive(place, generation), other.join().unwrap());
        assert!([(handle, 0), (0, handle)].contains(&(one, two)), "exactly one has it");
        assert_eq!(raw::free(handle), 1);
        assert!(!is_live(handle) && in_flight() == 0);
    });
}

#[test]
fn every_order_of_a_receiver_and_a_revocation() {
    loom::model(|| {
        let handle = raw::alloc(U8, 0, false);
        let Sent { place, generation, .. } = share(handle).expect("free");
        let other = thread::spawn(move || match receive(place, generation) {
            0 => false,
            handle => raw::free(handle) == 1,
        });
        let was_revoked = revoke(place, generation);
        assert!(was_revoked != other.join().unwrap(), "one of them ends the parcel's hold");
        assert!(is_live(handle), "the sender has its own");
        assert_eq!(raw::free(handle), 1);
        assert!(!is_live(handle));
    });
}

#[test]
fn every_order_of_a_free_and_a_receiver_that_frees() {
    loom::model(|| {
        let handle = raw::alloc(U8, 0, false);
        let Sent { place, generation, .. } = share(handle).expect("free");
        let receiver = thread::spawn(move || raw::free(receive(place, generation)));
        assert_eq!(raw::free(handle), 1);
        assert_eq!(receiver.join().unwrap(), 1);
        assert!(!is_live(handle), "the last of the two has released it");
    });
}

#[test]
fn every_order_of_a_sender_and_a_guessed_token() {
    loom::model(|| {
        let handle = raw::alloc(U8, 0, false);
        // The first token of all.
        let guesser = thread::spawn(|| match receive(0, 1) {
            0 => 0,
            handle => raw::free(handle),
        });
        share(handle).expect("free");
        let was_received = guesser.join().unwrap() == 1;
        assert!(is_live(handle), "the sender has its own hold");
        assert_eq!((raw::free(handle), in_flight()), (1, u32::from(!was_received)));
    });
}

#[test]
fn every_order_of_two_senders() {
    loom::model(|| {
        let handles = [raw::alloc(U8 | MUTABLE, 0, false), raw::alloc(U8 | MUTABLE, 0, false)];
        let other = thread::spawn(move || share(handles[1]).expect("free"));
        let one = share(handles[0]).expect("free");
        let two = other.join().unwrap();
        assert_eq!([receive(one.place, one.generation), receive(two.place, two.generation)], handles);
        for handle in handles {
            assert_eq!(raw::free(handle), 1);
        }
    });
}

#[test]
fn every_order_of_letters() {
    loom::model(|| {
        // Loom's threads are one thread of the system, with one number. Its statics are made anew in each run.
        let own = super::number();
        super::holds::register(own);
        let writer = thread::spawn(move || post_release(own, 1));
        post_release(own, 2);
        let early = take();
        writer.join().unwrap();
        let mut all = [early, take(), take()];
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2], "each is read once");
    });
}

#[test]
fn every_order_of_the_end_of_a_thread_and_a_receiver() {
    loom::model(|| {
        // What a thread holds that has ended: a buffer, of which a parcel is on its way.
        let ended = super::number();
        super::holds::register(ended);
        let handle = raw::alloc(U8, 0, false);
        let index = table::lookup(handle).expect("alive").index() as usize;
        super::count(index, 1);
        let Sent { place, generation, .. } = share(handle).expect("free");
        let receiver = thread::spawn(move || raw::free(receive(place, generation)));
        super::reclaim(ended);
        assert_eq!(receiver.join().unwrap(), 1, "the receiver has its own hold");
        while let Some(slot) = crate::pending_drops::next() {
            crate::release::destroy(slot);
        }
        assert!(!is_live(handle) && in_flight() == 0);
    });
}
