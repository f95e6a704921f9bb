//! Runs the tests on packages that are built in other ways.

use anyhow::Result;

use crate::build::{Target, Variant, variants};
use crate::demo;
use crate::plugins;
use crate::shell::{self, root, step};
use crate::test::{BROWSER_SUITES, FILE_SUITES, suites, suites_but};
use crate::toolchain::{Toolchain, has_sources};

/// The targets that Node can load.
const TARGETS: [Target; 3] = [Target::Nodejs, Target::Web, Target::ExperimentalNodejsModule];

/// # Errors
///
/// When a suite fails.
pub fn run(toolchain: &Toolchain) -> Result<()> {
    crate::node::install_packages()?;
    growing(toolchain)?;
    small_handles(toolchain)?;
    checks(toolchain)?;
    unwinding(toolchain)
}

/// Every suite and example on packages whose memory grows in every call. This finds views that are used after a call.
fn growing(toolchain: &Toolchain) -> Result<()> {
    step("the same tests and examples, with memory growing in every call");
    variants(toolchain, "e2e", &TARGETS, Variant::Growing)?;
    demo::build(toolchain, Variant::Growing)?;
    plugins::build_tests_of(toolchain, Variant::Growing)?;
    // These suites test stacks or many rounds, and not memory.
    let others = ["overflow", "soak", "pluginsSoak"];
    let files = suites_but(&[BROWSER_SUITES, FILE_SUITES, &others].concat())?;
    shell::run(
        suites(toolchain, Variant::Growing, &files)
            .env("WASM_LEND_GROWS", "1")
            .env("WASM_LEND_STEPS", "20000"),
    )
}

/// Every suite of buffers, with handles that are reused all the time. Nothing may depend on a handle being new.
fn small_handles(toolchain: &Toolchain) -> Result<()> {
    step("the same tests, with handles of only 10 bits");
    variants(toolchain, "e2e", &TARGETS, Variant::SmallHandles)?;
    // These suites test stacks or many rounds, or load other packages.
    let others = [
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
    ];
    let files = suites_but(&[BROWSER_SUITES, FILE_SUITES, &others].concat())?;
    shell::run(
        suites(toolchain, Variant::SmallHandles, &files)
            .env("WASM_LEND_SMALL_HANDLES", "1")
            .env("WASM_LEND_STEPS", "20000"),
    )
}

/// The suites on packages with the checks of development builds.
fn checks(toolchain: &Toolchain) -> Result<()> {
    step("builds with checks");
    variants(toolchain, "e2e", &TARGETS, Variant::Checks)?;
    let tests = root().join("tests/js");
    plugins::build_tests_of(toolchain, Variant::Checks)?;
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

/// The suites on packages with unwinding panics, if the standard library can be compiled for them.
fn unwinding(toolchain: &Toolchain) -> Result<()> {
    if !has_sources() {
        step("skipped: unwinding panics, because they need rustup's component rust-src");
        return Ok(());
    }
    step("builds with unwinding panics");
    variants(toolchain, "e2e", &TARGETS, Variant::Unwinding)?;
    let tests = root().join("tests/js");
    let mut files: Vec<_> = [
        "boundary",
        "refusals",
        "ownership",
        "subBuffers",
        "model",
        "objects",
        "callbacks",
        "classes",
        "sequences",
        "jobs",
    ]
    .iter()
    .map(|suite| tests.join(format!("{suite}.test.mjs")))
    .collect();
    files.push(tests.join("variants/unwinding.test.mjs"));
    let mut suites = suites(toolchain, Variant::Unwinding, &files);
    shell::run(suites.env("WASM_LEND_UNWINDS", "1").env("WASM_LEND_STEPS", "20000"))
}
