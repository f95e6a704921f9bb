//! Reports of a job that runs.

use std::sync::Arc;

use super::Job;
use crate::sync::Lock;

/// The argument of a function of `#[export(worker)]` by which it says how far it is.
///
/// It is no parameter in JavaScript: the reports go to the function `onProgress` of the call's options. Any type that a
/// function may return can be reported, if it is `Send`.
///
/// ```no_run
/// use wasm_lend::{export, worker::Progress};
///
/// /// `await invert(pixels, { onProgress: (part) => show(part) })`
/// #[export(worker)]
/// pub fn invert(pixels: &mut [u8], progress: Progress<f32>) {
///     let all = pixels.len() as f32;
///     for (at, chunk) in pixels.chunks_mut(1 << 16).enumerate() {
///         chunk.iter_mut().for_each(|value| *value = !*value);
///         progress.report((at << 16) as f32 / all);
///     }
/// }
/// ```
pub struct Progress<T> {
    /// `None` if nobody listens.
    to: Option<To<T>>,
}

struct To<T> {
    job: Arc<Job>,
    latest: Arc<Lock<Option<T>>>,
}

// By hand: a derive would ask for a `T` that is `Clone`.
impl<T> Clone for Progress<T> {
    fn clone(&self) -> Self {
        let to = self
            .to
            .as_ref()
            .map(|To { job, latest }| To { job: Arc::clone(job), latest: Arc::clone(latest) });
        Progress { to }
    }
}

/// The caller's side of the same.
pub struct Reports<T>(Option<Arc<Lock<Option<T>>>>);

impl<T: Send> Progress<T> {
    /// A report for nobody: for tests, and for callers in Rust.
    #[must_use]
    pub fn ignored() -> Self {
        Progress { to: None }
    }

    pub(super) fn new(job: &Arc<Job>, is_heard: bool) -> (Self, Reports<T>) {
        if !is_heard {
            return (Progress { to: None }, Reports(None));
        }
        let latest = Arc::new(Lock::new(None));
        let reports = Reports(Some(Arc::clone(&latest)));
        (Progress { to: Some(To { job: Arc::clone(job), latest }) }, reports)
    }

    /// Reports a value. It never waits: if JavaScript has not read the last report yet, this one takes its place.
    pub fn report(&self, value: T) {
        if let Some(To { job, latest }) = &self.to {
            let missed = latest.with(|latest| latest.replace(value));
            drop(missed);
            job.wake();
        }
    }
}

impl<T> Reports<T> {
    /// The latest report, if JavaScript has not heard it.
    #[must_use]
    pub fn next(&self) -> Option<T> {
        self.0.as_ref()?.with(Option::take)
    }
}
