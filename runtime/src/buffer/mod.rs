//! What Rust holds of buffers.

mod cast;
mod from;
#[cfg(feature = "ndarray")]
pub(crate) mod ndarray;
mod owner;
mod shared;
#[cfg(all(test, not(loom)))]
mod tests;
#[cfg(all(test, not(loom)))]
mod tests_of_parts;
mod unique;

pub use cast::CastError;
pub use shared::Buffer;
pub use unique::{BufferMut, OutOfMemory};

pub(crate) use owner::{Owned, OwnerHeader, destroy, dissolve};

/// Ends a call that needs memory, or a place in the handle table, where Rust's interface has no error for it.
///
/// JavaScript gets `ERR_LEND_OOM`, thrown through the function as an exception of its own is: the borrows of the call end, the
/// instance lives. What the function has in its frames is lost. Where panics unwind, it is a panic.
#[cold]
pub(crate) fn out_of_memory(what: &str) -> ! {
    #[cfg(all(target_arch = "wasm32", not(panic = "unwind")))]
    crate::js::throw_out_of_memory(what);
    panic!("wasm-lend: no memory, or no handle, is left for {what}")
}
