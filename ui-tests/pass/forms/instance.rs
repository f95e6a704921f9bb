use wasm_lend::export;

#[export]
pub struct Series {
    samples: Vec<f32>,
}

#[export]
pub fn merge(into: &mut Series, from: &Series, taken: Series, maybe: Option<Series>) -> Series {
    into.samples.extend(&from.samples);
    maybe.unwrap_or(taken)
}

fn main() {}
