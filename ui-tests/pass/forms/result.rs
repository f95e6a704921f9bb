use std::num::ParseFloatError;

use wasm_lend::export;

/// # Errors
///
/// When the text is not a number.
#[export]
pub fn parse(text: &str) -> Result<f64, ParseFloatError> {
    text.parse()
}

fn main() {}
