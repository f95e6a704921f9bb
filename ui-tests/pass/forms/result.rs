use std::num::ParseFloatError;

use wasm_lend::export;

/// # Errors
///
/// When it is no number.
#[export]
pub fn parse(text: &str) -> Result<f64, ParseFloatError> {
    text.parse()
}

fn main() {}
