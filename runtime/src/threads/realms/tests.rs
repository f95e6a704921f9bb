//! Threads that pass buffers to each other, natively. ThreadSanitizer looks for races there: `cargo xtask test --only models`.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::{Sent as Parcel, in_flight, receive, share};
use crate::guard::{exclusive, retain, shared};
use crate::raw::tests::alone;
use crate::table::MUTABLE;
use crate::{Buffer, raw};

const U8: u32 = 0;
const LEN: u32 = 64;
const THREADS: usize = 4;
const STEPS: usize = if cfg!(miri) { 20 } else { 20_000 };

/// What goes from thread to thread: a token of JavaScript, or a buffer of Rust.
enum Sent {
    Token(u32, u32),
    Rust(Buffer<u8>),
}

/// Every byte of a buffer is the same.
fn check(values: &[u8]) {
    assert!(values.iter().all(|value| *value == values[0]), "nobody else writes");
}

/// One step with a buffer that this thread's JavaScript holds. Returns its handle, if it holds it still.
fn step(number: usize, handle: u32, to: &Sender<Sent>) -> Option<u32> {
    match number % 7 {
        0 => {
            let _ = shared::<u8>(handle, 0).map(|values| check(&values));
        }
        1 => {
            let _ = exclusive::<u8>(handle, 0).map(|mut values| values.fill(number as u8));
        }
        2 => {
            if let Ok(kept) = retain::<u8>(handle, 0) {
                let _ = to.send(Sent::Rust(kept.buffer()));
            }
        }
        3 => return Some(Some(raw::freeze(handle)).filter(|frozen| *frozen != 0).unwrap_or(handle)),
        4 => {
            let part = raw::sub_buffer(handle, U8, 8, 16);
            {
                let _ = shared::<u8>(part, 0).map(|values| check(&values));
            };
            raw::free(part);
        }
        5 => {
            let Ok(Parcel { place, generation, is_moved }) = share(handle) else { return Some(handle) };
            let _ = to.send(Sent::Token(place, generation));
            return (!is_moved).then_some(handle);
        }
        _ => {
            assert_eq!(raw::free(handle), 1);
            return None;
        }
    }
    Some(handle)
}

/// The steps of one thread. Returns what is still on its way to it.
fn run(seed: usize, from: Receiver<Sent>, to: &Sender<Sent>) -> Receiver<Sent> {
    let mut held: Vec<u32> = Vec::new();
    let mut number = seed;
    for _ in 0..STEPS {
        number = number.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7fff_ffff;
        match from.try_recv() {
            Ok(Sent::Token(place, generation)) => held.push(receive(place, generation)),
            Ok(Sent::Rust(buffer)) => check(&buffer),
            Err(_) if held.len() < 4 => held.push(raw::alloc(U8 | MUTABLE, LEN, false)),
            Err(_) => {}
        }
        let at = (number >> 8) % held.len().max(1);
        if at < held.len() {
            let handle = held.swap_remove(at);
            held.extend(step(number >> 16, handle, to));
        }
    }
    for handle in held {
        assert_eq!(raw::free(handle), 1);
    }
    from
}

#[test]
fn threads_pass_buffers_to_each_other_and_nothing_is_left() {
    let _alone = alone();
    let (buffers, bytes) = (raw::live_buffers(), raw::live_bytes());
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..THREADS).map(|_| mpsc::channel()).unzip();
    let threads: Vec<_> = receivers
        .into_iter()
        .enumerate()
        .map(|(number, from)| {
            let to = senders[(number + 1) % THREADS].clone();
            thread::spawn(move || run(number + 1, from, &to))
        })
        .collect();
    let left: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    for sent in left.iter().flat_map(Receiver::try_iter) {
        if let Sent::Token(place, generation) = sent {
            assert_eq!(raw::free(receive(place, generation)), 1);
        }
    }
    assert_eq!((raw::live_buffers(), raw::live_bytes(), in_flight()), (buffers, bytes, 0));
}
