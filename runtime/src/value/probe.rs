//! The type that autoref specialization is done on.

use core::marker::PhantomData;

use crate::call_site::CallSite;

/// Stands for a type in a method call.
pub struct Probe<T> {
    /// Which argument is to be converted.
    pub(crate) site: &'static CallSite,
    of: PhantomData<T>,
}

impl<T> Probe<T> {
    /// Of a result.
    pub const NEW: Self = Probe::at(const { &CallSite::new("", 0) });

    /// Of an argument.
    #[must_use]
    pub const fn at(site: &'static CallSite) -> Self {
        Probe { site, of: PhantomData }
    }
}
