//! What the counts, flags and the handle table do in every order in which two threads can meet.

use anyhow::Result;

use crate::shell::{self, step};

/// # Errors
///
/// When loom finds an order that goes wrong, or the sanitizer an address.
pub fn run() -> Result<()> {
    step("counts, flags and the handle table, in every order (loom)");
    let mut tests = shell::command("cargo");
    tests.args(["test", "--quiet", "--release", "--package", "wasm-lend", "--lib", "--", "every_order"]);
    // A folder of its own: the flag would make everything else be compiled anew.
    tests.env("RUSTFLAGS", "--cfg loom").env("CARGO_TARGET_DIR", shell::target().join("loom"));
    shell::run(&mut tests)?;
    sanitizer()
}

/// The same tests as on the host, watched by AddressSanitizer where there is a nightly toolchain for it.
fn sanitizer() -> Result<()> {
    let nightly = shell::output(shell::command("cargo").args(["+nightly", "--version"]));
    if nightly.is_none() || !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        step(
            "skipped: AddressSanitizer, which needs a nightly toolchain (rustup toolchain add nightly) on Linux",
        );
        return Ok(());
    }
    step("the runtime's host tests under AddressSanitizer");
    shell::run(
        shell::command("sh").arg(shell::root().join("ci/asan.sh")).env("CARGO_TARGET_DIR", shell::target()),
    )
}
