//! What a shim does with its raw arguments and its result.

mod argument;
mod returned;

pub use argument::{exclusive, keep, shared, take};
pub use returned::Return;
#[cfg(target_arch = "wasm32")]
pub(crate) use returned::returned_address;

use crate::fault::Refusal;

/// Runs the body of a shim: `body` takes what its arguments need, calls the user's function and converts the result.
///
/// When an argument is refused, `body`'s guards have been dropped by the time this throws, so nothing stays borrowed
/// and nothing has been moved. `handles` are the raw arguments by position, 0 for those that are not handles.
#[inline(always)]
pub fn call<R>(function: &str, handles: &[u32], body: impl FnOnce() -> Result<R, Refusal>) -> R {
    match body() {
        Ok(result) => result,
        Err(refusal) => refusal.throw(function, handles),
    }
}
