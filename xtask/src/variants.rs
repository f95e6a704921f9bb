//! The same tests on packages that are built in other ways.

use anyhow::Result;

use crate::build::{Target, Variant, variants};
use crate::demo;
use crate::plugins;
use crate::shell::{self, output, root, step};
use crate::test::{suites, suites_but};
use crate::toolchain::Toolchain;

/// Those that Node can load.
const TARGETS: [Target; 3] = [Target::Nodejs, Target::Web, Target::ExperimentalNodejsModule];

/// # Errors
///
/// With the first suite that fails.
pub fn run(toolchain: &Toolchain) -> Result<()> {
    crate::node::install_packages()?;
    growing(toolchain)?;
    small_handles(toolchain)?;
    checks(toolchain)?;
    unwinding(toolchain)
}

/// Every suite and example, with memory growing in every call: whoever keeps a view over one is found out.
fn growing(toolchain: &Toolchain) -> Result<()> {
    step("the same tests and examples, with memory growing in every call");
    variants(toolchain, "e2e", &TARGETS, Variant::Growing)?;
    demo::build(toolchain, Variant::Growing)?;
    variants(toolchain, plugins::HOST, &[Target::Web], Variant::Growing)?;
    // Those look at packages, at stacks or at rounds, not at memory.
    let files = suites_but(&[
        "chromium",
        "firefox",
        "webkit",
        "declarations",
        "golden",
        "types",
        "overflow",
        "soak",
        "pluginsSoak",
    ])?;
    shell::run(
        suites(toolchain, Variant::Growing, &files)
            .env("WASM_LEND_GROWS", "1")
            .env("WASM_LEND_STEPS", "20000"),
    )
}

/// Every suite of buffers, with handles that come round all the time: nothing may depend on a handle's being new.
fn small_handles(toolchain: &Toolchain) -> Result<()> {
    step("the same tests, with handles of 10 bits in all");
    variants(toolchain, "e2e", &TARGETS, Variant::SmallHandles)?;
    // Those look at packages, at stacks or at rounds, or load others.
    let files = suites_but(&[
        "chromium",
        "firefox",
        "webkit",
        "declarations",
        "golden",
        "types",
        "examples",
        "bounds",
        "pluginFiles",
        "pluginLoading",
        "pluginTraps",
        "plugins",
        "pluginsSoak",
        "overflow",
        "deep",
        "soak",
    ])?;
    shell::run(
        suites(toolchain, Variant::SmallHandles, &files)
            .env("WASM_LEND_SMALL_HANDLES", "1")
            .env("WASM_LEND_STEPS", "20000"),
    )
}

/// The checks of builds for development.
fn checks(toolchain: &Toolchain) -> Result<()> {
    step("builds with checks");
    variants(toolchain, "e2e", &TARGETS, Variant::Checks)?;
    let tests = root().join("tests/js");
    plugins::build_tests_with_checks(toolchain)?;
    let suites_of = [
        "variants/checks",
        "plugins",
        "pluginLoading",
        "pluginTraps",
        "model",
        "anywhere",
        "objects",
        "callbacks",
        "classes",
        "sequences",
    ];
    let files = suites_of.map(|suite| tests.join(format!("{suite}.test.mjs")));
    let mut suites = suites(toolchain, Variant::Checks, &files);
    suites.env("WASM_LEND_PLUGINS", toolchain.target_dir().join("plugins-checks"));
    shell::run(suites.env("WASM_LEND_STEPS", "20000"))
}

/// Panics that unwind, where the standard library can be compiled for them.
fn unwinding(toolchain: &Toolchain) -> Result<()> {
    if !has_sources() {
        step("skipped: panics that unwind, for which rustup has to have the component rust-src");
        return Ok(());
    }
    step("builds whose panics unwind");
    variants(toolchain, "e2e", &TARGETS, Variant::Unwinding)?;
    let tests = root().join("tests/js");
    let mut files: Vec<_> = [
        "boundary",
        "refusals",
        "ownership",
        "parts",
        "model",
        "objects",
        "callbacks",
        "classes",
        "sequences",
    ]
    .iter()
    .map(|suite| tests.join(format!("{suite}.test.mjs")))
    .collect();
    files.push(tests.join("variants/unwinding.test.mjs"));
    let mut suites = suites(toolchain, Variant::Unwinding, &files);
    shell::run(suites.env("WASM_LEND_UNWINDS", "1").env("WASM_LEND_STEPS", "20000"))
}

/// True if the sources of the standard library are here, or rustup brings them.
fn has_sources() -> bool {
    let is_here = || {
        output(shell::command("rustc").args(["--print", "sysroot"])).is_some_and(|sysroot| {
            std::path::Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").exists()
        })
    };
    is_here()
        || shell::run(shell::command("rustup").args(["component", "add", "rust-src"])).is_ok() && is_here()
}
