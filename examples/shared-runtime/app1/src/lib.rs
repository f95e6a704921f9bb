//! The main app: it has its own constant and calls the other app.

use wasm_lend::{Buffer, export, import};

#[import("host")]
unsafe extern "C" {
    fn report(app: &str, text: &[u8]);
}

#[import("app2")]
unsafe extern "C" {
    /// Appends the constant of the other app to the text.
    fn join(text: Buffer<u8>) -> Buffer<u8>;
}

static A: &[u8] = b"A";

/// Joins the two constants.
#[export]
pub fn main() -> Buffer<u8> {
    report("app1", A);
    // The buffer is over the constant itself.
    let joined = join(Buffer::from_owner(A));
    report("app1", &joined);
    joined
}
