//! What code that runs in a job can ask: [`check`] and [`cancelled`].

use core::error::Error;
use core::fmt;

use super::CURRENT;
pub use super::progress::Progress;
use crate::sync::Ordering;

/// The error of [`check`]: the caller's signal has aborted. The promise is rejected with the signal's own reason, so nobody
/// sees this error in JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the call was cancelled")
    }
}

impl Error for Cancelled {}

impl From<Cancelled> for String {
    fn from(_: Cancelled) -> String {
        "the call was cancelled".to_owned()
    }
}

/// True if the signal of the call that this thread runs has aborted. False outside of such a call. One load.
#[must_use]
pub fn cancelled() -> bool {
    let job = CURRENT.get();
    // SAFETY: while it is set, the frame of `Job::run` that has set it, and with it the job, is on this stack.
    !job.is_null() && unsafe { &*job }.is_aborted.load(Ordering::Relaxed)
}

/// Ends a function of `#[export(worker)]` early if its caller's signal has aborted: `check()?`. One load.
///
/// # Errors
///
/// [`Cancelled`], which also converts to a `String`.
pub fn check() -> Result<(), Cancelled> {
    if cancelled() { Err(Cancelled) } else { Ok(()) }
}
