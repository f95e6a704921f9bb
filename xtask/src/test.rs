//! `cargo xtask test`: every test there is.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::browsers::{CHROMIUM, FIREFOX};
use crate::build::{Target, packages};
use crate::shell::{self, root, step};
use crate::toolchain::Toolchain;
use crate::{consumer, demo, node, toolchain};

#[derive(clap::Args)]
pub struct Arguments {
    /// Leave out the consumer crate, for which the stock wasm-bindgen CLI and wasm-pack are compiled once
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
        consumer::run(&toolchain)?;
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
    tell_browsers(&mut tests);
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

/// Says in the environment where the browsers are.
pub fn tell_browsers(command: &mut std::process::Command) {
    for (browser, variable) in [(CHROMIUM, "WASM_LEND_CHROMIUM"), (FIREFOX, "WASM_LEND_FIREFOX")] {
        match browser.find_or_install() {
            Some(path) => command.env(variable, path),
            None => command.env_remove(variable),
        };
    }
}
