//! Jobs in every order of two threads.

use core::task::{Poll, Waker};
use std::sync::Arc;
use std::task::Wake;

use loom::sync::atomic::{AtomicU32, Ordering};
use loom::thread;

use super::{CANCELLED, DONE, Job, Threads, Work, ended};

struct Counted {
    runs: Arc<AtomicU32>,
    drops: Arc<AtomicU32>,
}

impl Work for Counted {
    fn run(&mut self) {
        self.runs.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.drops.fetch_add(1, Ordering::Relaxed);
    }
}

fn job() -> (Arc<Job>, Arc<AtomicU32>, Arc<AtomicU32>) {
    let (runs, drops) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let job = Arc::new(Job::new(Threads::One));
    job.put(Counted { runs: Arc::clone(&runs), drops: Arc::clone(&drops) });
    (job, runs, drops)
}

#[test]
fn an_abort_against_the_start() {
    loom::model(|| {
        let (job, runs, drops) = job();
        let there = Arc::clone(&job);
        let thread = thread::spawn(move || {
            let has_run = there.run();
            ended();
            has_run
        });
        job.abort();
        let has_run = thread.join().unwrap();
        let state = job.state.load(crate::sync::Ordering::Acquire);
        assert_eq!(state, if has_run { DONE } else { CANCELLED });
        assert_eq!(runs.load(Ordering::Relaxed), u32::from(has_run));
        assert_eq!(drops.load(Ordering::Relaxed), 1, "what it has is dropped once");
    });
}

struct Woken(AtomicU32);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(1, Ordering::Release);
    }
}

#[test]
fn the_end_against_a_poll() {
    loom::model(|| {
        let (job, ..) = job();
        let woken = Arc::new(Woken(AtomicU32::new(0)));
        let there = Arc::clone(&job);
        let thread = thread::spawn(move || {
            let has_run = there.run();
            ended();
            has_run
        });
        let waker = Waker::from(Arc::clone(&woken));
        let state = super::future::state_or_wake(&job, &waker);
        thread.join().unwrap();
        let is_woken = woken.0.load(Ordering::Acquire) == 1;
        assert!(state == Poll::Ready(DONE) || is_woken, "a caller that has seen no end is woken");
    });
}
