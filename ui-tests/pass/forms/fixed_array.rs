use wasm_lend::export;

const CELLS: usize = 4;

#[export]
pub fn add(into: &mut [f32; CELLS], matrix: &[f32; 4]) {
    into.iter_mut().zip(matrix).for_each(|(into, cell)| *into += cell);
}

#[export]
pub fn first(pair: Option<&[u8; 2]>) -> u8 {
    pair.map_or(0, |[first, _]| *first)
}

fn main() {}
