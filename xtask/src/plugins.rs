//! The plugins of the tests and examples.

use std::fs;

use anyhow::Result;

use crate::build::{Target, packages};
use crate::plugin::{build, folder};
use crate::shell::{self, step};
use crate::toolchain::{TARGET, Toolchain};

/// The package that loads those of the tests.
pub const HOST: &str = "plugin-tests-host";

/// Those of the tests.
const TESTS: [&str; 2] = ["probe", "caller"];

/// A module that is none.
const NAIVE: &str = "naive";

/// Package and plugins of the tests.
///
/// # Errors
///
/// When one does not compile.
pub fn build_tests(toolchain: &Toolchain) -> Result<()> {
    packages(toolchain, HOST, &[Target::Nodejs, Target::Web])?;
    all(toolchain, &TESTS)?;
    naive(toolchain)
}

/// # Errors
///
/// When one does not compile.
pub fn all(toolchain: &Toolchain, names: &[&str]) -> Result<()> {
    names.iter().try_for_each(|name| build(toolchain, name, false, &folder(toolchain, name, false)))
}

/// What a plugin would be without position-independent code: merely told to import its memory.
fn naive(toolchain: &Toolchain) -> Result<()> {
    step("compiling the module that overwrites its host, for the test of the tests");
    let target = toolchain.target_dir().join("plugin-build/naive");
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--quiet", "--release", "--package", NAIVE, "--target", TARGET]);
    cargo.env("RUSTFLAGS", "-Clink-arg=--import-memory").env("CARGO_TARGET_DIR", &target);
    shell::run(&mut cargo)?;
    let out = folder(toolchain, NAIVE, false);
    fs::create_dir_all(&out)?;
    fs::copy(target.join(TARGET).join("release/naive.wasm"), out.join("naive.wasm"))?;
    Ok(())
}
