//! Functions that run on workers.

use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

use wasm_lend::worker::{Progress, cancelled, check};
use wasm_lend::{Buffer, BufferMut, IntoJs, export};

/// The threads that count themselves in `meet`.
static THERE: AtomicU32 = AtomicU32::new(0);

/// A class that may go to other threads.
#[export]
pub struct Tally {
    pub count: u32,
}

#[export]
impl Tally {
    pub fn new(count: u32) -> Self {
        Tally { count }
    }
}

/// The sum of all bytes.
#[export(worker)]
pub fn job_sum(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte)).sum()
}

/// Writes to the buffer.
#[export(worker)]
pub fn job_fill(bytes: &mut [u8], value: u8) {
    bytes.fill(value);
}

/// Every kind of argument that is made for the job.
#[export(worker)]
#[allow(clippy::too_many_arguments)]
pub fn job_kinds(
    text: &str,
    owned: String,
    absent: Option<&str>,
    kept: Buffer<f32>,
    moved: BufferMut<u16>,
    list: Vec<u8>,
    flag: Option<bool>,
    words: Vec<String>,
) -> String {
    let words = words.join("+");
    let (kept, moved) = (kept.iter().sum::<f32>(), moved.iter().sum::<u16>());
    format!("{text} {owned} {absent:?} {kept} {moved} {list:?} {flag:?} {words}")
}

/// Gives the buffer back.
#[export(worker)]
pub fn job_double(mut values: BufferMut<f32>) -> BufferMut<f32> {
    values.iter_mut().for_each(|value| *value *= 2.0);
    values
}

/// Instances: one borrowed, one borrowed to be changed, one taken.
#[export(worker)]
pub fn job_tallies(shared: &Tally, changed: &mut Tally, taken: Tally) -> u32 {
    changed.count += shared.count;
    changed.count + taken.count
}

/// Fails.
#[export(worker)]
pub fn job_fail(bytes: &mut [u8]) -> Result<u32, String> {
    bytes.fill(1);
    Err("the job has failed".to_owned())
}

/// Panics.
#[export(worker)]
pub fn job_panic(bytes: &mut [u8]) -> u32 {
    bytes.fill(2);
    assert!(bytes.is_empty(), "the job has {} bytes", bytes.len());
    0
}

/// Traps.
#[export(worker)]
pub fn job_trap() {
    std::process::abort();
}

/// Waits until as many threads are in it as it is told, or its signal has aborted. The number of steps that it has waited.
#[export(worker)]
pub fn job_meet(threads: u32) -> Result<u32, String> {
    THERE.fetch_add(1, Ordering::SeqCst);
    let mut steps = 0_u32;
    while THERE.load(Ordering::SeqCst) % threads != 0 {
        if cancelled() {
            THERE.fetch_sub(1, Ordering::SeqCst);
        }
        check()?;
        steps = steps.wrapping_add(1);
        std::hint::spin_loop();
    }
    Ok(steps)
}

/// Runs until its signal aborts.
#[export(worker)]
pub fn job_forever(bytes: &mut [u8]) -> Result<u32, String> {
    bytes.fill(3);
    loop {
        check()?;
        std::hint::spin_loop();
    }
}

/// Reports each step.
#[export(worker)]
pub fn job_steps(steps: u32, progress: Progress<f64>, bytes: &[u8]) -> u32 {
    for step in 1..=steps {
        progress.report(f64::from(step) / f64::from(steps));
    }
    bytes.len() as u32
}

/// A report that cannot be copied in Rust.
#[derive(IntoJs)]
pub struct Step {
    pub name: String,
    pub of: u32,
}

/// Reports a step by its name.
#[export(worker)]
pub fn job_named_step(name: String, progress: Progress<Step>) {
    progress.report(Step { name, of: 1 });
}

/// Does nothing.
#[export(worker)]
pub fn job_empty() {}

/// True on the first thread.
#[export(worker, namespace = "jobs")]
pub fn is_first(main: u32) -> bool {
    main == thread_of_stack()
}

/// A number that tells threads from each other.
#[export]
pub fn thread_of_stack() -> u32 {
    thread_local! {
        static MARK: u8 = const { 0 };
    }
    MARK.with(|mark| core::ptr::from_ref(mark).addr() as u32)
}

/// Arrays of a known length.
#[export(worker)]
pub fn job_swap(from: &[f32; 2], to: &mut [f32; 2]) {
    *to = [from[1], from[0]];
}

/// The square of each number, on all threads.
#[export(worker, parallel)]
pub fn par_squares(from: &[f64], to: &mut [f64]) -> f64 {
    to.par_iter_mut().zip(from).for_each(|(to, from)| *to = from * from);
    to.par_iter().sum()
}

/// As many threads as meet: each waits for the others.
#[export(worker, parallel)]
pub fn par_meet(threads: u32) -> u32 {
    static HERE: AtomicU32 = AtomicU32::new(0);
    let before = HERE.load(Ordering::SeqCst);
    rayon::broadcast(|_| {
        HERE.fetch_add(1, Ordering::SeqCst);
        while HERE.load(Ordering::SeqCst) < before + threads {
            std::hint::spin_loop();
        }
    });
    rayon::current_num_threads() as u32
}

/// Until its signal aborts, as every thread hears.
#[export(worker, parallel)]
pub fn par_forever(bytes: &mut [u8], progress: Progress<u32>) -> Result<(), String> {
    bytes.par_iter_mut().enumerate().try_for_each(|(at, byte)| {
        *byte = 1;
        progress.report(at as u32);
        loop {
            check()?;
            std::hint::spin_loop();
        }
    })
}

/// Panics on one of the threads, while the others still use the buffer.
#[export(worker, parallel)]
pub fn par_panic(bytes: &mut [u8], at: u32) {
    bytes.par_iter_mut().enumerate().with_max_len(1).for_each(|(index, byte)| {
        *byte = 1;
        assert!(index as u32 != at, "byte {index}");
    });
}

/// Throws an exception of JavaScript on one of the threads.
#[export(worker, parallel)]
pub fn par_throw() {
    (0..100).into_par_iter().with_max_len(1).for_each(|index| {
        if index == 50 {
            wasm_bindgen::throw_str("thrown on a thread");
        }
    });
}

/// What it spawns ends before it does.
#[export(worker, parallel)]
pub fn par_spawn(jobs: u32) -> u32 {
    SPAWNED.store(0, Ordering::SeqCst);
    for _ in 0..jobs {
        rayon::spawn(|| {
            (0..1_000).into_par_iter().for_each(|_| std::hint::spin_loop());
            SPAWNED.fetch_add(1, Ordering::SeqCst);
        });
    }
    jobs
}

static SPAWNED: AtomicU32 = AtomicU32::new(0);

/// How many jobs of `par_spawn` have run.
#[export]
pub fn spawned() -> u32 {
    SPAWNED.load(Ordering::SeqCst)
}

/// Rayon in a function that is not parallel runs on its own thread alone.
#[export(worker)]
pub fn job_with_rayon(bytes: &[u8]) -> u32 {
    let sum = bytes.par_iter().map(|&byte| u32::from(byte)).sum::<u32>();
    sum + rayon::current_num_threads() as u32
}

/// Does something on each thread of the pool, after its own end.
#[export(worker, parallel)]
pub fn par_broadcast() -> u32 {
    SPAWNED.store(0, Ordering::SeqCst);
    rayon::spawn_broadcast(|_| _ = SPAWNED.fetch_add(1, Ordering::SeqCst));
    rayon::current_num_threads() as u32
}
