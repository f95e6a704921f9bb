//! The Rust half of the tutorial "Sharing data", with another import line.

// As in the tutorial.
#![allow(clippy::needless_borrow)]

use wasm_lend::{IntoParam, Param as WrfParam, register_call_rust};

fn sum(values: &[u8]) -> u8 {
    values.iter().sum()
}

fn product(values: &[u8]) -> u8 {
    values.iter().product()
}

fn call_rust(name: String, params: Vec<WrfParam>) -> Vec<WrfParam> {
    if name == "sum" {
        let values = params[0].as_u8_slice();
        let response = vec![sum(&values)].into_param();
        return vec![response];
    } else if name == "product" {
        let values = params[0].as_u8_slice();
        let response = vec![product(&values)].into_param();
        return vec![response];
    }
    vec![]
}

register_call_rust!(call_rust);
