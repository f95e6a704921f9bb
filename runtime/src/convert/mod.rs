//! What a shim does with its raw arguments and its result.

mod argument;
mod array;
mod returned;
mod scalar;

#[cfg(feature = "ndarray")]
pub(crate) use argument::{Exclusive, Shared, Take};
pub use argument::{exclusive, keep, shared, take};
pub use array::ArrayArgument;
pub use returned::Return;
#[cfg(target_arch = "wasm32")]
pub(crate) use returned::{returned_address, set_returned};
pub use scalar::{char, flagged, small, wide, word};

use crate::fault::{Refusal, refuse, refuse_in_result};
use crate::{checks, unwind};

/// Runs the body of a shim: `body` takes what its arguments need, calls the user's function and converts the result.
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
        None => R::default(),
    }
}

/// The same for a shim that returns a number, of which one stands for a refusal: JavaScript then looks whether it was one.
#[inline(always)]
pub fn call_in_result<R: Raw>(function: &'static str, body: impl FnOnce() -> Result<R, Refusal>) -> R::Wire {
    checks::enter(function);
    match unwind::guarded(body) {
        Some(Ok(result)) => result.into_wire(),
        Some(Err(Refusal { fault, argument, handle })) => {
            refuse_in_result(function, argument, fault as u32, handle);
            R::REFUSED
        }
        None => R::REFUSED,
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
