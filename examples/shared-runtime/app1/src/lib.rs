//! The main app: it has a constant of its own, and calls the other.

use wasm_lend::{Buffer, export, import};

#[import("host")]
unsafe extern "C" {
    fn report(app: &str, text: &[u8]);
}

#[import("app2")]
unsafe extern "C" {
    /// The text with the other app's constant behind it.
    fn join(text: Buffer<u8>) -> Buffer<u8>;
}

static A: &[u8] = b"A";

/// Joins the two constants; returns where the result lies.
#[export]
pub fn main() -> Buffer<u8> {
    report("app1", A);
    // The constant itself, where the linker has put it.
    let joined = join(Buffer::from_owner(A));
    report("app1", &joined);
    joined
}
