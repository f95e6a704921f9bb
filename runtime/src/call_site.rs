//! Call sites: the function and argument position that a guard or an error belongs to.

use crate::fault::{Fault, Refusal};

/// The function and the argument that a guard or an error belongs to.
#[derive(Clone, Copy)]
pub struct CallSite {
    pub(crate) function: &'static str,
    pub(crate) argument: u32,
}

/// Stands for an argument number: the buffer that the function returned.
const ITS_RESULT: u32 = u32::MAX - 1;

impl CallSite {
    /// The argument of this number, counted from 0.
    #[must_use]
    pub const fn new(function: &'static str, argument: u32) -> Self {
        CallSite { function, argument }
    }

    /// A buffer that the function returned.
    #[must_use]
    pub const fn of_result(function: &'static str) -> Self {
        CallSite { function, argument: ITS_RESULT }
    }

    pub(crate) fn refusal(&self, fault: Fault, handle: u32) -> Refusal {
        Refusal { fault, argument: self.argument, handle }
    }
}
