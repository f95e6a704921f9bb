//! Buffers: memory that Rust and JavaScript both hold.

mod owner;
mod shared;
mod unique;

pub(crate) use owner::{OwnerHeader, destroy, move_storage};
pub use shared::Buffer;
pub use unique::BufferMut;

#[cfg(test)]
mod tests;
