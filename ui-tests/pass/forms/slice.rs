use wasm_lend::export;

#[export]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().sum()
}

#[export]
pub fn mix(into: &mut [f32], from: &[f32], gain: f32) {
    into.iter_mut().zip(from).for_each(|(into, from)| *into += from * gain);
}

fn main() {}
