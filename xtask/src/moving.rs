//! A library of the size of real ones moves from `#[wasm_bindgen]` to wasm-lend, file by file. After each file it builds, and its
//! JavaScript tests pass unchanged.

use std::path::Path;

use anyhow::{Result, ensure};
use wasm_lend_migrate::Arguments;

use crate::build::{self, Target};
use crate::node;
use crate::shell::{self, root, step};
use crate::toolchain::{TARGET, Toolchain};

#[path = "../../migrate/tests/generated/mod.rs"]
mod generated;

/// # Errors
///
/// When the library does not build after a file has moved, or one of its tests fails.
pub fn run(toolchain: &Toolchain) -> Result<()> {
    let directory = toolchain.target_dir().join("moving");
    let mut sources = generated::sources();
    // The classes move in the middle: functions of both attributes use them before and after that.
    sources.rotate_right(6);
    write(&directory, &sources)?;
    step("a library of 190 functions, 3 classes and an enum, as it is under #[wasm_bindgen]");
    check(toolchain, &directory)?;
    let mut rewritten = 0;
    for (path, _) in &sources {
        let report = wasm_lend_migrate::migrate(&arguments(&directory, vec![directory.join(path)]))?;
        rewritten += report.rewritten();
        step(&format!("the same after {path} has moved"));
        check(toolchain, &directory)?;
    }
    // An enum moves when nothing of `#[wasm_bindgen]` uses it.
    rewritten += wasm_lend_migrate::migrate(&arguments(&directory, Vec::new()))?.rewritten();
    step("the same after the enum has moved");
    check(toolchain, &directory)?;
    let all = generated::FUNCTIONS + generated::TYPES;
    ensure!(rewritten == all, "{rewritten} items have moved, of {all}");
    write(&directory, &sources)?;
    step("the same after one run of `wasm-lend migrate`");
    let report = wasm_lend_migrate::migrate(&arguments(&directory, Vec::new()))?;
    ensure!(report.rewritten() == all && report.left() == 0, "not all has moved:\n{report}");
    check(toolchain, &directory)
}

fn arguments(directory: &Path, files: Vec<std::path::PathBuf>) -> Arguments {
    Arguments { path: directory.to_owned(), files, dry_run: false, wasm_lend: Some(root().join("runtime")) }
}

const MANIFEST: &str = "[package]
name = \"moving\"
version = \"0.1.0\"
edition = \"2024\"

[lib]
crate-type = [\"cdylib\"]

[dependencies]
js-sys = \"0.3\"
wasm-bindgen = \"0.2\"
wasm-bindgen-futures = \"0.4\"

[workspace]
";

fn write(directory: &Path, sources: &[(String, String)]) -> Result<()> {
    std::fs::create_dir_all(directory.join("src"))?;
    std::fs::write(directory.join("Cargo.toml"), MANIFEST)?;
    for (path, text) in sources {
        std::fs::write(directory.join(path), text)?;
    }
    // The tested versions.
    std::fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock"))?;
    Ok(())
}

/// Builds the library, and runs its tests.
fn check(toolchain: &Toolchain, directory: &Path) -> Result<()> {
    let target_dir = directory.join("target");
    let mut cargo = toolchain.cargo();
    cargo.current_dir(directory).env("CARGO_TARGET_DIR", &target_dir);
    shell::run(cargo.args(["build", "--quiet", "--target", TARGET]))?;
    let package = directory.join("pkg");
    build::bind(
        &target_dir.join(TARGET).join("debug/moving.wasm"),
        Target::ExperimentalNodejsModule,
        &package,
    )?;
    shell::run(node::node().arg("tests/moving/check.mjs").arg(package.join("moving.js")))
}
