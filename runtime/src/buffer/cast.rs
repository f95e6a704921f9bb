//! The same bytes as elements of another type.

use thiserror::Error;

use super::Buffer;
use crate::element::Element;

/// The reason why bytes cannot be seen as elements of another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CastError {
    /// The address of the first byte is not aligned for the elements.
    #[error("the address is no multiple of {alignment}, which the elements need")]
    Alignment {
        /// The alignment that the elements need, in bytes.
        alignment: usize,
    },
    /// The bytes are not a whole number of elements.
    #[error("{bytes} bytes are no whole number of elements of {size} bytes")]
    Length {
        /// The number of bytes.
        bytes: usize,
        /// The size of one element, in bytes.
        size: usize,
    },
}

/// The number of elements of this size and alignment that the bytes make.
pub(crate) fn elements_in(
    address: usize,
    bytes: usize,
    size: usize,
    alignment: usize,
) -> Result<usize, CastError> {
    if address % alignment != 0 {
        return Err(CastError::Alignment { alignment });
    }
    if size == 0 || bytes % size != 0 {
        return Err(CastError::Length { bytes, size });
    }
    Ok(bytes / size)
}

impl<T: Element> Buffer<T> {
    /// The same memory as elements of another type, in the byte order of wasm, which is little-endian. O(1), no copy.
    ///
    /// ```
    /// use wasm_lend::Buffer;
    ///
    /// let floats = Buffer::from(vec![0.1_f32]);
    /// assert_eq!(floats.cast::<u8>()?[..], [205, 204, 204, 61]);
    /// # Ok::<_, wasm_lend::CastError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`CastError::Alignment`] if the address is not aligned for `U`, [`CastError::Length`] if the length in bytes
    /// is not a multiple of the size of `U`.
    pub fn cast<U: Element>(&self) -> Result<Buffer<U>, CastError> {
        let len = elements_in(self.as_ptr().addr(), size_of_val(&self[..]), size_of::<U>(), align_of::<U>())?;
        Ok(self.reinterpret(len))
    }
}
