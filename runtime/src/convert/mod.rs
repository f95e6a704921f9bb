//! What a shim does with its raw arguments and its result.

mod argument;
mod returned;

pub use argument::{exclusive, keep, shared, take};
pub use returned::Return;
#[cfg(target_arch = "wasm32")]
pub(crate) use returned::{returned_address, set_returned};

use crate::fault::{Refusal, throw};

/// Runs the body of a shim: `body` takes what its arguments need, calls the user's function and converts the result.
///
/// When an argument is refused, `body`'s guards have been dropped by the time this throws, so nothing stays borrowed
/// and nothing has been moved.
#[inline(always)]
pub fn call<R>(function: &str, body: impl FnOnce() -> Result<R, Refusal>) -> R {
    match body() {
        Ok(result) => result,
        Err(Refusal { fault, argument, handle }) => throw(function, argument, fault as u32, handle),
    }
}
