//! `cargo xtask test`: runs all tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail, ensure};
use clap::ValueEnum;

use crate::browsers::{CHROMIUM, FIREFOX, WEBKIT};
use crate::build::Variant;
use crate::engines::{self, Engine};
use crate::shell::{self, root, step};
use crate::toolchain::Toolchain;
use crate::{consumer, models, moving, node, size, threads, toolchain, variants};

#[derive(clap::Args)]
pub struct Arguments {
    /// Skip the consumer crate, which needs the stock wasm-bindgen CLI and wasm-pack (they are compiled once)
    #[arg(long)]
    no_consumer: bool,
    /// Run only one part
    #[arg(long, value_enum, conflicts_with = "engine")]
    only: Option<Part>,
    /// Run only the suites of the packages, and only in one engine
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    /// Also run the long tests: every engine, and more rounds of the random tests
    #[arg(long)]
    full: bool,
}

/// A part that can be run alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The runtime natively, what the macros expand to, and the command `migrate`
    Native,
    /// Forms that `#[export]` accepts and rejects
    Forms,
    /// Counts, flags and handles of two threads in every order, with loom
    Models,
    /// The packages, in Node and in the browsers
    Packages,
    /// The same packages with checks, with memory that grows in every call, and with unwinding panics
    Variants,
    /// Packages with shared memory, on one thread and on several
    Threads,
    /// What packages weigh, compared with the recorded sizes
    Sizes,
    /// A library that moves from `#[wasm_bindgen]`, file by file
    Moving,
    /// A crate outside the workspace
    Consumer,
}

/// # Errors
///
/// When a suite fails.
pub fn run(arguments: &Arguments) -> Result<()> {
    node::check()?;
    let toolchain = toolchain::find()?;
    if let Some(engine) = arguments.engine {
        engines::build(&toolchain)?;
        return engines::run(&toolchain, engine);
    }
    let wanted = |part| arguments.only.is_none_or(|only| only == part);
    if wanted(Part::Native) {
        step("native tests and doc-tests of the runtime");
        let features = [
            "--features",
            "wasm-lend/bytes,wasm-lend/half,wasm-lend/js-sys,wasm-lend/ndarray,wasm-lend/plugin-host,wasm-lend/rayon,wasm-lend/serde",
        ];
        let packages = ["--package", "wasm-lend"];
        shell::run(shell::command("cargo").arg("test").args(packages).args(features))?;
        step("expansions of the macros, for packages and for plugins");
        let macros = ["test", "--package", "wasm-lend-macros"];
        shell::run(shell::command("cargo").args(macros))?;
        step("the command that rewrites #[wasm_bindgen]");
        shell::run(shell::command("cargo").args(["test", "--package", "wasm-lend-migrate"]))?;
        step("limits of the sizes of packages");
        shell::run(shell::command("cargo").args(["test", "--quiet", "--package", "xtask"]))?;
    }
    if wanted(Part::Forms) {
        step("forms that #[export] accepts and rejects");
        shell::run(shell::command("cargo").args(["test", "--package", "ui-tests"]))?;
    }
    if wanted(Part::Models) {
        models::run()?;
    }
    if wanted(Part::Packages) {
        javascript(&toolchain, arguments.full)?;
    }
    if wanted(Part::Variants) {
        variants::run(&toolchain)?;
    }
    if wanted(Part::Threads) {
        threads::test(&toolchain)?;
    }
    if wanted(Part::Sizes) {
        size::check(&toolchain)?;
    }
    if arguments.full {
        for &engine in Engine::value_variants() {
            engines::run(&toolchain, engine)?;
        }
    }
    if wanted(Part::Moving) {
        moving::run(&toolchain)?;
    }
    if arguments.no_consumer {
        step("skipped: the consumer crate (--no-consumer)");
    } else if wanted(Part::Consumer) {
        consumer::run(&toolchain)?;
    }
    Ok(())
}

fn javascript(toolchain: &Toolchain, full: bool) -> Result<()> {
    engines::build(toolchain)?;
    step("end-to-end tests of the built packages, in Node and in the installed browsers");
    let mut files = test_files(&root().join("tests/js"))?;
    files.extend(test_files(&root().join("tests/js/places"))?);
    let mut tests = suites(toolchain, Variant::Plain, &files);
    tell_browsers(&mut tests);
    if full {
        tests.env("WASM_LEND_FLIPS", "100000").env("WASM_LEND_STEPS", "1000000");
    }
    shell::run(&mut tests)?;
    newer_nodes(toolchain)
}

/// Runs in newer Nodes what depends most on the engine: stack overflows, and the loader of plugins.
fn newer_nodes(toolchain: &Toolchain) -> Result<()> {
    let files = |suites: &[&str]| -> Vec<PathBuf> {
        suites.iter().map(|suite| root().join(format!("tests/js/{suite}.test.mjs"))).collect()
    };
    let Some(newest) = node::newer().next() else {
        step("skipped: newer Nodes, because their npm packages are only for 64-bit x86 Linux");
        return Ok(());
    };
    step("stack overflows in newer Nodes, side by side");
    std::thread::scope(|scope| {
        let run = |node| {
            let mut tests = suites_in(node, toolchain, Variant::Plain, &files(&["overflow"]));
            shell::run(tests.env("WASM_LEND_ROUNDS", "20"))
        };
        let runs: Vec<_> = node::newer().map(|node| scope.spawn(move || run(node))).collect();
        runs.into_iter().try_for_each(|run| run.join().unwrap_or_else(|_| bail!("a run has panicked")))
    })?;
    step("plugins in the newest Node");
    let suites = files(&["plugins", "pluginLoading", "pluginTraps", "pluginsSoak"]);
    shell::run(suites_in(newest, toolchain, Variant::Plain, &suites).env("WASM_LEND_ROUNDS", "100"))
}

/// Runs suites on the packages of a variant.
pub fn suites(toolchain: &Toolchain, variant: Variant, files: &[PathBuf]) -> Command {
    suites_in(node::node(), toolchain, variant, files)
}

pub fn suites_in(mut tests: Command, toolchain: &Toolchain, variant: Variant, files: &[PathBuf]) -> Command {
    // Two files at a time, because the usual machines have two cores.
    tests.args(["--expose-gc", "--test", "--test-concurrency=2", "--test-reporter=spec"]).args(files);
    tests.env("WASM_LEND_PACKAGES", variant.packages(toolchain));
    if variant != Variant::Plain {
        // What a variant changes is in the wasm and in snippets, which are the same for each target.
        tests.env("WASM_LEND_TARGETS", "web");
    }
    tests
}

/// Every `*.test.mjs` of a folder, sorted.
pub fn test_files(directory: &Path) -> Result<Vec<PathBuf>> {
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

/// The suites that start browsers.
pub const BROWSER_SUITES: &[&str] = &["chromium", "firefox", "webkit"];

/// The suites that only read files or load packages of their own, which are the same in every engine and variant.
pub const FILE_SUITES: &[&str] =
    &["declarations", "golden", "paths", "performance", "shaking", "types", "weight"];

/// The test files of `tests/js`, except those with these names. A name is that of a file without `.test.mjs`.
pub fn suites_but(others: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = test_files(&root().join("tests/js"))?;
    for other in others {
        let count = files.len();
        files.retain(|file| !file.ends_with(format!("{other}.test.mjs")));
        ensure!(files.len() < count, "no test file has the name {other}.test.mjs");
    }
    Ok(files)
}

/// Passes the paths of the browsers in environment variables.
pub fn tell_browsers(command: &mut Command) {
    for (browser, variable) in
        [(CHROMIUM, "WASM_LEND_CHROMIUM"), (FIREFOX, "WASM_LEND_FIREFOX"), (WEBKIT, "WASM_LEND_WEBKIT")]
    {
        match browser.find_or_install() {
            Some(path) => command.env(variable, path),
            None => command.env_remove(variable),
        };
    }
}
