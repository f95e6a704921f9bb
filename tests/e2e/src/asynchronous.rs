//! Functions that return promises.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use wasm_lend::{Buffer, BufferMut, JsValue, export};

/// Waits for a promise, then adds.
#[export]
pub async fn sum_later(values: Buffer<u8>, promise: Promise) -> Result<u32, JsValue> {
    let more = JsFuture::from(promise).await?;
    Ok(values.iter().map(|value| u32::from(*value)).sum::<u32>() + more.as_f64().unwrap_or(0.0) as u32)
}

/// Takes a buffer and gives it back.
#[export]
pub async fn doubled_later(mut values: BufferMut<f32>, name: String) -> (BufferMut<f32>, String) {
    values.iter_mut().for_each(|value| *value *= 2.0);
    (values, name)
}

/// Every other kind of result.
#[export]
pub async fn later_unit() {}

/// A string, later.
#[export]
pub async fn later_text(number: u64, maybe: Option<char>) -> String {
    format!("{number} {maybe:?}")
}

/// Fails, later.
#[export]
pub async fn later_fail(text: String) -> Result<(), std::num::ParseIntError> {
    text.parse::<u8>().map(drop)
}

/// Panics, later.
#[export]
pub async fn later_panic(promise: Promise) -> u8 {
    let _ = JsFuture::from(promise).await;
    panic!("later");
}

/// Never ends.
#[export]
pub async fn later_never() {
    std::future::pending::<()>().await;
}
