//! The jobs that wait for a thread of the pool, and the words by which the pool's threads wait for jobs.

use std::sync::Arc;

use super::{Job, Threads};
use crate::sync::{AtomicU32, Lock, Ordering};
use crate::threads::static_lock;

/// A list through `next` of the jobs.
#[derive(Default)]
struct List {
    first: Option<Arc<Job>>,
    last: Option<Arc<Job>>,
}

struct Queue {
    /// By [`Wait`]. The next job is the first of the first list that has one.
    lists: [List; 3],
    /// True while several threads run a job together. The next of that kind waits for its end, and keeps back what is behind it. Otherwise two of
    /// them could wait for each other's threads for ever.
    is_shared: bool,
}

/// In which list a job waits.
#[derive(Clone, Copy)]
pub(super) enum Wait {
    User,
    /// A thread of the job that is shared.
    #[cfg(feature = "rayon")]
    Part,
    Background = 2,
}

static_lock!(QUEUE: Queue = Queue {
    lists: [const { List { first: None, last: None } }; 3],
    is_shared: false,
});

impl Queue {
    fn next(&mut self) -> Option<&mut List> {
        let is_shared = self.is_shared;
        let may_begin = |job: &Arc<Job>| !is_shared || job.threads != Threads::All;
        self.lists.iter_mut().find(|list| list.first.as_ref().is_some_and(may_begin))
    }
}

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
    /// The most threads that the pool may have, or 0 without a pool.
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

/// How many threads may run a shared job.
#[cfg(feature = "rayon")]
pub(super) fn threads() -> usize {
    POOL.size.load(Ordering::Relaxed).max(1) as usize
}

/// The shared job has ended. Those of its threads that nobody has begun are over, and what has waited for it may begin.
#[cfg(feature = "rayon")]
pub(super) fn end_shared() {
    let List { first: mut next, .. } = QUEUE.with(|queue| {
        queue.is_shared = false;
        core::mem::take(&mut queue.lists[Wait::Part as usize])
    });
    // One by one, since each has the next one.
    while let Some(part) = next {
        POOL.waiting.fetch_sub(1, Ordering::Relaxed);
        next = part.next.with(Option::take);
    }
    POOL.pulse.fetch_add(1, Ordering::Release);
    #[cfg(target_arch = "wasm32")]
    if POOL.waiting.load(Ordering::Relaxed) > 0 {
        crate::js::threads::threads_wanted(MOST);
    }
}

#[cfg(all(test, feature = "rayon"))]
pub(super) fn set_threads(count: u32) {
    POOL.size.store(count, Ordering::Relaxed);
}

pub(super) fn push(job: Arc<Job>, wait: Wait) {
    QUEUE.with(|queue| {
        let list = &mut queue.lists[wait as usize];
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
        let list = queue.next()?;
        let job = list.first.take()?;
        list.first = job.next.with(Option::take);
        // It is dropped outside of the lock.
        let last = if list.first.is_none() { list.last.take() } else { None };
        #[cfg(feature = "rayon")]
        if job.threads == Threads::All && threads() > 1 {
            queue.is_shared = true;
            job.is_shared.store(true, Ordering::Relaxed);
        }
        Some((job, last))
    })?;
    drop(last);
    POOL.waiting.fetch_sub(1, Ordering::Relaxed);
    Some(job)
}

/// Runs the next job on this thread. False if none waits.
pub(crate) fn run_next() -> bool {
    while let Some(job) = pop() {
        let has_run = job.run();
        #[cfg(feature = "rayon")]
        if job.is_shared.load(Ordering::Relaxed) {
            end_shared();
        }
        if has_run {
            return true;
        }
    }
    false
}
