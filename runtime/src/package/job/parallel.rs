//! Functions of `#[export(worker, parallel)]`: threads of the pool run one of them together, with rayon.
//!
//! Each call has a pool of rayon of its own. The first thread of that is the one that has taken the job. The others are jobs in
//! the queue: a thread that is free takes one, and helps until the call has ended. So a call needs no thread that is busy, and a
//! thread that has helped is free again. Only `rayon::broadcast` waits for all threads, since it wants something of each. So the
//! queue has one such call at a time: all of its threads come in the end.
//!
//! A function that is not parallel has a pool of one thread. Rayon's global pool would belong to the first thread that uses it,
//! and every other thread would wait for that one for ever.

use std::sync::Arc;

use rayon_core::{ThreadBuilder, ThreadPoolBuilder};

use super::queue::{self, Wait};
use super::{CURRENT, Job, Threads, Work};
use crate::sync::Ordering;

/// A thread of rayon, for any thread of the pool to run.
struct Part {
    of: Arc<Job>,
    thread: Option<ThreadBuilder>,
}

impl Work for Part {
    fn run(&mut self) {
        // Code of the job may ask for its signal here, too.
        let outer = CURRENT.replace(Arc::as_ptr(&self.of));
        if let Some(thread) = self.thread.take() {
            thread.run();
        }
        CURRENT.set(outer);
    }
}

/// Runs the work of a job. Returns when that, and all that it has spawned, has ended.
pub(super) fn run(job: &Arc<Job>) {
    let count = match job.threads {
        Threads::One => 1,
        Threads::All if job.is_shared.load(Ordering::Relaxed) => queue::threads(),
        Threads::All => 1,
        Threads::Part => return job.run_work(),
    };
    let mut threads = Vec::with_capacity(count);
    let keep = |thread| {
        threads.push(thread);
        Ok(())
    };
    let Ok(pool) = ThreadPoolBuilder::new().num_threads(count).spawn_handler(keep).build() else {
        crate::trap::never("nothing that makes a pool of rayon fails");
    };
    let there = Arc::clone(job);
    pool.spawn(move || there.run_work());
    // Its threads end when the work has ended, and what that has spawned.
    drop(pool);
    let mut threads = threads.into_iter();
    let first = threads.next();
    for thread in threads {
        queue::push(part(job, thread), Wait::Part);
    }
    #[cfg(target_arch = "wasm32")]
    if count > 1 {
        crate::js::threads::threads_wanted(count - 1);
    }
    if let Some(first) = first {
        first.run();
    }
}

fn part(of: &Arc<Job>, thread: ThreadBuilder) -> Arc<Job> {
    let part = Arc::new(Job::new(Threads::Part));
    part.put(Part { of: Arc::clone(of), thread: Some(thread) });
    part
}
