//! `&[T; N]` and `&mut [T; N]`: a borrowed slice whose length has been checked.

use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use crate::element::Element;
use crate::fault::{Fault, Refusal};
use crate::guard::{self, Exclusive, Outlives, Shared};
use crate::pending_drops::End;

/// An array of elements: `[T; N]`.
pub trait Array {
    type Element: Element;
    const LENGTH: usize;
}

impl<T: Element, const N: usize> Array for [T; N] {
    type Element = T;
    const LENGTH: usize = N;
}

/// The guard of an array `A`.
///
/// # Invariants
///
/// The guard's slice has the length of `A`. A slice keeps its length while it is borrowed.
pub struct Fixed<G, A> {
    guard: G,
    array: PhantomData<A>,
}

impl<G: Deref<Target = [A::Element]>, A: Array> Fixed<G, A> {
    #[inline(always)]
    fn new(guard: G, argument: u32, handle: u32) -> Result<Self, Refusal> {
        // The guard ends here if the length is another one.
        if guard.len() == A::LENGTH {
            Ok(Fixed { guard, array: PhantomData })
        } else {
            Err(Refusal { fault: Fault::Length, argument, handle })
        }
    }
}

/// Borrows the buffer `handle` for reading, as an array. O(1).
///
/// # Errors
///
/// Those of [`guard::shared`], and `Length`.
#[inline(always)]
pub fn shared_array<A: Array>(handle: u32, argument: u32) -> Result<Fixed<Shared<A::Element>, A>, Refusal> {
    Fixed::new(guard::shared(handle, argument)?, argument, handle)
}

/// Borrows the buffer `handle` for writing, as an array. O(1).
///
/// # Errors
///
/// Those of [`guard::exclusive`], and `Length`.
#[inline(always)]
pub fn exclusive_array<A: Array>(
    handle: u32,
    argument: u32,
) -> Result<Fixed<Exclusive<A::Element>, A>, Refusal> {
    Fixed::new(guard::exclusive(handle, argument)?, argument, handle)
}

impl<G: Outlives, A> Outlives for Fixed<G, A> {
    fn for_job(self, argument: u32) -> Result<Self, Refusal> {
        Ok(Fixed { guard: self.guard.for_job(argument)?, array: PhantomData })
    }
}

impl<G: Deref<Target = [T]>, T, const N: usize> Deref for Fixed<G, [T; N]> {
    type Target = [T; N];

    #[inline(always)]
    fn deref(&self) -> &[T; N] {
        // SAFETY: the slice has `N` elements, by the invariant of Fixed, and an array has the layout of a slice of its length.
        unsafe { &*self.guard.as_ptr().cast() }
    }
}

impl<G: DerefMut<Target = [T]>, T, const N: usize> DerefMut for Fixed<G, [T; N]> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T; N] {
        // SAFETY: as in `deref`. The guard's borrow is exclusive.
        unsafe { &mut *self.guard.as_mut_ptr().cast() }
    }
}

impl<G: End, A> End for Fixed<G, A> {
    #[inline(always)]
    fn end(self) -> bool {
        self.guard.end()
    }
}
