//! The extension that the main app calls.

use wasm_lend::{Buffer, export, import};

#[import("host")]
unsafe extern "C" {
    fn report(app: &str, text: &[u8]);
}

static B: &[u8] = b"B";

/// Appends the constant of this app to the text.
#[export]
pub fn join(text: Buffer<u8>) -> Buffer<u8> {
    report("app2", B);
    let joined = Buffer::from([&text[..], B].concat());
    report("app2", &joined);
    joined
}
