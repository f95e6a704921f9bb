//! What a shim does with its raw arguments and its result.

mod argument;
mod returned;
mod scalar;

pub use argument::{exclusive, keep, shared, take};
pub use returned::Return;
#[cfg(target_arch = "wasm32")]
pub(crate) use returned::{returned_address, set_returned};
pub use scalar::{char, flagged, small, wide, word};

use crate::fault::{Refusal, refuse, throw};
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

/// The same for a shim that has no frame: throws at once, as its last act.
#[inline(always)]
pub fn call_or_throw<R: Default>(function: &'static str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    checks::enter(function);
    match unwind::guarded(body) {
        Some(Ok(result)) => result,
        Some(Err(Refusal { fault, argument, handle })) => {
            throw(function, argument, fault as u32, handle);
            R::default()
        }
        None => R::default(),
    }
}
