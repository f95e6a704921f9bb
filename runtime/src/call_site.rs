//! Where in the program a borrow or an error belongs to.

use crate::fault::{Fault, Refusal};

/// The function and the argument that a guard or an error belongs to.
#[derive(Clone, Copy)]
pub struct CallSite {
    pub(crate) function: &'static str,
    pub(crate) argument: u32,
}

/// In place of an argument: the buffer that the function has returned.
const ITS_RESULT: u32 = u32::MAX - 1;

impl CallSite {
    /// Of an argument, counted from 0.
    #[must_use]
    pub const fn new(function: &'static str, argument: u32) -> Self {
        CallSite { function, argument }
    }

    /// Of a buffer that it has returned.
    #[must_use]
    pub const fn of_result(function: &'static str) -> Self {
        CallSite { function, argument: ITS_RESULT }
    }

    pub(crate) fn refusal(&self, fault: Fault, handle: u32) -> Refusal {
        Refusal { fault, argument: self.argument, handle }
    }
}
