//! What Rust holds of buffers.

mod cast;
mod from;
mod shared;
#[cfg(all(test, not(loom)))]
mod tests;
#[cfg(all(test, not(loom)))]
mod tests_of_parts;
mod unique;

pub use cast::CastError;
pub use shared::Buffer;
pub use unique::{BufferMut, OutOfMemory};
