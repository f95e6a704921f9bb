//! `Buffer` and `BufferMut`: buffers as Rust holds them.

mod cast;
mod from;
mod mutable;
mod read_only;
#[cfg(all(test, not(loom)))]
mod tests;
#[cfg(all(test, not(loom)))]
mod tests_of_sub_buffers;

pub use cast::CastError;
pub use mutable::{BufferMut, OutOfMemory};
pub use read_only::Buffer;
