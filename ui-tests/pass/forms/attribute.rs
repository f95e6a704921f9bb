use wasm_lend::export;

#[export(name = "otherName", ts_return = "1 | 2")]
pub fn named(#[lend(name = theValue, ts = "1")] value: u8, #[lend(default = 7)] more: u8) -> u8 {
    value + more
}

#[export(namespace = "math")]
pub mod math {
    pub fn half(number: f64) -> f64 {
        number / 2.0
    }

    #[lend(name = "delete")]
    pub fn remove(values: &mut [f32]) {
        values.fill(0.0);
    }
}

#[export]
pub mod several {
    pub fn first(values: &[u8]) -> u8 {
        values[0]
    }

    pub fn last(values: &[u8]) -> u8 {
        values[values.len() - 1]
    }
}

fn main() {}
