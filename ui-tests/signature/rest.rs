use wasm_lend::export;

#[export(variadic)]
pub fn without_arguments() {}

#[export(variadic)]
pub fn of_a_number(a: u32) -> u32 {
    a
}

#[export(variadic)]
pub fn optional(a: Option<Vec<f64>>) -> usize {
    a.map_or(0, |a| a.len())
}

#[export(variadic)]
pub fn exclusive(a: &mut [f64]) {
    a.fill(0.0);
}

fn main() {}
