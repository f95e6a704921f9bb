#![deny(missing_docs)]
//! A handler for calls by name.

use wasm_lend::{IntoParam, Param, register_call_rust};

mod inner {
    pub fn handler(_name: String, params: Vec<wasm_lend::Param>) -> Vec<wasm_lend::Param> {
        params
    }
}

register_call_rust!(inner::handler);

fn main() {
    let params: Vec<Param> = vec![vec![1_u8].into_param()];
    assert_eq!(inner::handler(String::new(), params)[0].as_u8_slice(), [1]);
}
