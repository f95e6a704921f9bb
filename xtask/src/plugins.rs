//! Builds the plugins of the tests and the examples.

use std::fs;

use anyhow::Result;

use crate::build::{Target, Variant, packages, variants};
use crate::plugin::{build, folder};
use crate::shell::{self, step};
use crate::toolchain::{TARGET, Toolchain};

/// The package that loads the plugins of the tests.
pub const HOST: &str = "plugin-tests-host";

/// The plugins of the tests.
const TESTS: [&str; 3] = ["probe", "caller", "hello"];

/// The plugins of the examples.
const EXAMPLES: [&str; 5] = ["app1", "app2", "blur", "grayscale", "vignette"];

/// A module that is not a plugin.
const NAIVE: &str = "naive";

/// Builds the package and the plugins of the tests.
///
/// # Errors
///
/// When one does not compile.
pub fn build_tests(toolchain: &Toolchain) -> Result<()> {
    packages(toolchain, HOST, &[Target::Nodejs, Target::Web])?;
    of_tests(toolchain, false)
}

/// The same with a variant of the package. With that of the checks, the plugins have the checks too.
///
/// # Errors
///
/// When one does not compile.
pub fn build_tests_of(toolchain: &Toolchain, variant: Variant) -> Result<()> {
    variants(toolchain, HOST, &[Target::Web], variant)?;
    of_tests(toolchain, variant == Variant::Checks)
}

fn of_tests(toolchain: &Toolchain, checks: bool) -> Result<()> {
    all(toolchain, &TESTS, checks)?;
    naive(toolchain, checks)
}

/// Builds the plugins of the examples.
///
/// # Errors
///
/// When one does not compile.
pub fn of_examples(toolchain: &Toolchain) -> Result<()> {
    all(toolchain, &EXAMPLES, false)
}

fn all(toolchain: &Toolchain, names: &[&str], checks: bool) -> Result<()> {
    names.iter().try_for_each(|name| build(toolchain, name, checks, &folder(toolchain, name, checks)))
}

/// Builds a module without position-independent code that imports its memory.
fn naive(toolchain: &Toolchain, checks: bool) -> Result<()> {
    step("compiling a module that overwrites its host, to check that the tests find that");
    let target = toolchain.target_dir().join("plugin-build/naive");
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--quiet", "--release", "--package", NAIVE, "--target", TARGET]);
    cargo.env("RUSTFLAGS", "-Clink-arg=--import-memory").env("CARGO_TARGET_DIR", &target);
    shell::run(&mut cargo)?;
    let out = folder(toolchain, NAIVE, checks);
    fs::create_dir_all(&out)?;
    fs::copy(target.join(TARGET).join("release/naive.wasm"), out.join("naive.wasm"))?;
    Ok(())
}
