//! Jobs on threads of the host. Nothing here may call JavaScript.

use core::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;

use super::{CANCELLED, DONE, Job, RUNNING, WAITING, Work, ended, queue, worker};

/// Work that notes what has become of it.
struct Noted {
    runs: Arc<AtomicU32>,
    drops: Arc<AtomicU32>,
    body: fn(),
}

impl Work for Noted {
    fn run(&mut self) {
        self.runs.fetch_add(1, Ordering::Relaxed);
        (self.body)();
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        self.drops.fetch_add(1, Ordering::Relaxed);
    }
}

struct Notes {
    runs: Arc<AtomicU32>,
    drops: Arc<AtomicU32>,
}

impl Notes {
    fn read(&self) -> (u32, u32) {
        (self.runs.load(Ordering::Relaxed), self.drops.load(Ordering::Relaxed))
    }
}

fn job(body: fn()) -> (Arc<Job>, Notes) {
    let notes = Notes { runs: Arc::default(), drops: Arc::default() };
    let job = Arc::new(Job::new());
    let work: Box<dyn Work> =
        Box::new(Noted { runs: Arc::clone(&notes.runs), drops: Arc::clone(&notes.drops), body });
    job.work.store(Box::into_raw(Box::new(work)), Ordering::Release);
    (job, notes)
}

fn run_to_end(job: &Arc<Job>) -> bool {
    let has_run = job.run();
    ended();
    has_run
}

fn state(job: &Job) -> u32 {
    job.state.load(Ordering::Acquire)
}

#[test]
fn a_job_runs_once_and_drops_what_it_has_before_it_is_done() {
    let (job, notes) = job(|| ());
    assert_eq!((state(&job), notes.read()), (WAITING, (0, 0)));
    let there = Arc::clone(&job);
    let run = move || {
        assert!(there.run());
        assert_eq!(state(&there), RUNNING, "what it has left is destroyed first");
        ended();
    };
    std::thread::spawn(run).join().unwrap();
    assert_eq!((state(&job), notes.read()), (DONE, (1, 1)));
    assert!(!job.run());
    job.abort();
    drop(job);
    assert_eq!(notes.read(), (1, 1));
}

#[test]
fn a_job_that_waits_ends_when_it_is_aborted() {
    let (job, notes) = job(|| ());
    job.abort();
    assert_eq!((state(&job), notes.read()), (CANCELLED, (0, 1)));
    assert!(!job.run());
    assert_eq!(notes.read(), (0, 1));
}

#[test]
fn a_job_that_nobody_runs_drops_what_it_has() {
    let (job, notes) = job(|| ());
    drop(job);
    assert_eq!(notes.read(), (0, 1));
}

#[test]
fn the_function_of_a_job_hears_that_it_is_aborted() {
    static STEPS: AtomicU32 = AtomicU32::new(0);
    assert_eq!(worker::check(), Ok(()));
    let (job, _) = job(|| {
        STEPS.store(1, Ordering::Release);
        while worker::check().is_ok() {
            std::thread::yield_now();
        }
        assert!(worker::cancelled());
        STEPS.store(2, Ordering::Release);
    });
    let there = Arc::clone(&job);
    let thread = std::thread::spawn(move || run_to_end(&there));
    while STEPS.load(Ordering::Acquire) == 0 {
        std::thread::yield_now();
    }
    assert_eq!(state(&job), RUNNING);
    job.abort();
    assert!(thread.join().unwrap());
    assert_eq!((state(&job), STEPS.load(Ordering::Acquire)), (DONE, 2));
    assert!(!worker::cancelled());
}

/// One test for the queue, which is a static.
#[test]
fn jobs_leave_the_queue_in_order_those_in_the_background_last() {
    static ORDER: std::sync::Mutex<Vec<u32>> = std::sync::Mutex::new(Vec::new());
    let note = |number| ORDER.lock().unwrap().push(number);
    let all = [
        (job(|| ORDER.lock().unwrap().push(1)), true),
        (job(|| ORDER.lock().unwrap().push(2)), false),
        (job(|| ORDER.lock().unwrap().push(3)), false),
        (job(|| ORDER.lock().unwrap().push(4)), true),
    ];
    for ((job, _), is_background) in &all {
        queue::push(Arc::clone(job), *is_background);
    }
    // One that is aborted stays in the queue, and nobody runs it.
    all[2].0.0.abort();
    while queue::run_next() {
        ended();
        note(0);
    }
    assert_eq!(*ORDER.lock().unwrap(), [2, 0, 1, 0, 4, 0]);
    let notes: Vec<_> = all.iter().map(|((_, notes), _)| notes.read()).collect();
    assert_eq!(notes, [(1, 1), (1, 1), (0, 1), (1, 1)]);
}

#[test]
fn numbers_of_jobs_are_used_again_when_they_are_forgotten() {
    let register = || super::register(&job(|| ()).0).unwrap();
    let (one, two) = (register(), register());
    assert_ne!(one, two);
    super::forget(one);
    // Made-up numbers free nothing.
    super::forget(one);
    super::forget(u32::MAX);
    assert_eq!(register(), one);
    let three = register();
    assert!(three != one && three != two);
    // A thread keeps its lists for ever, which the address sanitizer reports.
    drop(super::JOBS.with(|jobs| jobs.with(core::mem::take)));
    drop(super::FREE.with(|free| free.with(core::mem::take)));
}
