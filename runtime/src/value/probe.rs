//! The type on which methods are looked up for autoref specialization.

use core::marker::PhantomData;

use crate::call_site::CallSite;

/// Stands for the type `T` in a method call.
pub struct Probe<T> {
    /// The argument that is to be converted.
    pub(crate) site: &'static CallSite,
    of: PhantomData<T>,
}

impl<T> Probe<T> {
    /// For a result.
    pub const NEW: Self = Probe::at(const { &CallSite::new("", 0) });

    /// For an argument.
    #[must_use]
    pub const fn at(site: &'static CallSite) -> Self {
        Probe { site, of: PhantomData }
    }
}
