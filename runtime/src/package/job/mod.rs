//! Jobs: calls of functions of `#[export(worker)]`, which run on another thread.
//!
//! The shim of the caller takes the guards, as for any call, and moves them into the job. The caller's future waits for its
//! end. A thread of the pool runs it, ends the guards, and wakes the future. So nothing of a job is borrowed any more when
//! its promise settles.

#[cfg(all(test, loom))]
mod every_order;
mod future;
#[cfg(all(feature = "rayon", any(not(target_arch = "wasm32"), target_feature = "atomics")))]
mod parallel;
mod progress;
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
mod queue;
#[cfg(all(test, not(loom)))]
mod tests;
pub mod worker;

use core::cell::Cell;
use core::ptr::null_mut;
use core::task::Waker;
use std::sync::Arc;

use crate::kept::{Kept, try_push};
use crate::sync::{AtomicBool, AtomicPtr, AtomicU32, Lock, Ordering};
use crate::unwind::UNWINDS;

pub use future::{NewJob, give_job, progressed};
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
pub(crate) use queue::{address as pool_address, run_next};

/// Nobody has begun it.
const WAITING: u32 = 0;
const RUNNING: u32 = 1;
/// It has run to its end, and its guards have ended.
const DONE: u32 = 2;
/// It has panicked. The thread that ran it has ended.
const PANICKED: u32 = 3;
/// It was taken away before anybody has begun it.
const CANCELLED: u32 = 4;

/// What a job does.
trait Work: Send {
    /// Runs the function and keeps its result. Called once.
    fn run(&mut self);
}

/// How many threads run a job.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Threads {
    One,
    /// As many as the pool has.
    All,
    /// It is itself a thread of another job.
    #[cfg(all(feature = "rayon", any(not(target_arch = "wasm32"), target_feature = "atomics")))]
    Part,
}

/// A call that waits for a thread, or runs.
struct Job {
    state: AtomicU32,
    // Without threads nobody reads it.
    #[cfg_attr(all(target_arch = "wasm32", not(target_feature = "atomics")), allow(dead_code))]
    threads: Threads,
    /// True if other threads may run parts of it. They wait for each other, and use what it has borrowed. The queue has one such job at a time.
    is_shared: AtomicBool,
    /// True if the caller wants its result no more.
    is_aborted: AtomicBool,
    /// True if the function has returned.
    has_returned: AtomicBool,
    /// The guards and what the function takes.
    ///
    /// # Invariants
    ///
    /// A pointer of `Box::into_raw`, or null. Who takes it out by a swap owns it. While the state is `RUNNING` only the
    /// thread that has set that state uses or takes it. (One thread of a parallel job uses it in its place, while it waits.)
    work: AtomicPtr<Box<dyn Work>>,
    /// Wakes the caller's future.
    waker: Lock<Option<Waker>>,
    panic: Lock<Option<Panic>>,
    /// The next in the queue. Used under the lock of the queue only.
    #[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
    next: Lock<Option<Arc<Job>>>,
}

/// What the hook of another thread has said of a panic.
struct Panic {
    message: String,
    file: String,
    line: u32,
    column: u32,
}

#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
// Jobs that have panicked, until somebody sweeps.
crate::threads::static_lock! {
    LEFT: Vec<Arc<Job>> = Vec::new()
}

thread_local! {
    /// The job that this thread runs, or null.
    static CURRENT: Cell<*const Job> = const { Cell::new(core::ptr::null()) };
    /// The job that has run here, and its last state. The drops that its guards have left run before its caller hears.
    static HAS_RUN: Kept<Option<(Arc<Job>, u32)>> = const { Kept::new(None) };
    /// The jobs of this thread's callers that have not settled. JavaScript knows them by their places here.
    static JOBS: Kept<Vec<Option<Arc<Job>>>> = const { Kept::new(Vec::new()) };
    /// The places in `JOBS` that are free.
    static FREE: Kept<Vec<u32>> = const { Kept::new(Vec::new()) };
}

impl Job {
    fn new(threads: Threads) -> Self {
        Job {
            state: AtomicU32::new(WAITING),
            threads,
            is_shared: AtomicBool::new(false),
            is_aborted: AtomicBool::new(false),
            has_returned: AtomicBool::new(false),
            work: AtomicPtr::new(null_mut()),
            waker: Lock::new(None),
            panic: Lock::new(None),
            #[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
            next: Lock::new(None),
        }
    }

    /// True if the state was `WAITING`.
    fn leave_queue(&self, state: u32) -> bool {
        self.state.compare_exchange(WAITING, state, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Ends the guards, and drops what the function would have taken.
    fn drop_work(&self) {
        let work = self.work.swap(null_mut(), Ordering::AcqRel);
        if !work.is_null() {
            // SAFETY: a pointer of `Box::into_raw`, and the swap has taken it out (invariant of `work`).
            drop(unsafe { Box::from_raw(work) });
        }
    }

    /// Puts the work in, once, before any other thread has the job.
    fn put(&self, work: impl Work + 'static) {
        let work: Box<dyn Work> = Box::new(work);
        self.work.store(Box::into_raw(Box::new(work)), Ordering::Release);
    }

    /// Sets the last state and wakes the caller.
    fn end(&self, state: u32) {
        self.state.store(state, Ordering::Release);
        self.wake();
    }

    /// It has panicked. Its frame has left the stack without running destructors, so the caller drops the work, or `sweep` does.
    fn panicked(&self) {
        #[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
        {
            // SAFETY: every job is in an `Arc`, and the frame that is gone holds one for ever.
            unsafe { Arc::increment_strong_count(self) };
            // SAFETY: the count that was just added.
            let job = unsafe { Arc::from_raw(self) };
            LEFT.with(|left| try_push(left, job));
        }
        self.end(PANICKED);
    }

    fn wake(&self) {
        // Not under the lock: a waker may do anything.
        if let Some(waker) = self.waker.with(|waker| waker.clone()) {
            waker.wake();
        }
    }

    /// Runs it on this thread, up to its last state, which [`ended`] sets. False if it has begun already, or was cancelled.
    fn run(self: &Arc<Self>) -> bool {
        if !self.leave_queue(RUNNING) {
            return false;
        }
        let outer = CURRENT.replace(Arc::as_ptr(self));
        #[cfg(all(
            target_arch = "wasm32",
            feature = "panic-messages",
            any(target_feature = "atomics", panic = "unwind")
        ))]
        crate::js::hear_panics(panicked);
        #[cfg(all(feature = "rayon", any(not(target_arch = "wasm32"), target_feature = "atomics")))]
        parallel::run(self);
        #[cfg(not(all(feature = "rayon", any(not(target_arch = "wasm32"), target_feature = "atomics"))))]
        self.run_work();
        CURRENT.set(outer);
        self.drop_work();
        ended();
        let last = if self.has_returned.load(Ordering::Relaxed) { DONE } else { PANICKED };
        HAS_RUN.with(|has_run| has_run.with(|has_run| *has_run = Some((Arc::clone(self), last))));
        true
    }

    /// Calls the function. Only [`Job::run`] does it, or a thread that it waits for, and once.
    fn run_work(&self) {
        let work = self.work.load(Ordering::Acquire);
        // SAFETY: not null before the job has run, and this thread alone uses it (invariant of `work`).
        let work = unsafe { &mut *work };
        let has_returned = if UNWINDS {
            // As with a thread that has panicked, users judge the state of their own data.
            std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| work.run())).is_ok()
        } else {
            work.run();
            true
        };
        self.has_returned.store(has_returned, Ordering::Relaxed);
    }

    /// The caller wants its result no more. If nobody has begun it, that ends it.
    fn abort(&self) {
        self.is_aborted.store(true, Ordering::Relaxed);
        if self.leave_queue(CANCELLED) {
            self.drop_work();
            self.wake();
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.drop_work();
    }
}

/// Adds a job. Its number, or `None` without memory.
fn register(job: &Arc<Job>) -> Option<u32> {
    let free = FREE.with(|free| free.with(Vec::pop));
    JOBS.with(|jobs| {
        jobs.with(|jobs| {
            let entry = Some(Arc::clone(job));
            if let Some(place) = free {
                *jobs.get_mut(place as usize)? = entry;
                return Some(place);
            }
            try_push(jobs, entry)?;
            u32::try_from(jobs.len() - 1).ok()
        })
    })
}

/// JavaScript has settled a promise: another job may have its number. The number may be made up.
pub(crate) fn forget(id: u32) {
    let job = JOBS.with(|jobs| jobs.with(|jobs| jobs.get_mut(id as usize).and_then(Option::take)));
    if job.is_some() {
        // Without memory the place stays unused.
        FREE.with(|free| free.with(|free| try_push(free, id)));
    }
}

fn of_this_thread(id: u32) -> Option<Arc<Job>> {
    JOBS.with(|jobs| jobs.with(|jobs| jobs.get(id as usize).cloned().flatten()))
}

/// Runs a job of this thread here. False if it is another's already. The number may be made up.
pub(crate) fn run_here(id: u32) -> bool {
    of_this_thread(id).is_some_and(|job| job.run())
}

/// The pending drops after a job have run: wakes its caller.
pub(crate) fn ended() {
    if let Some((job, state)) = HAS_RUN.with(|has_run| has_run.with(Option::take)) {
        job.end(state);
    }
}

/// JavaScript's signal has aborted. The number may be made up.
pub(crate) fn abort(id: u32) {
    if let Some(job) = of_this_thread(id) {
        job.abort();
    }
}

/// An exception of JavaScript has left the job that this thread ran: its frames are gone, and nothing of it runs any more. Only the JavaScript half knows
/// that, so the export takes the key. False if other threads run the same job, so that it has not ended.
pub(crate) fn left() -> bool {
    let job = CURRENT.replace(core::ptr::null());
    // SAFETY: the frame of `Job::run` that has set it is gone without its destructors, so its hold of the job lasts for ever.
    let job = unsafe { job.as_ref() };
    if job.is_some_and(|job| job.is_shared.load(Ordering::Relaxed)) {
        return false;
    }
    if let Some(job) = job {
        job.panicked();
    }
    true
}

/// Ends the borrows of jobs that have panicked, and whose callers may have ended before that. A thread does it that has heard of the end of a thread
/// of the pool, which runs nothing any more.
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
pub(crate) fn sweep() {
    for job in LEFT.with(core::mem::take) {
        job.drop_work();
    }
}

/// Tells the job that this thread runs of a panic: the hook calls it. Where panics abort, this thread runs nothing any more, so
/// the guards of its job may end on the caller's thread. Other threads of a parallel job still use what it has borrowed, and wait for this one: they
/// all end.
#[cfg(all(
    target_arch = "wasm32",
    feature = "panic-messages",
    any(target_feature = "atomics", panic = "unwind")
))]
fn panicked(parts: &crate::panic_parts::Parts<'_>) {
    let job = CURRENT.get();
    if job.is_null() {
        return;
    }
    // SAFETY: while it is set, the frame of `Job::run` that has set it, and with it the job, is on this stack.
    let job = unsafe { &*job };
    let (message, file) = (parts.message.to_owned(), parts.file.to_owned());
    job.panic.with(|place| *place = Some(Panic { message, file, line: parts.line, column: parts.column }));
    if UNWINDS {
        return;
    }
    CURRENT.set(core::ptr::null());
    #[cfg(all(feature = "rayon", target_feature = "atomics"))]
    if job.is_shared.load(Ordering::Relaxed) {
        return crate::js::threads::leave_others();
    }
    job.panicked();
}
