//! The same bytes as elements of another type.

use thiserror::Error;

use super::Buffer;
use crate::element::Element;

/// Why bytes cannot be seen as elements of another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CastError {
    /// The address of the first byte.
    #[error("the address is no multiple of {alignment}, which the elements need")]
    Alignment {
        /// In bytes.
        alignment: usize,
    },
    /// The length of the whole.
    #[error("{bytes} bytes are no whole number of elements of {size} bytes")]
    Length {
        /// All there are.
        bytes: usize,
        /// That of an element.
        size: usize,
    },
}

/// How many elements of `size` and `alignment` the bytes are.
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
    /// The same memory as elements of another type, in the byte order of wasm, which is little-endian. O(1).
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
    /// When the address is not aligned for `U`, or the length in bytes is no multiple of `U`'s size.
    pub fn cast<U: Element>(&self) -> Result<Buffer<U>, CastError> {
        let len = elements_in(self.as_ptr().addr(), size_of_val(&self[..]), size_of::<U>(), align_of::<U>())?;
        Ok(self.reinterpret(len))
    }
}
