//! Rust of several threads: buffers in statics, futures that another thread wakes, and what is not `Send`.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::{Poll, Waker};

use wasm_lend::{Buffer, export};

static SHELF: Mutex<Vec<Buffer<u8>>> = Mutex::new(Vec::new());
static WAKER: Mutex<Option<Waker>> = Mutex::new(None);
static IS_OPEN: AtomicBool = AtomicBool::new(false);
/// The mark of the thread that has dropped the last `Bound`.
static DROPPED_ON: AtomicU32 = AtomicU32::new(0);

thread_local! {
    static MARK: Cell<u32> = const { Cell::new(0) };
}

/// What is bound to its thread.
#[export]
pub struct Bound {
    bytes: Vec<u8>,
    _not_send: Rc<()>,
}

#[export]
impl Bound {
    /// Three bytes.
    pub fn new() -> Self {
        Bound { bytes: vec![1, 2, 3], _not_send: Rc::new(()) }
    }

    /// A buffer over its memory.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        DROPPED_ON.store(MARK.get(), Ordering::Relaxed);
    }
}

#[export]
pub mod shared_by_threads {
    use super::*;

    /// Puts a buffer on the shelf, from which any thread may take it.
    pub fn put_on_shelf(buffer: Buffer<u8>) {
        SHELF.lock().unwrap().push(buffer);
    }
    /// Drops all buffers on the shelf.
    pub fn clear_shelf() -> u32 {
        let shelf = std::mem::take(&mut *SHELF.lock().unwrap());
        shelf.len() as u32
    }
    /// Gives this thread a mark.
    pub fn mark_thread(mark: u32) {
        MARK.set(mark);
    }
    /// The mark of the thread that has dropped the last `Bound`.
    pub fn bound_dropped_on() -> u32 {
        DROPPED_ON.load(Ordering::Relaxed)
    }
    /// Waits until a thread opens the gate.
    pub async fn pass_gate() -> u32 {
        poll_fn(|context| {
            if IS_OPEN.load(Ordering::Acquire) {
                return Poll::Ready(7);
            }
            *WAKER.lock().unwrap() = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
    /// The same, with a buffer that the future holds. Returns its length.
    pub async fn pass_gate_with(buffer: Buffer<u8>) -> u32 {
        pass_gate().await;
        buffer.len() as u32
    }
    /// Opens the gate, and drops the waker of who waits.
    pub fn open_gate() {
        IS_OPEN.store(true, Ordering::Release);
        let waker = WAKER.lock().unwrap().take();
        waker.into_iter().for_each(Waker::wake);
    }
}
