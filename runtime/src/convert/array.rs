//! Arrays of several axes as arguments: the trait by which the expansion uses ndarray's types.

use crate::fault::Refusal;

/// An ndarray type that an exported function may take: `ArrayView2<f32>`, `ArrayViewMutD<u8>`, `Array1<f64>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of an exported function",
    label = "not an array or view of a type that buffers are made of",
    note = "enable the feature `ndarray` of wasm-lend, and use the same version of ndarray as it does"
)]
pub trait ArrayArgument {
    /// The guard that holds the memory while the call runs.
    type Guard;

    /// Makes the guard for the buffer `handle`.
    ///
    /// # Errors
    ///
    /// As for a slice, and `Type` if the number of axes differs.
    fn guard(handle: u32, argument: u32) -> Result<Self::Guard, Refusal>;
}
