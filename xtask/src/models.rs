//! What the counts, flags and the handle table do in every order in which two threads can meet.

use anyhow::Result;

use crate::shell::{self, step};

/// # Errors
///
/// When loom finds an order that goes wrong.
pub fn run() -> Result<()> {
    step("counts, flags and the handle table, in every order (loom)");
    let mut tests = shell::command("cargo");
    tests.args(["test", "--quiet", "--release", "--package", "wasm-lend", "--lib", "--", "every_order"]);
    // A folder of its own: the flag would make everything else be compiled anew.
    tests.env("RUSTFLAGS", "--cfg loom").env("CARGO_TARGET_DIR", shell::target().join("loom"));
    shell::run(&mut tests)
}
