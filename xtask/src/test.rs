//! `cargo xtask test`: every test there is.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::browsers::{CHROMIUM, FIREFOX};
use crate::build::{Target, packages};
use crate::shell::{self, root, step};
use crate::toolchain::{TARGET, Toolchain};
use crate::{demo, node, toolchain};

#[derive(clap::Args)]
pub struct Arguments {
    /// Leave out the consumer crate, for which the stock wasm-bindgen CLI is compiled once
    #[arg(long)]
    no_consumer: bool,
}

/// # Errors
///
/// With the first suite that fails.
pub fn run(arguments: &Arguments) -> Result<()> {
    node::check()?;
    let toolchain = toolchain::find()?;
    step("host tests and doc-tests of the runtime");
    shell::run(shell::command("cargo").args([
        "test",
        "--package",
        "wasm-lend",
        "--package",
        "wasm-lend-macros",
    ]))?;
    step("forms that #[export] accepts and rejects");
    shell::run(shell::command("cargo").args(["test", "--package", "ui-tests"]))?;
    javascript(&toolchain)?;
    if arguments.no_consumer {
        step("skipped: the consumer crate (--no-consumer)");
    } else {
        consumer(&toolchain)?;
    }
    Ok(())
}

fn javascript(toolchain: &Toolchain) -> Result<()> {
    node::install_packages()?;
    packages(
        toolchain,
        "e2e",
        &[Target::Nodejs, Target::Web, Target::ExperimentalNodejsModule, Target::Bundler],
    )?;
    demo::build(toolchain)?;
    step("end-to-end tests of the built packages, in Node and in the browsers that are here");
    let mut tests = node::node();
    tests.args(["--expose-gc", "--test", "--test-reporter=spec"]).args(test_files(&root().join("tests/js"))?);
    tests.env("WASM_LEND_PACKAGES", toolchain.target_dir().join("packages"));
    for (browser, variable) in [(CHROMIUM, "WASM_LEND_CHROMIUM"), (FIREFOX, "WASM_LEND_FIREFOX")] {
        match browser.find_or_install() {
            Some(path) => tests.env(variable, path),
            None => tests.env_remove(variable),
        };
    }
    shell::run(&mut tests)
}

/// Every `*.test.mjs`, in order.
fn test_files(directory: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    ensure!(!files.is_empty(), "no tests in {}", directory.display());
    files.sort();
    Ok(files)
}

/// A crate as a user would write it: outside the workspace, depending on wasm-lend alone, with the stock CLI.
fn consumer(toolchain: &Toolchain) -> Result<()> {
    let cli = stock_cli(toolchain)?;
    step("a new crate outside the workspace, built with cargo and the stock wasm-bindgen CLI, in Node");
    // Nothing of the checkout, its Cargo and npm settings least of all, is above it.
    let directory = std::env::temp_dir().join(format!("wasm-lend-consumer-{}", std::process::id()));
    if directory.exists() {
        std::fs::remove_dir_all(&directory)?;
    }
    std::fs::create_dir_all(directory.join("src"))?;
    let runtime = root().join("runtime");
    let template = root().join("tests/consumer");
    let manifest = std::fs::read_to_string(template.join("Cargo.toml.in"))?;
    std::fs::write(directory.join("Cargo.toml"), manifest.replace("@RUNTIME@", &runtime.to_string_lossy()))?;
    std::fs::copy(template.join("lib.rs"), directory.join("src/lib.rs"))?;
    std::fs::copy(template.join("main.mjs"), directory.join("main.mjs"))?;
    // The versions that were tested, so that the CLI's is the right one.
    std::fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock"))?;
    let mut cargo = toolchain.cargo();
    cargo.current_dir(&directory).env("CARGO_TARGET_DIR", toolchain.target_dir().join("consumer"));
    shell::run(cargo.args(["build", "--quiet", "--release", "--target", TARGET]))?;
    let wasm = toolchain.target_dir().join("consumer").join(TARGET).join("release/consumer.wasm");
    let out = directory.join("pkg");
    shell::run(shell::command(cli).args(["--target", "nodejs", "--out-dir"]).arg(out).arg(wasm))?;
    shell::run(node::node().current_dir(&directory).arg("main.mjs"))?;
    Ok(std::fs::remove_dir_all(&directory)?)
}

/// The wasm-bindgen CLI of the locked version, compiled once into the target folder.
fn stock_cli(toolchain: &Toolchain) -> Result<std::path::PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    let directory = toolchain.target_dir().join("tools").join(format!("wasm-bindgen-{version}"));
    let cli = directory.join("bin/wasm-bindgen");
    if !cli.exists() {
        step(&format!("compiling the stock wasm-bindgen CLI {version}, once (about 2 minutes)"));
        let mut install = shell::command("cargo");
        install
            .args(["install", "--quiet", "wasm-bindgen-cli", "--version", &version, "--root"])
            .arg(&directory);
        shell::run(install.env("CARGO_TARGET_DIR", toolchain.target_dir().join("tools/build")))?;
        std::fs::remove_dir_all(toolchain.target_dir().join("tools/build"))?;
    }
    Ok(cli)
}

/// The version of a package in Cargo.lock.
///
/// # Errors
///
/// When it is not there.
pub fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    ensure!(version.is_some(), "Cargo.lock does not name {package}");
    Ok(version.unwrap_or_default().to_owned())
}
