//! JavaScript values, and callbacks. Both functions of a pair do the same work.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use wasm_lend::{Callback, Exception, JsObject, JsRef, JsType, export};

/// A value that is only passed.
#[wasm_bindgen]
pub fn bindgen_borrowed(_value: &JsValue) -> u32 {
    1
}

/// The same.
#[export]
pub fn lend_borrowed(_value: JsRef<'_>) -> u32 {
    1
}

/// A value whose type is read.
#[wasm_bindgen]
pub fn bindgen_borrowed_used(value: &JsValue) -> bool {
    value.is_function()
}

/// The same.
#[export]
pub fn lend_borrowed_used(value: JsRef<'_>) -> bool {
    value.type_of() == JsType::Function
}

/// A value that is dropped.
#[wasm_bindgen]
pub fn bindgen_owned(value: JsValue) -> u32 {
    drop(value);
    1
}

/// The same.
#[export]
pub fn lend_owned(value: JsObject) -> u32 {
    drop(value);
    1
}

thread_local! {
    static BINDGEN: RefCell<Option<JsValue>> = const { RefCell::new(None) };
    static LEND: RefCell<Option<JsObject>> = const { RefCell::new(None) };
}

/// A value that replaces the last one.
#[wasm_bindgen]
pub fn bindgen_stored(value: JsValue) {
    drop(BINDGEN.replace(Some(value)));
}

/// The same.
#[export]
pub fn lend_stored(value: JsObject) {
    drop(LEND.replace(Some(value)));
}

/// A thousand calls of a function with a number.
#[wasm_bindgen]
pub fn bindgen_callback(f: &js_sys::Function) -> Result<f64, JsValue> {
    let mut sum = 0.0;
    for i in 0..1000 {
        sum += f.call1(&JsValue::UNDEFINED, &JsValue::from_f64(f64::from(i)))?.as_f64().unwrap_or_default();
    }
    Ok(sum)
}

/// The same.
#[export]
pub fn lend_callback(f: Callback<'_, (f64,), f64>) -> Result<f64, Exception> {
    let mut sum = 0.0;
    for i in 0..1000 {
        sum += f.call((f64::from(i),))?;
    }
    Ok(sum)
}

/// A thousand calls of a function with an object.
#[wasm_bindgen]
pub fn bindgen_callback_object(f: &js_sys::Function, value: &JsValue) -> Result<u32, JsValue> {
    let mut sum = 0;
    for _ in 0..1000 {
        sum += u32::from(f.call1(&JsValue::UNDEFINED, value)?.as_bool().unwrap_or_default());
    }
    Ok(sum)
}

/// The same.
#[export]
pub fn lend_callback_object(f: Callback<'_, (JsRef<'_>,), bool>, value: JsRef<'_>) -> Result<u32, Exception> {
    let mut sum = 0;
    for _ in 0..1000 {
        sum += u32::from(f.call((&value,))?);
    }
    Ok(sum)
}
