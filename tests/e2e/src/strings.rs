//! Strings of every type, as arguments and results.

use std::borrow::Cow;

use wasm_lend::export;

/// The string itself.
#[export]
pub fn echo_str(text: &str) -> String {
    text.to_owned()
}

/// The string itself.
#[export]
pub fn echo_string(text: String) -> String {
    text
}

/// The string itself.
#[export]
pub fn echo_boxed(text: Box<str>) -> Box<str> {
    text
}

/// The string itself.
#[export]
pub fn echo_cow(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// The length of the string in bytes of UTF-8.
#[export]
pub fn byte_length(text: &str) -> usize {
    text.len()
}

/// The bytes of the string.
#[export]
pub fn bytes_of(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// The bytes as a string. Invalid UTF-8 becomes U+FFFD.
#[export]
pub fn string_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Three strings in one call.
#[export]
pub fn join(a: &str, b: String, c: &str) -> String {
    [a, &b, c].join("|")
}

/// An optional string of each type.
#[export]
pub fn maybe_strings(
    a: Option<&str>,
    b: Option<String>,
    c: Option<Box<str>>,
    d: Option<Cow<'_, str>>,
) -> Vec<String> {
    vec![format!("{a:?}"), format!("{b:?}"), format!("{c:?}"), format!("{d:?}")]
}

/// The string, unless it is empty.
#[export]
pub fn unless_empty(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// A static string.
#[export]
pub fn constant() -> &'static str {
    "konstant"
}

/// A static string or an owned one.
#[export]
pub fn constant_or(owned: bool) -> Cow<'static, str> {
    if owned { Cow::Owned("owned".repeat(2)) } else { Cow::Borrowed("borrowed") }
}

/// Calls back and then reads the strings again.
#[export]
pub fn strings_around(a: &str, callback: &js_sys::Function, b: &str) -> String {
    let returned = callback.call0(&wasm_lend::JsValue::NULL);
    let returned = returned.ok().and_then(|value| value.as_string()).unwrap_or_default();
    format!("{a}|{returned}|{b}")
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// Without `catch`: its exceptions pass through the frames of Rust.
    #[wasm_bindgen(js_namespace = globalThis, js_name = testCallback)]
    fn uncaught();
}

/// Calls a function that may throw an exception through it.
#[export]
pub fn strings_thrown_through(a: &str, b: String, c: &[u8]) -> usize {
    uncaught();
    a.len() + b.len() + c.len()
}

/// A text of this many bytes, made while a buffer is borrowed.
#[export]
pub fn text_beside(_values: &[u8], bytes: usize) -> String {
    "x".repeat(bytes)
}
