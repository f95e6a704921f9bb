//! Arguments that are prepared, and taken when every other argument of the call was accepted.

use super::ConversionError;
use crate::call_record::{RecordedBorrow, record_borrow};
use crate::call_site::CallSite;
use crate::table::Slot;

/// Who holds a value: a call for an argument, or nobody for the result of a callback.
#[derive(Clone, Copy)]
pub struct Holder {
    pub(crate) site: Option<&'static CallSite>,
    /// How deep the value is inside others.
    depth: u32,
}

/// The stack of wasm has room for this many values inside each other, and for more.
const DEEPEST: u32 = 200;

impl Holder {
    /// The call takes the value at once.
    pub const NOBODY: Self = Holder { site: None, depth: 0 };

    /// The call that the site belongs to.
    pub(crate) const fn of(site: &'static CallSite) -> Self {
        Holder { site: Some(site), depth: 0 }
    }

    /// For what is in the value. An object may contain itself.
    ///
    /// # Errors
    ///
    /// If too many values are inside each other.
    pub(crate) fn deeper(self) -> Result<Self, ConversionError> {
        if self.depth == DEEPEST {
            return Err(ConversionError::too_deep(DEEPEST));
        }
        Ok(Holder { depth: self.depth + 1, ..self })
    }

    /// Records the borrow of what the call holds: an exception may leave the call.
    pub(crate) fn record(self, slot: &'static Slot) -> Result<Option<RecordedBorrow>, ConversionError> {
        let Some(site) = self.site else { return Ok(None) };
        let recorded = record_borrow(slot, site.argument);
        recorded.map(Some).map_err(|_| ConversionError::no_memory("the record of its borrow"))
    }
}

/// A prepared argument. The value is taken out when every other argument was accepted.
pub trait IntoArgument<T> {
    /// Takes the value. O(1), or O(n) for a list of instances.
    fn get(self) -> T;
}

/// A value that a call holds. What is in it may still belong to JavaScript. If the call is refused, it is dropped, and
/// JavaScript has everything back.
pub struct Held<T>(State<T>);

enum State<T> {
    Ready(T),
    /// Takes what is in the value from JavaScript.
    Later(Box<dyn FnOnce() -> T>),
}

impl<T> Held<T> {
    /// A value that has nothing of JavaScript's in it.
    #[inline(always)]
    #[must_use]
    pub fn ready(value: T) -> Self {
        Held(State::Ready(value))
    }

    /// True if nothing in it belongs to JavaScript.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.as_ready().is_some()
    }

    /// The value, if nothing in it belongs to JavaScript.
    pub(crate) fn as_ready(&self) -> Option<&T> {
        match &self.0 {
            State::Ready(value) => Some(value),
            State::Later(_) => None,
        }
    }

    /// A value that `take` takes from JavaScript.
    #[must_use]
    pub fn later(take: impl FnOnce() -> T + 'static) -> Self {
        Held(State::Later(Box::new(take)))
    }

    /// Another value, made of this one when it is taken.
    #[must_use]
    pub fn map<U>(self, make: impl FnOnce(T) -> U + 'static) -> Held<U>
    where
        T: 'static,
    {
        match self.0 {
            State::Ready(value) => Held::ready(make(value)),
            State::Later(take) => Held::later(move || make(take())),
        }
    }

    /// One value of several.
    #[must_use]
    pub fn all(parts: Vec<Held<T>>) -> Held<Vec<T>>
    where
        T: 'static,
    {
        if parts.iter().all(|part| matches!(part.0, State::Ready(_))) {
            return Held::ready(parts.into_iter().map(Held::get).collect());
        }
        Held::later(move || parts.into_iter().map(Held::get).collect())
    }
}

impl<T> IntoArgument<T> for Held<T> {
    #[inline(always)]
    fn get(self) -> T {
        match self.0 {
            State::Ready(value) => value,
            State::Later(take) => take(),
        }
    }
}
