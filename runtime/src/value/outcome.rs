//! Results whose type the macro knows by another name: `type Answer<T> = Result<T, Error>`.

use core::convert::Infallible;

use super::{IntoJs, Probe};
use crate::ts::Ts;

/// A `Result`.
pub trait AnOutcome<T, E> {
    #[doc(hidden)]
    fn __lend_outcome(self, value: Result<T, E>) -> Result<T, E>;
}

impl<T, E> AnOutcome<T, E> for &&Probe<Result<T, E>> {
    #[inline(always)]
    fn __lend_outcome(self, value: Result<T, E>) -> Result<T, E> {
        value
    }
}

/// Any other type, which is never an error.
pub trait NoOutcome<T> {
    #[doc(hidden)]
    fn __lend_outcome(self, value: T) -> Result<T, Infallible>;
}

impl<T> NoOutcome<T> for &Probe<T> {
    #[inline(always)]
    fn __lend_outcome(self, value: T) -> Result<T, Infallible> {
        Ok(value)
    }
}

impl<T: IntoJs, E> Probe<Result<T, E>> {
    /// The type in the `.d.ts` of a result that is no error.
    pub const OK: Ts = T::TS;
}
