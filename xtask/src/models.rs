//! Tests the counts, the flags and the handle table in every order in which two threads can run.

use std::path::Path;

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

/// Runs the native tests under AddressSanitizer, and those of threads under ThreadSanitizer, if there is a nightly toolchain.
fn sanitizer() -> Result<()> {
    let nightly = shell::output(shell::command("cargo").args(["+nightly", "--version"]));
    if nightly.is_none() || !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        step(
            "skipped: AddressSanitizer and ThreadSanitizer, because they need a nightly toolchain (rustup toolchain add nightly) on Linux",
        );
        return Ok(());
    }
    step("the runtime's native tests under AddressSanitizer");
    shell::run(
        shell::command("sh").arg(shell::root().join("ci/asan.sh")).env("CARGO_TARGET_DIR", shell::target()),
    )?;
    let sources = shell::output(shell::command("rustc").args(["+nightly", "--print", "sysroot"]));
    let library = |sysroot: String| Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    if !sources.map(library).is_some_and(|file| file.exists()) {
        step(
            "skipped: ThreadSanitizer, because it needs rustup's component rust-src of the nightly toolchain",
        );
        return Ok(());
    }
    step("the native tests of threads under ThreadSanitizer");
    shell::run(
        shell::command("sh").arg(shell::root().join("ci/tsan.sh")).env("CARGO_TARGET_DIR", shell::target()),
    )
}
