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

/// The jobs of users, those in the background, and the parts of jobs that run already. The next is the first of the first list that has one.
#[derive(Default)]
struct Queue([List; 3]);

/// In which list a job waits.
#[derive(Clone, Copy)]
pub(super) enum Wait {
    User,
    Background,
    #[cfg(feature = "rayon")]
    Part,
}

static_lock!(QUEUE: Queue = Queue(
    [const { List { first: None, last: None } }; 3]
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
    /// The most threads that the pool may have. 0 while there is none.
    size: AtomicU32,
    /// For each thread of the pool: 1 while it waits. A thread that is ended by force cannot take it back, so its first thread does.
    idle: [AtomicU32; MOST],
}

#[cfg(not(loom))]
static POOL: Pool = Pool {
    pulse: AtomicU32::new(0),
    is_closing: AtomicU32::new(0),
    waiting: AtomicU32::new(0),
    size: AtomicU32::new(0),
    idle: [const { AtomicU32::new(0) }; MOST],
};
#[cfg(loom)]
loom::lazy_static! {
    static ref POOL: Pool = Pool {
        pulse: AtomicU32::new(0),
        is_closing: AtomicU32::new(0),
        waiting: AtomicU32::new(0),
        size: AtomicU32::new(0),
        idle: core::array::from_fn(|_| AtomicU32::new(0)),
    };
}

/// The address of the words.
pub(crate) fn address() -> usize {
    core::ptr::from_ref::<Pool>(&POOL).expose_provenance()
}

/// How many threads may run a parallel job.
#[cfg(feature = "rayon")]
pub(super) fn threads() -> usize {
    POOL.size.load(Ordering::Relaxed).max(1) as usize
}

#[cfg(all(test, feature = "rayon"))]
pub(super) fn set_threads(count: u32) {
    POOL.size.store(count, Ordering::Relaxed);
}

pub(super) fn push(job: Arc<Job>, wait: Wait) {
    QUEUE.with(|queue| {
        let list = &mut queue.0[wait as usize];
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
