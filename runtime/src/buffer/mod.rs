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

pub(crate) use owner::{Owned, OwnerHeader, destroy, dissolve, move_storage};
