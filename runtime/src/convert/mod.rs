//! The frame of a shim: it runs the body, and converts results, refusals and panics.

mod array;
mod duration;
mod fixed_array;
#[cfg(feature = "ndarray")]
mod ndarray;
mod refuse;
pub(crate) mod returned;
mod scalar;

pub use array::ArrayArgument;
pub use duration::{duration, optional_duration};
pub use fixed_array::{exclusive_array, shared_array};
pub use returned::Return;
pub(crate) use returned::{returned_address, set_returned};
pub use scalar::{char, flagged, small, wide, word};

use refuse::{refuse, refuse_in_result};

use crate::fault::Refusal;
use crate::{call_record, checks, pending_drops, unwind};

/// Runs the body of a shim. `body` makes the guards of the arguments, calls the user's function and converts its
/// result.
///
/// A call has three phases:
///
/// 1. *Take*: all guards are made. No foreign code runs.
/// 2. *Run*: values are converted, what the function owns is moved out of the guards, and the function runs. Whatever
///    happens here, all guards are held.
/// 3. *End*: the result is put where JavaScript finds it, and the guards end. No foreign code runs: destructors wait
///    in `pending_drops`.
///
/// So an exception that leaves a call always finds all of its guards held, or none.
///
/// If an argument is refused, the guards in `body` have been dropped before JavaScript learns it, so nothing stays
/// borrowed and nothing has been moved. The JavaScript shim throws after this function has returned: an exception
/// through frames of wasm would leave the stack pointer where it is, and its part of the stack would be lost.
#[inline(always)]
pub fn call<R: Default>(function: &'static str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    checks::enter(function);
    match unwind::guarded(body) {
        Ok(Ok(result)) => result,
        Ok(Err(Refusal { fault, argument, handle })) => {
            refuse(argument, fault as u32, handle);
            R::default()
        }
        Err(panicked) => {
            panicked.report(|| crate::js::panic_caught(call_record::was_moved()));
            R::default()
        }
    }
}

/// As [`call`], for a function of numbers alone, which refuses nothing. Its JavaScript shim does not ask for an
/// outcome.
#[inline(always)]
pub fn call_of_scalars<R: Default>(function: &'static str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    unrefused(function, body, crate::js::panic_to_throw)
}

/// As [`call_of_scalars`], for a function that takes strings or objects. Its JavaScript shim has a `catch` to end
/// them.
#[inline(always)]
pub fn call_with_catch<R: Default>(function: &'static str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    unrefused(function, body, || {
        crate::js::panic_caught_in_result(true);
        crate::js::panic_to_throw();
    })
}

/// Runs a body that refuses nothing. `report` tells JavaScript of a panic.
#[inline(always)]
fn unrefused<R: Default>(
    function: &'static str,
    body: impl FnOnce() -> Result<R, Refusal>,
    report: impl FnOnce(),
) -> R {
    checks::enter(function);
    match unwind::guarded(body) {
        Ok(result) => result.unwrap_or_default(),
        Err(panicked) => {
            panicked.report(report);
            R::default()
        }
    }
}

/// As [`call`], for a shim that returns a number. One number stands for a refusal, and only for that one JavaScript
/// asks for the outcome.
///
/// A number occupies no memory, so pending drops run here. After a refusal JavaScript runs them. The body ends its
/// guards by `End::end`, and returns whether a drop is pending.
#[inline(always)]
pub fn call_in_result<R: Raw>(
    function: &'static str,
    body: impl FnOnce() -> Result<(R, bool), Refusal>,
) -> R::Wire {
    in_result(function, body, |(result, is_left)| {
        if is_left {
            crate::js::run_drops();
        }
        result
    })
}

/// As [`call_in_result`], for a shim whose guards end by their destructors: those of values.
#[inline(always)]
pub fn call_in_result_with_values<R: Raw>(
    function: &'static str,
    body: impl FnOnce() -> Result<R, Refusal>,
) -> R::Wire {
    in_result(function, body, |result| {
        if pending_drops::any() {
            crate::js::run_drops();
        }
        result
    })
}

/// As [`call_in_result`], for a shim after which JavaScript has to end something, for example to copy an array back.
/// JavaScript runs the pending drops after that.
#[inline(always)]
pub fn call_in_result_with_ends<R: Raw>(
    function: &'static str,
    body: impl FnOnce() -> Result<R, Refusal>,
) -> R::Wire {
    in_result(function, body, |result| result)
}

#[inline(always)]
fn in_result<B, R: Raw>(
    function: &'static str,
    body: impl FnOnce() -> Result<B, Refusal>,
    end: impl FnOnce(B) -> R,
) -> R::Wire {
    checks::enter(function);
    match unwind::guarded(body) {
        Ok(Ok(result)) => end(result).into_wire(),
        Ok(Err(Refusal { fault, argument, handle })) => {
            refuse_in_result(argument, fault as u32, handle);
            R::REFUSED
        }
        Err(panicked) => {
            panicked.report(|| crate::js::panic_caught_in_result(call_record::was_moved()));
            R::REFUSED
        }
    }
}

/// A number, or nothing, that a shim returns.
pub trait Raw {
    /// The type in the signature of the wasm function.
    type Wire;

    /// The number that stands for a refusal. A result may be the same number; then JavaScript asks in vain.
    const REFUSED: Self::Wire;

    /// The number itself.
    fn into_wire(self) -> Self::Wire;
}

macro_rules! raw {
    ($($raw:ty, $refused:expr;)*) => {$(
        impl Raw for $raw {
            type Wire = $raw;
            const REFUSED: $raw = $refused;

            #[inline(always)]
            fn into_wire(self) -> $raw {
                self
            }
        }
    )*};
}

// `runtime/js/refusal.js` has the same numbers.
raw! {
    u32, u32::MAX;
    i32, -1;
    u64, u64::MAX;
    i64, -1;
    f32, f32::NAN;
    f64, f64::NAN;
}

impl Raw for () {
    type Wire = u32;
    const REFUSED: u32 = u32::MAX;

    #[inline(always)]
    fn into_wire(self) -> u32 {
        0
    }
}
