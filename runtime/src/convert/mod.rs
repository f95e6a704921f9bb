//! What a shim does with its raw arguments and its result.

mod argument;
mod returned;
mod scalar;

pub use argument::{exclusive, keep, shared, take};
pub use returned::Return;
pub use scalar::{char, flagged, small, wide, word};
#[cfg(target_arch = "wasm32")]
pub(crate) use returned::{returned_address, set_returned};

use crate::fault::{Fault, Refusal, throw};

/// Runs the body of a shim: `body` takes what its arguments need, calls the user's function and converts the result.
///
/// When an argument is refused, `body`'s guards have been dropped by the time this throws, so nothing stays borrowed
/// and nothing has been moved.
///
/// An `Err` of the function itself is thrown by the JavaScript shim when this has returned, so that no frame of wasm is in
/// the way.
#[inline(always)]
pub fn call<R: Default>(function: &str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    match body() {
        Ok(result) => result,
        Err(Refusal { fault: Fault::Thrown, .. }) => R::default(),
        Err(Refusal { fault, argument, handle }) => throw(function, argument, fault as u32, handle),
    }
}
