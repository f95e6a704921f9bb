//! Jobs on threads of the host. Nothing here may call JavaScript.

use core::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use super::queue::Wait;
use super::{CANCELLED, DONE, Job, RUNNING, Threads, WAITING, Work, ended, queue, worker};

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
    job_of(Threads::One, body)
}

fn job_of(threads: Threads, body: fn()) -> (Arc<Job>, Notes) {
    let notes = Notes { runs: Arc::default(), drops: Arc::default() };
    let job = Arc::new(Job::new(threads));
    job.put(Noted { runs: Arc::clone(&notes.runs), drops: Arc::clone(&notes.drops), body });
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

/// The queue is a static, so its tests run one after the other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[test]
fn jobs_leave_the_queue_in_order_those_in_the_background_last() {
    static ORDER: Mutex<Vec<u32>> = Mutex::new(Vec::new());
    let _turn = ONE_AT_A_TIME.lock();
    let note = |number| ORDER.lock().unwrap().push(number);
    let all = [
        (job(|| ORDER.lock().unwrap().push(1)), Wait::Background),
        (job(|| ORDER.lock().unwrap().push(2)), Wait::User),
        (job(|| ORDER.lock().unwrap().push(3)), Wait::User),
        (job(|| ORDER.lock().unwrap().push(4)), Wait::Background),
    ];
    for ((job, _), wait) in &all {
        queue::push(Arc::clone(job), *wait);
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

/// Rayon on threads that take their parts out of the queue, as those of a pool do.
#[cfg(feature = "rayon")]
mod parallel {
    use super::*;

    /// What a thread of the pool does, again and again.
    fn run_next() {
        if queue::run_next() {
            ended();
        }
    }

    fn run_from_queue(job: &Arc<Job>) {
        queue::push(Arc::clone(job), Wait::User);
        assert!(queue::run_next());
        ended();
    }

    /// The threads that run one job.
    static HERE: AtomicU32 = AtomicU32::new(0);

    #[test]
    fn threads_that_are_free_help_until_the_job_has_ended() {
        let _turn = ONE_AT_A_TIME.lock();
        queue::set_threads(3);
        let is_over = AtomicU32::new(0);
        let (job, notes) = job_of(Threads::All, || {
            // Ends when all three run it.
            let seen = rayon_core::broadcast(|_| {
                HERE.fetch_add(1, Ordering::Relaxed);
                while HERE.load(Ordering::Relaxed) < 3 {
                    std::thread::yield_now();
                }
                worker::check().is_ok()
            });
            assert_eq!(seen, [true; 3]);
        });
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while is_over.load(Ordering::Relaxed) == 0 {
                        run_next();
                        assert_eq!(rayon_core::current_thread_index(), None, "free again");
                    }
                });
            }
            run_from_queue(&job);
            is_over.store(1, Ordering::Relaxed);
        });
        assert_eq!((state(&job), notes.read()), (DONE, (1, 1)));
        assert!(!queue::run_next(), "parts that nobody has begun are over");
        queue::set_threads(0);
    }

    #[test]
    fn a_job_of_one_thread_does_not_use_the_global_pool() {
        let (job, _) = job(|| {
            assert_eq!((rayon_core::current_num_threads(), rayon_core::current_thread_index()), (1, Some(0)));
        });
        assert!(run_to_end(&job));
    }

    #[test]
    fn a_job_that_nobody_helps_runs_alone() {
        let _turn = ONE_AT_A_TIME.lock();
        queue::set_threads(4);
        let (job, notes) = job_of(Threads::All, || {
            let (one, other) = rayon_core::join(|| 1, || 2);
            assert_eq!((one + other, rayon_core::current_num_threads()), (3, 4));
        });
        run_from_queue(&job);
        assert_eq!((state(&job), notes.read()), (DONE, (1, 1)));
        assert!(!queue::run_next());
        queue::set_threads(0);
    }

    #[test]
    fn one_job_is_shared_at_a_time() {
        static LOG: Mutex<Vec<u32>> = Mutex::new(Vec::new());
        let _turn = ONE_AT_A_TIME.lock();
        queue::set_threads(2);
        static TRIES: AtomicU32 = AtomicU32::new(0);
        let is_over = AtomicU32::new(0);
        let (one, _) = job_of(Threads::All, || {
            // Both of its threads are there, and a third one finds nothing to do.
            rayon_core::broadcast(|_| ());
            let before = TRIES.load(Ordering::Relaxed);
            while TRIES.load(Ordering::Relaxed) < before + 1000 {
                std::thread::yield_now();
            }
            LOG.lock().unwrap().push(1);
        });
        let (two, _) = job_of(Threads::All, || LOG.lock().unwrap().push(2));
        let (cancelled, _) = job_of(Threads::All, || ());
        for job in [&one, &cancelled, &two] {
            queue::push(Arc::clone(job), Wait::User);
        }
        cancelled.abort();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while is_over.load(Ordering::Relaxed) == 0 {
                        run_next();
                        TRIES.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            while state(&two) != DONE {
                run_next();
                TRIES.fetch_add(1, Ordering::Relaxed);
            }
            is_over.store(1, Ordering::Relaxed);
        });
        assert_eq!(*LOG.lock().unwrap(), [1, 2]);
        queue::set_threads(0);
    }

    #[test]
    fn what_a_job_spawns_ends_before_it() {
        static ENDED: AtomicU32 = AtomicU32::new(0);
        let (job, _) = job_of(Threads::All, || {
            for _ in 0..10 {
                rayon_core::spawn(|| _ = ENDED.fetch_add(1, Ordering::Relaxed));
            }
        });
        assert!(run_to_end(&job));
        assert_eq!(ENDED.load(Ordering::Relaxed), 10);
    }
}
