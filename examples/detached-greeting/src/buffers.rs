//! The same protocol with buffers. It passes no addresses and has no unsafe code.

use wasm_lend::export;

/// Allocates so much that memory grows, then writes "salutation, name!" into `message` and returns its length in bytes.
#[export]
pub fn greet(salutation: &[u8], name: &[u8], message: &mut [u8]) -> u32 {
    let greeting = format!("{}, {}!", String::from_utf8_lossy(salutation), String::from_utf8_lossy(name));
    super::grow();
    let length = greeting.len().min(message.len());
    message[..length].copy_from_slice(&greeting.as_bytes()[..length]);
    length as u32
}
