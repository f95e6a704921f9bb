//! Conversions between buffers and the containers of Rust.

use std::sync::Arc;

use super::{Buffer, BufferMut};
use crate::element::Element;
use crate::table::owner_of;

impl<T: Element> From<BufferMut<T>> for Buffer<T> {
    /// [`BufferMut::freeze`]. O(1).
    fn from(buffer: BufferMut<T>) -> Self {
        buffer.freeze()
    }
}

impl<T: Element> From<Vec<T>> for Buffer<T> {
    /// Takes over the allocation. O(1).
    fn from(vec: Vec<T>) -> Self {
        BufferMut::from(vec).freeze()
    }
}

impl<T: Element> From<Box<[T]>> for Buffer<T> {
    /// Takes over the allocation. O(1).
    fn from(elements: Box<[T]>) -> Self {
        elements.into_vec().into()
    }
}

impl<T: Element> From<Box<[T]>> for BufferMut<T> {
    /// Takes over the allocation. O(1).
    fn from(elements: Box<[T]>) -> Self {
        elements.into_vec().into()
    }
}

impl<T: Element> From<Arc<[T]>> for Buffer<T> {
    /// Adds a reference to the `Arc`. O(1), no copy.
    fn from(elements: Arc<[T]>) -> Self {
        Buffer::from_owner(elements)
    }
}

impl<T: Element> From<&'static [T]> for Buffer<T> {
    /// Shares memory that is never released. O(1), no copy.
    fn from(elements: &'static [T]) -> Self {
        Buffer::from_owner(elements)
    }
}

impl<T: Element> From<Buffer<T>> for Vec<T> {
    /// [`Buffer::into_vec`]: O(1) if this is the only reference to a `Vec`'s allocation, else one copy.
    fn from(buffer: Buffer<T>) -> Self {
        buffer.into_vec()
    }
}

impl<T: Element> From<BufferMut<T>> for Vec<T> {
    /// [`BufferMut::into_vec`]: O(1) for a whole, one copy for a sub-buffer.
    fn from(buffer: BufferMut<T>) -> Self {
        buffer.into_vec()
    }
}

impl<T: Element> From<Buffer<T>> for Box<[T]> {
    /// As for a `Vec`, with one more copy if the `Vec` has spare capacity.
    fn from(buffer: Buffer<T>) -> Self {
        buffer.into_vec().into_boxed_slice()
    }
}

impl<T: Element> From<BufferMut<T>> for Box<[T]> {
    /// As for a `Vec`, with one more copy if the `Vec` has spare capacity.
    fn from(buffer: BufferMut<T>) -> Self {
        buffer.into_vec().into_boxed_slice()
    }
}

impl<T: Element> From<Buffer<T>> for Arc<[T]> {
    /// The `Arc` that the buffer was made from: O(1). One copy if it was made from something else, or is a range of
    /// it.
    fn from(buffer: Buffer<T>) -> Self {
        match owner_of::<Arc<[T]>>(buffer.slot) {
            Some(owner) if core::ptr::eq(&owner[..], &buffer[..]) => Arc::clone(owner),
            _ => Arc::from(&buffer[..]),
        }
    }
}

impl<T: Element> FromIterator<T> for Buffer<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Vec::from_iter(elements).into()
    }
}

impl<T: Element> FromIterator<T> for BufferMut<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Vec::from_iter(elements).into()
    }
}

#[cfg(feature = "bytes")]
impl From<bytes::Bytes> for Buffer<u8> {
    /// Keeps the `Bytes` alive, which owns the memory. O(1), no copy.
    fn from(bytes: bytes::Bytes) -> Self {
        Buffer::from_owner(bytes)
    }
}

#[cfg(feature = "bytes")]
impl From<Buffer<u8>> for bytes::Bytes {
    /// The same memory, with the buffer as its owner. O(1), no copy.
    fn from(buffer: Buffer<u8>) -> Self {
        match owner_of::<bytes::Bytes>(buffer.slot) {
            Some(owner) if core::ptr::eq(&owner[..], &buffer[..]) => owner.clone(),
            _ => bytes::Bytes::from_owner(buffer),
        }
    }
}
