use wasm_lend::worker::Progress;
use wasm_lend::{AbortSignal, Callback, JsObject, JsValue, export};

#[export(worker)]
pub fn object(_: JsObject) {}

#[export(worker)]
pub fn value(_: JsValue) {}

#[export(worker)]
pub fn reference(_: &JsValue) {}

#[export(worker)]
pub fn callback(_: Callback<'_, ()>) {}

#[export(worker)]
pub fn signal(_: &[u8], _: AbortSignal) {}

#[export(worker)]
pub fn two(_: Progress<f32>, _: Progress<u32>) {}


fn main() {}
