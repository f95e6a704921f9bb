//! Sub-buffers, arrays with several axes, and release listeners.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use half::f16;
use ndarray::{
    Array1, Array2, ArrayD, ArrayView, ArrayView1, ArrayView2, ArrayViewD, ArrayViewMut2, Ix2, Ix3,
};
use wasm_lend::{Buffer, BufferMut, OutOfMemory, export};

thread_local! {
    static HALVES: RefCell<Vec<BufferMut<u8>>> = const { RefCell::new(Vec::new()) };
}

static RELEASED: AtomicU32 = AtomicU32::new(0);

#[export]
pub mod sharing {
    use super::*;

    /// Splits the buffer and keeps both halves.
    pub fn divide(values: BufferMut<u8>, mid: u32) {
        let (left, right) = values.split_at_mut(mid as usize);
        HALVES.with_borrow_mut(|halves| halves.extend([left, right]));
    }
    /// Adds to every element of both halves.
    pub fn bump_halves() {
        HALVES.with_borrow_mut(|halves| {
            halves.iter_mut().for_each(|half| half.iter_mut().for_each(|value| *value += 1))
        });
    }
    /// Gives back the last half.
    pub fn half() -> Option<BufferMut<u8>> {
        HALVES.with_borrow_mut(Vec::pop)
    }
    /// Gives back the last half, frozen.
    pub fn frozen_half() -> Option<Buffer<u8>> {
        HALVES.with_borrow_mut(Vec::pop).map(BufferMut::freeze)
    }
    /// Reads one buffer and writes another.
    pub fn read_and_write(from: &[u8], to: &mut [u8]) {
        to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
    }
    /// The bytes as floats.
    pub fn as_floats(bytes: Buffer<u8>) -> Result<Buffer<f32>, wasm_lend::CastError> {
        bytes.cast()
    }
    /// Counts the buffer's release.
    pub fn watch(values: Buffer<u8>) -> Buffer<u8> {
        values.on_release(|| {
            RELEASED.fetch_add(1, Ordering::Relaxed);
        });
        values
    }
    /// The same, and panics.
    pub fn watch_and_panic(values: Buffer<u8>) -> Buffer<u8> {
        values.on_release(|| panic!("in a notification"));
        values
    }
    /// The number of watched buffers that have been released.
    pub fn released() -> u32 {
        RELEASED.load(Ordering::Relaxed)
    }
    /// A buffer of zeros, or an error if there is not enough memory.
    pub fn try_zeroed(len: u32) -> Result<BufferMut<u8>, OutOfMemory> {
        BufferMut::try_zeroed(len as usize)
    }
    /// Buffers of existing allocations.
    pub fn of_owner(owner: &str) -> Result<Buffer<u8>, String> {
        Ok(match owner {
            "Box" => Buffer::from(vec![1, 2, 3].into_boxed_slice()),
            "Arc" => Buffer::from(Arc::<[u8]>::from([1, 2, 3])),
            "static" => Buffer::from(&[1, 2, 3][..]),
            "Bytes" => Buffer::from(bytes::Bytes::from_static(&[1, 2, 3])),
            other => return Err(format!("no owner is called {other}")),
        })
    }
    /// The address of the bytes of a `Bytes` that is made of the buffer without a copy.
    pub fn address_of_bytes(values: Buffer<u8>) -> u32 {
        bytes::Bytes::from(values).as_ptr().addr() as u32
    }
}

#[export]
pub mod halves {
    use super::*;

    /// Multiplies half floats.
    pub fn scale_halves(values: &mut [f16], gain: f32) {
        values.iter_mut().for_each(|value| *value = f16::from_f32(value.to_f32() * gain));
    }
    /// Half floats.
    pub fn count_in_halves(len: u32) -> Buffer<f16> {
        (0..len).map(|value| f16::from_f32(value as f32)).collect()
    }
}

#[export]
pub mod arrays {
    use super::*;

    /// The transposed matrix.
    pub fn transpose(matrix: ArrayView2<f32>) -> Array2<f32> {
        matrix.t().to_owned()
    }
    /// The transposed matrix. Its elements are not moved.
    pub fn transpose_in_place(matrix: Array2<f32>) -> Array2<f32> {
        matrix.reversed_axes()
    }
    /// Sets the diagonal.
    pub fn set_diagonal(mut matrix: ArrayViewMut2<f32>, value: f32) {
        matrix.diag_mut().fill(value);
    }
    /// The outer product.
    pub fn outer(one: ArrayView1<f32>, other: ArrayView1<f32>) -> Array2<f32> {
        Array2::from_shape_fn((one.len(), other.len()), |(row, column)| one[row] * other[column])
    }
    /// The sum over an axis, for any number of axes.
    pub fn sum_axis(values: ArrayViewD<f32>, axis: u32) -> Result<ArrayD<f32>, String> {
        if axis as usize >= values.ndim() {
            return Err(format!("no axis {axis} of {}", values.ndim()));
        }
        Ok(values.sum_axis(ndarray::Axis(axis as usize)))
    }
    /// The first element, if there is a matrix.
    pub fn corner(matrix: Option<ArrayView<f32, Ix2>>) -> Option<f32> {
        matrix.and_then(|matrix| matrix.first().copied())
    }
    /// An element of a cube.
    pub fn in_cube(cube: ArrayView<f32, Ix3>, x: u32, y: u32, z: u32) -> Option<f32> {
        cube.get((x as usize, y as usize, z as usize)).copied()
    }
    /// The elements of a row, as a sub-buffer.
    pub fn row(matrix: Array2<f32>, index: u32) -> Option<Array1<f32>> {
        (index < matrix.nrows() as u32).then(|| matrix.row(index as usize).to_owned())
    }
}
