//! The caller's side of a job.

use core::cell::Cell;
use core::future::{Future, poll_fn};
use core::marker::PhantomData;
use core::task::{Poll, Waker};
use std::sync::Arc;

use super::super::iter::fulfilled;
use super::super::promise::promise_of;
use super::progress::{Progress, Reports};
use super::{CANCELLED, DONE, Job, Panic, RUNNING, Threads, WAITING, Work, register};
use crate::JsValue;
use crate::fault::{Fault, Refusal};
use crate::js;
use crate::sync::{Lock, Ordering};
use crate::value::ConversionError;

/// The flags that JavaScript gives a call: `runtime/js/jobs.js` has the same.
const POOLED: u32 = 1;
const BACKGROUND: u32 = 2;
const REPORTS: u32 = 4;

/// Runs the future, and gives its promise to the JavaScript shim, with the number of the job that it waits for.
///
/// # Errors
///
/// Never. The result has this type because the other ways to end a call have it.
pub fn give_job(
    id: u32,
    future: impl Future<Output = Result<JsValue, JsValue>> + 'static,
) -> Result<(), Refusal> {
    js::give_job(&promise_of(future), id);
    Ok(())
}

/// Gives a report to the listener of a job. One that cannot be converted is an error that nobody can catch.
pub fn progressed(function: &str, id: u32, value: Result<JsValue, ConversionError>) {
    match fulfilled(function, value) {
        Ok(value) => js::job_progress(id, &value, false),
        Err(error) => js::job_progress(id, &error, true),
    }
}

/// A job that has its number, but no work.
pub struct NewJob {
    job: Arc<Job>,
    id: u32,
    flags: u32,
}

/// A function that runs once, with its arguments, and the place of its result.
struct Call<F, R> {
    function: F,
    result: Arc<Lock<Option<R>>>,
}

impl<R: Send, F: FnMut() -> R + Send> Work for Call<F, R> {
    fn run(&mut self) {
        let value = (self.function)();
        self.result.with(|result| *result = Some(value));
    }
}

impl NewJob {
    /// Registers a job, so that it can be aborted. `is_parallel` has all threads of the pool run it together.
    ///
    /// # Errors
    ///
    /// `OutOfMemory`.
    pub fn new(flags: u32, is_parallel: bool) -> Result<Self, Refusal> {
        let job = Arc::new(Job::new(if is_parallel { Threads::All } else { Threads::One }));
        let id =
            register(&job).ok_or(Refusal { fault: Fault::OutOfMemory, argument: u32::MAX, handle: 0 })?;
        Ok(NewJob { job, id, flags })
    }

    /// The argument by which the function reports how far it is, and what has its reports for JavaScript.
    #[must_use]
    pub fn progress<T: Send>(&self) -> (Progress<T>, Reports<T>) {
        Progress::new(&self.job, self.flags & REPORTS != 0)
    }

    /// Puts the work in. From now on another thread may run it.
    #[must_use]
    pub fn start<R, F>(self, function: F) -> Started<R>
    where
        R: Send + 'static,
        F: FnMut() -> R + Send + 'static,
    {
        let result = Arc::new(Lock::new(None));
        self.job.put(Call { function, result: Arc::clone(&result) });
        let NewJob { job, id, flags } = self;
        #[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
        if flags & POOLED != 0 {
            use super::queue::Wait;
            let wait = if flags & BACKGROUND != 0 { Wait::Background } else { Wait::User };
            super::queue::push(Arc::clone(&job), wait);
        }
        let _ = (flags, POOLED, BACKGROUND);
        Started { job: Caller(job), id, result, here: PhantomData }
    }
}

/// A job that was started. Only its caller's thread has it.
pub struct Started<R> {
    job: Caller,
    /// The number by which JavaScript knows it, until it has settled the promise.
    id: u32,
    result: Arc<Lock<Option<R>>>,
    here: PhantomData<Cell<()>>,
}

/// The caller's hold of a job. When it drops, nobody waits for the job any more.
struct Caller(Arc<Job>);

impl Drop for Caller {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<R> Started<R> {
    /// The number by which JavaScript knows it.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The result of the function. `report` is called for each report of its progress that JavaScript is to hear.
    ///
    /// # Errors
    ///
    /// What the promise is rejected with if the job was aborted, or has panicked.
    pub async fn ended(self, mut report: impl FnMut(u32)) -> Result<R, JsValue> {
        let Started { job: Caller(ref job), id, ref result, .. } = self;
        poll_fn(|context| {
            let end = poll(job, context.waker());
            // First: the last report comes before the end.
            report(id);
            end
        })
        .await?;
        if job.is_aborted.load(Ordering::Relaxed) {
            return Err(js::job_aborted());
        }
        result.with(Option::take).ok_or_else(js::job_aborted)
    }
}

/// The last state of a job. If it has none yet, its end will wake the waker.
pub(super) fn state_or_wake(job: &Job, waker: &Waker) -> Poll<u32> {
    let waker = waker.clone();
    let earlier = job.waker.with(|place| place.replace(waker));
    drop(earlier);
    // After that: it may have ended just before, and has woken nobody then.
    match job.state.load(Ordering::Acquire) {
        WAITING | RUNNING => Poll::Pending,
        last => Poll::Ready(last),
    }
}

fn poll(job: &Job, waker: &Waker) -> Poll<Result<(), JsValue>> {
    state_or_wake(job, waker).map(|state| match state {
        DONE => Ok(()),
        CANCELLED => Err(js::job_aborted()),
        _ => {
            job.drop_work();
            Err(panic_of(job))
        }
    })
}

fn panic_of(job: &Job) -> JsValue {
    let panic = job.panic.with(Option::take);
    let panic = panic.unwrap_or(Panic { message: String::new(), file: String::new(), line: 0, column: 0 });
    js::job_panicked(&panic.message, &panic.file, panic.line, panic.column)
}
