//! The type on which methods are looked up for autoref specialization.

use core::marker::PhantomData;

use crate::call_site::CallSite;

/// Stands for the type `T` in a method call.
pub struct Probe<T: ?Sized> {
    /// The argument that is to be converted.
    pub(crate) site: &'static CallSite,
    of: PhantomData<T>,
}

// `?Sized`, so that an alias of a slice is one error.
impl<T: ?Sized> Probe<T> {
    /// For a result.
    pub const NEW: Self = Probe::at(const { &CallSite::new("", 0) });

    /// For a result, whose type only the compiler knows.
    #[must_use]
    pub const fn of(_: &T) -> Self {
        Self::NEW
    }

    /// For an argument.
    #[must_use]
    pub const fn at(site: &'static CallSite) -> Self {
        Probe { site, of: PhantomData }
    }
}
