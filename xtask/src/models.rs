//! Tests the counts, the flags and the handle table in every order in which two threads can run.

use anyhow::Result;

use crate::shell::{self, step};

/// # Errors
///
/// When loom finds an order that fails, or the sanitizer finds a wrong access.
pub fn run() -> Result<()> {
    step("counts, flags and the handle table, in every order (loom)");
    let mut tests = shell::command("cargo");
    tests.args(["test", "--quiet", "--release", "--package", "wasm-lend", "--lib", "--", "every_order"]);
    // Its own folder, because the flag would make cargo compile everything else again.
    tests.env("RUSTFLAGS", "--cfg loom").env("CARGO_TARGET_DIR", shell::target().join("loom"));
    shell::run(&mut tests)?;
    sanitizer()
}

/// Runs the native tests under AddressSanitizer, if there is a nightly toolchain.
fn sanitizer() -> Result<()> {
    let nightly = shell::output(shell::command("cargo").args(["+nightly", "--version"]));
    if nightly.is_none() || !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        step(
            "skipped: AddressSanitizer, because it needs a nightly toolchain (rustup toolchain add nightly) on Linux",
        );
        return Ok(());
    }
    step("the runtime's native tests under AddressSanitizer");
    shell::run(
        shell::command("sh").arg(shell::root().join("ci/asan.sh")).env("CARGO_TARGET_DIR", shell::target()),
    )
}
