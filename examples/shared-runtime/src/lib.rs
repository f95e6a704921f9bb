//! The host: an ordinary package, which also loads apps.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::export;

#[wasm_bindgen]
extern "C" {
    // As in any other package of wasm-bindgen.
    #[wasm_bindgen(js_namespace = console)]
    fn log(line: &str);
}

/// Prints who sees what, and where in memory it is.
///
/// Both apps call it, each over a direct import.
#[export]
pub fn report(app: &str, text: &[u8]) {
    let offset = text.as_ptr().addr();
    log(&format!("{app} {offset} {} {}", text.len(), String::from_utf8_lossy(text)));
}
