use wasm_lend::export;

#[export]
pub fn nothing() {}

/// The sum, wrapping around.
///
/// # Arguments
///
/// * `a` - one
/// * `b` - the other
#[export]
pub fn add(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}

#[export]
pub fn wide(a: u64, b: i128, c: char) -> u128 {
    u128::from(a) + b.unsigned_abs() + u128::from(u32::from(c))
}

fn main() {}
