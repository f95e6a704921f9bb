//! This thread, and what all threads know of their memory.

use core::cell::Cell;
use core::sync::atomic::{AtomicU32, Ordering};

/// What JavaScript knows of its thread, in this order. It reads and writes the words itself, also when Rust has trapped.
#[repr(C)]
struct Thread {
    /// From 1 on, in the order in which threads have started. 0 before that.
    number: Cell<u32>,
    /// Above 0 while a call of JavaScript is in wasm. Only threads of workers count: another thread reads it when the
    /// worker is gone.
    inside: Cell<u32>,
    address_of_memory: Cell<u32>,
    /// JavaScript writes to it to find out if another `SharedArrayBuffer` is this memory.
    probe: Cell<u32>,
}

thread_local! {
    static THREAD: Thread = const {
        Thread {
            number: Cell::new(0),
            inside: Cell::new(0),
            address_of_memory: Cell::new(0),
            probe: Cell::new(0),
        }
    };
}

/// What all threads know of their memory, in this order.
#[repr(C)]
struct Memory {
    /// The number of the last thread that has started.
    last: AtomicU32,
    /// The number of the thread that has trapped, or 0. It may have held any lock, so no thread goes on.
    trapped: AtomicU32,
    /// Tells this memory from others.
    name: AtomicU32,
    /// What that thread has said of its end, for JavaScript of all others: its length in units of UTF-16, and the text.
    reason_length: AtomicU32,
    reason: [AtomicU32; 128],
}

static MEMORY: Memory = Memory {
    last: AtomicU32::new(0),
    trapped: AtomicU32::new(0),
    name: AtomicU32::new(0),
    reason_length: AtomicU32::new(0),
    reason: [const { AtomicU32::new(0) }; 128],
};

/// True if no thread has started.
pub(crate) fn is_first() -> bool {
    MEMORY.last.load(Ordering::Relaxed) == 0
}

/// True if a thread has trapped, which may have held any lock.
pub(crate) fn has_trapped() -> bool {
    MEMORY.trapped.load(Ordering::Relaxed) != 0
}

/// Registers this thread, once. Returns the address of [`Thread`]. The first thread names the memory.
pub(crate) fn start(name: u32) -> usize {
    THREAD.with(|thread| {
        if thread.number.get() == 0 {
            thread.number.set(MEMORY.last.fetch_add(1, Ordering::Relaxed) + 1);
            let _ = MEMORY.name.compare_exchange(0, name, Ordering::Relaxed, Ordering::Relaxed);
            thread.address_of_memory.set(core::ptr::from_ref(&MEMORY).expose_provenance() as u32);
            super::holds::register(thread.number.get());
        }
        core::ptr::from_ref(thread).expose_provenance()
    })
}

/// The number of this thread.
pub(crate) fn number() -> u32 {
    THREAD.with(|thread| thread.number.get())
}
