//! Arrays of several axes as arguments: what the expansion asks of ndarray's types.

use crate::fault::Refusal;

/// A type of ndarray that an exported function may take: `ArrayView2<f32>`, `ArrayViewMutD<u8>`, `Array1<f64>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of an exported function",
    label = "not an array or view of a type that buffers are made of",
    note = "enable the feature `ndarray` of wasm-lend, and use the same version of ndarray as it does"
)]
pub trait ArrayArgument {
    /// What holds the memory while the call lasts.
    type Guard;

    /// Takes what the argument needs of the buffer `handle`.
    ///
    /// # Errors
    ///
    /// Those of a slice, and `Type` for another number of axes.
    fn guard(handle: u32, argument: u32) -> Result<Self::Guard, Refusal>;
}
