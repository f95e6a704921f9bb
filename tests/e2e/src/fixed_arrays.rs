//! References to arrays, whose length is part of the type.

use wasm_lend::{Clamped, export};

const ROWS: usize = 2;
const CELLS: usize = ROWS * ROWS;

#[export]
pub fn determinant(matrix: &[f32; 4]) -> f32 {
    matrix[0] * matrix[3] - matrix[1] * matrix[2]
}

#[export]
pub fn transpose_square(matrix: &mut [f64; 4]) {
    matrix.swap(1, 2);
}

#[export]
pub fn add_rows(into: &mut [i16; ROWS], rows: &[i16; CELLS]) {
    for (row, pair) in into.iter_mut().zip(rows.chunks(ROWS)) {
        *row += pair.iter().sum::<i16>();
    }
}

#[export]
pub fn maybe_first(bytes: Option<&[Clamped<u8>; 1]>) -> Option<u8> {
    bytes.map(|[byte]| byte.0)
}

/// The address of the array, so that a test sees that nothing was copied.
#[export]
pub fn address_of_array(values: &[u32; 3]) -> usize {
    values.as_ptr().addr()
}
