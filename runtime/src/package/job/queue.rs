//! The jobs that wait for a thread of the pool, and the words by which the pool's threads wait for jobs.

use std::sync::Arc;

use super::Job;
use crate::sync::{AtomicU32, Lock, Ordering};
use crate::threads::static_lock;

/// A list through `next` of the jobs.
#[derive(Default)]
struct List {
    first: Option<Arc<Job>>,
    last: Option<Arc<Job>>,
}

/// The jobs of users, and those in the background, which wait for all others.
#[derive(Default)]
struct Queue([List; 2]);

static_lock!(QUEUE: Queue = Queue(
    [List { first: None, last: None }, List { first: None, last: None }]
));

/// The most threads of a pool: `runtime/js/workerPool.js` has the same.
const MOST: usize = 256;

/// What JavaScript reads and waits for, in this order. It is static: a word that somebody waits for is never freed.
#[repr(C)]
struct Pool {
    /// Changes when there is something to do. Idle threads wait for it.
    pulse: AtomicU32,
    /// Not 0 if idle threads are to end.
    is_closing: AtomicU32,
    /// The number of jobs in the queue. Some of them may be cancelled.
    waiting: AtomicU32,
    /// For each thread of the pool: 1 while it waits. A thread that is ended by force cannot take it back, so its first thread does.
    idle: [AtomicU32; MOST],
}

#[cfg(not(loom))]
static POOL: Pool = Pool {
    pulse: AtomicU32::new(0),
    is_closing: AtomicU32::new(0),
    waiting: AtomicU32::new(0),
    idle: [const { AtomicU32::new(0) }; MOST],
};
#[cfg(loom)]
loom::lazy_static! {
    static ref POOL: Pool = Pool {
        pulse: AtomicU32::new(0),
        is_closing: AtomicU32::new(0),
        waiting: AtomicU32::new(0),
        idle: core::array::from_fn(|_| AtomicU32::new(0)),
    };
}

/// The address of the words.
pub(crate) fn address() -> usize {
    core::ptr::from_ref::<Pool>(&POOL).expose_provenance()
}

pub(super) fn push(job: Arc<Job>, is_background: bool) {
    QUEUE.with(|queue| {
        let list = &mut queue.0[usize::from(is_background)];
        match list.last.replace(Arc::clone(&job)) {
            Some(last) => last.next.with(|next| *next = Some(job)),
            None => list.first = Some(job),
        }
    });
    POOL.waiting.fetch_add(1, Ordering::Relaxed);
    POOL.pulse.fetch_add(1, Ordering::Release);
}

fn pop() -> Option<Arc<Job>> {
    let (job, last) = QUEUE.with(|queue| {
        let list = queue.0.iter_mut().find(|list| list.first.is_some())?;
        let job = list.first.take()?;
        list.first = job.next.with(Option::take);
        // It is dropped outside of the lock.
        let last = if list.first.is_none() { list.last.take() } else { None };
        Some((job, last))
    })?;
    drop(last);
    POOL.waiting.fetch_sub(1, Ordering::Relaxed);
    Some(job)
}

/// Runs the next job on this thread. False if none waits.
pub(crate) fn run_next() -> bool {
    while let Some(job) = pop() {
        if job.run() {
            return true;
        }
    }
    false
}
