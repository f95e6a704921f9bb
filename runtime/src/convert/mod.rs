//! What a shim does with its raw arguments and its result.

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

/// Runs the body of a shim: `body` takes what its arguments need, calls the user's function and converts the result.
///
/// A call has three phases. It *takes*: all guards, and no code of others runs. It *runs*: values are converted, then what the
/// function owns is moved out of the guards, then the function runs; whatever happens there, all guards are held. It
/// *ends*: the result is put where JavaScript finds it and the guards go, and again no code of others runs, for what they would destroy
/// waits in `pending_drops`. So an exception out of a call always finds all its guards held, or none.
///
/// When an argument is refused, `body`'s guards have been dropped by the time this tells JavaScript, so nothing stays
/// borrowed and nothing has been moved. The shim there throws when this has returned: an exception through frames of wasm
/// would take their part of the stack with it for good.
#[inline(always)]
pub fn call<R: Default>(function: &'static str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    checks::enter(function);
    match unwind::guarded(body) {
        Some(Ok(result)) => result,
        Some(Err(Refusal { fault, argument, handle })) => {
            refuse(argument, fault as u32, handle);
            R::default()
        }
        None => {
            crate::js::panic_caught(call_record::was_moved());
            R::default()
        }
    }
}

/// The same for a function of numbers alone, which refuses nothing: its shim in JavaScript asks nobody after the call.
#[inline(always)]
pub fn call_of_scalars<R: Default>(function: &'static str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    unrefused(function, body, crate::js::panic_to_throw)
}

/// The same for a function that refuses nothing either, whose shim in JavaScript has a `catch` for what it brought: strings, objects.
#[inline(always)]
pub fn call_with_catch<R: Default>(function: &'static str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    unrefused(function, body, || {
        crate::js::panic_caught_in_result(true);
        crate::js::panic_to_throw();
    })
}

/// Tells JavaScript of a panic by `tell`.
#[inline(always)]
fn unrefused<R: Default>(
    function: &'static str,
    body: impl FnOnce() -> Result<R, Refusal>,
    tell: impl FnOnce(),
) -> R {
    checks::enter(function);
    unwind::guarded(body).map_or_else(
        || {
            tell();
            R::default()
        },
        Result::unwrap_or_default,
    )
}

/// The same for a shim that returns a number, of which one stands for a refusal: JavaScript then looks whether it was one.
///
/// A number is in nobody's way, so what waits to be destroyed goes right here. After a refusal JavaScript does it. The body ends its
/// guards with `End::end`, and says whether something waits.
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

/// The same for a shim with guards that the body leaves to their destructors: those of values.
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

/// The same for a shim of which JavaScript has something to end after the call, an array to copy back for example: it has the
/// drops run after that.
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
        Some(Ok(result)) => end(result).into_wire(),
        Some(Err(Refusal { fault, argument, handle })) => {
            refuse_in_result(function, argument, fault as u32, handle);
            R::REFUSED
        }
        None => {
            crate::js::panic_caught_in_result(call_record::was_moved());
            R::REFUSED
        }
    }
}

/// A number, or nothing, as a shim returns it.
pub trait Raw {
    /// The type on the wasm stack.
    type Wire;

    /// What stands for a refusal; a result may be the same, and costs JavaScript a look.
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

// The same in `runtime/js/refusal.js`.
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
