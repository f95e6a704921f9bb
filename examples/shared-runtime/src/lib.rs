//! The host: an ordinary package that also loads apps.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::export;

#[wasm_bindgen]
extern "C" {
    // As in any other wasm-bindgen package.
    #[wasm_bindgen(js_namespace = console)]
    fn log(line: &str);
}

/// Prints the app, and the address, length and content of the text that it sees.
///
/// Both apps call it through a direct import.
#[export]
pub fn report(app: &str, text: &[u8]) {
    let offset = text.as_ptr().addr();
    log(&format!("{app} {offset} {} {}", text.len(), String::from_utf8_lossy(text)));
}
