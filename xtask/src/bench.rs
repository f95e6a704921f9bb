//! `cargo xtask bench`: measures calls in one run and prints ratios.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;

use crate::browsers::{Browser, CHROMIUM, FIREFOX, WEBKIT};
use crate::build::{Target, Variant, packages, variants};
use crate::shell::{self, root, step};
use crate::toolchain::Toolchain;
use crate::{node, plugins, toolchain};

#[derive(clap::Args)]
pub struct Arguments {
    /// The engines that run the calls, one after the other; `all` for all but WebKit
    #[arg(long, value_enum, num_args = 1.., default_values_t = [Engine::Node])]
    engine: Vec<Engine>,
    /// Measure sizes and compile times, not calls
    #[arg(long)]
    size: bool,
    /// Measure what threads cost. In Nodes and Bun: hand-over to a worker, calls of workers, and calls beside those of a build without
    /// shared memory. In browsers: work for all cores, beside wasm-bindgen-rayon
    #[arg(long, conflicts_with_all = ["size", "only", "json", "against"])]
    threads: bool,
    /// Run only the rows whose names match this regular expression
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Also write the figures to this file, an entry for each engine; entries of other engines stay, and with --only other rows
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Also print which ratios are larger than in these figures, in every round: those of a build before, from --json
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Measure nothing; write the tables of docs/PERFORMANCE.md from these figures and the recorded sizes
    #[arg(long, value_name = "FILE", conflicts_with_all = ["engine", "size", "only", "json", "against"])]
    tables: Option<PathBuf>,
    /// Measure nothing; write the plot of docs/PERFORMANCE.md from these figures
    #[arg(long, value_name = "FILE", conflicts_with_all = ["engine", "size", "only", "json", "against"])]
    plot: Option<PathBuf>,
    /// Measure calls in all engines, sizes and compile times, and write figures, tables and plot (half an hour on a quiet machine);
    /// with --only, measure only some rows again
    #[arg(long, conflicts_with_all = ["engine", "size", "json", "tables", "plot"])]
    publish: bool,
}

/// The published figures of calls. The recorded sizes are in `benches/size/recorded.json`.
pub fn published() -> PathBuf {
    root().join("docs/performance/figures.json")
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    /// The Node on PATH
    Node,
    /// The newest Node, from its npm package
    #[value(name = "node-26")]
    Node26,
    Chromium,
    Firefox,
    Webkit,
    Bun,
    /// Every engine that users of a package have: all but WebKit, whose JavaScriptCore Bun has too
    All,
}

impl Engine {
    const ALL: [Engine; 5] = [Engine::Node, Engine::Node26, Engine::Chromium, Engine::Firefox, Engine::Bun];

    fn browser(self) -> Option<Browser> {
        match self {
            Engine::Chromium => Some(CHROMIUM),
            Engine::Firefox => Some(FIREFOX),
            Engine::Webkit => Some(WEBKIT),
            Engine::Node | Engine::Node26 | Engine::Bun | Engine::All => None,
        }
    }

    /// The program that runs `benches/run.mjs`: the engine itself, or a Node that drives the browser.
    fn program(self) -> Result<Command> {
        let (program, needed) = match self {
            Engine::Node26 => (node::newer().next(), "node-26` needs the npm package of that Node"),
            Engine::Bun => (node::bun(), "bun` needs a `bun` on PATH, or its npm package"),
            _ => return Ok(node::node()),
        };
        program.with_context(|| format!("`--engine {needed}, which is for 64-bit x86 Linux only"))
    }
}

/// # Errors
///
/// When an engine is missing, or something does not compile.
pub fn run(arguments: &Arguments) -> Result<()> {
    if arguments.tables.is_some() || arguments.plot.is_some() {
        node::check()?;
        if let Some(figures) = &arguments.tables {
            write_page(figures, "--tables")?;
        }
        return arguments.plot.as_ref().map_or(Ok(()), |figures| write_page(figures, "--plot"));
    }
    if arguments.size {
        return crate::size::run(false);
    }
    if arguments.threads {
        return arguments.engine.iter().try_for_each(|engine| measure_threads(*engine));
    }
    if arguments.publish {
        return publish(arguments);
    }
    let is_all = arguments.engine.contains(&Engine::All);
    let engines = if is_all { Engine::ALL.to_vec() } else { arguments.engine.clone() };
    measure_in(&engines, arguments, arguments.json.as_deref())
}

fn publish(arguments: &Arguments) -> Result<()> {
    measure_in(&Engine::ALL, arguments, Some(&published()))?;
    if arguments.only.is_none() {
        // This writes the tables, too.
        crate::size::run(true)?;
    } else {
        write_page(&published(), "--tables")?;
    }
    write_page(&published(), "--plot")?;
    step("the figures, tables and plot of docs/PERFORMANCE.md are written");
    Ok(())
}

/// Writes a part of docs/PERFORMANCE.md: `--tables` or `--plot`.
///
/// # Errors
///
/// When the file has no figures, or the page no place for a table.
pub fn write_page(figures: &Path, part: &str) -> Result<()> {
    node::install_packages()?;
    shell::run(node::node().arg("benches/publish.mjs").arg(std::path::absolute(figures)?).arg(part))
}

const SHARED: Variant = Variant::Threads { by_spec: false };

fn measure_threads(engine: Engine) -> Result<()> {
    ensure!(engine != Engine::All, "`--threads` measures in one engine, or in several by their names");
    node::check()?;
    let toolchain = toolchain::find()?;
    node::install_packages()?;
    match engine.browser() {
        Some(browser) => measure_parallel(&toolchain, browser),
        None => measure_hand_over(&toolchain, engine),
    }
}

/// Work for all cores beside wasm-bindgen-rayon, and the longest task of the main thread.
fn measure_parallel(toolchain: &Toolchain, browser: Browser) -> Result<()> {
    let Some(path) = browser.find_or_install() else {
        bail!("{} is needed for `--engine {0}` and could not be installed", browser.name);
    };
    let mut bench = node::node();
    bench.arg("benches/parallel.mjs");
    for package in ["bench-parallel", "bench-parallel-peer"] {
        variants(toolchain, package, &[Target::Web], SHARED)?;
        bench.arg(SHARED.packages(toolchain).join(package).join("web"));
    }
    step(&format!("measuring work for all cores in {}; do not use the machine for a minute", browser.name));
    shell::run(bench.arg(browser.name).arg(path))
}

/// A buffer to a worker and an answer, calls of workers, and calls of a package with shared memory.
fn measure_hand_over(toolchain: &Toolchain, engine: Engine) -> Result<()> {
    packages(toolchain, "benches", &[Target::Web])?;
    variants(toolchain, "benches", &[Target::Web], SHARED)?;
    let name = engine.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let mut bench = engine.program()?;
    bench.args((engine != Engine::Bun).then_some("--expose-gc")).arg("benches/threads.mjs");
    bench.arg(SHARED.packages(toolchain).join("benches/web"));
    bench.arg(Variant::Plain.packages(toolchain).join("benches/web")).arg(&name);
    step(&format!("measuring threads in {name}; do not use the machine for some minutes"));
    shell::run(&mut bench)
}

fn measure_in(engines: &[Engine], arguments: &Arguments, json: Option<&Path>) -> Result<()> {
    node::check()?;
    let toolchain = toolchain::find()?;
    node::install_packages()?;
    packages(&toolchain, "benches", &[Target::Web])?;
    plugins::build_tests(&toolchain)?;
    if engines.contains(&Engine::Node) {
        variants(&toolchain, "benches", &[Target::Web], Variant::Checks)?;
    }
    engines.iter().try_for_each(|engine| measure(&toolchain, *engine, arguments, json))
}

fn measure(toolchain: &Toolchain, engine: Engine, arguments: &Arguments, json: Option<&Path>) -> Result<()> {
    let packages = toolchain.target_dir().join("packages");
    let name = engine.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let mut bench = engine.program()?;
    bench.arg("benches/run.mjs").arg(packages.join("benches/web")).args(["--name", &name]);
    bench.arg("--host").arg(packages.join(plugins::HOST).join("web"));
    bench.arg("--plugins").arg(toolchain.target_dir().join("plugins"));
    if let Some(browser) = engine.browser() {
        let Some(path) = browser.find_or_install() else {
            bail!("{} is needed for `--engine {0}` and could not be installed", browser.name);
        };
        bench.arg("--browser").arg(browser.name).arg("--executable").arg(path);
    }
    if engine == Engine::Node {
        // The cost of the checks does not depend on the engine.
        bench.arg("--checks").arg(Variant::Checks.packages(toolchain).join("benches/web"));
    }
    if let Some(text) = &arguments.only {
        bench.arg("--only").arg(text);
    }
    if let Some(file) = json {
        bench.arg("--json").arg(std::path::absolute(file)?);
    }
    if let Some(file) = &arguments.against {
        bench.arg("--against").arg(std::path::absolute(file)?);
    }
    step(&format!("measuring in {name}; do not use the machine for some minutes"));
    shell::run(&mut bench)
}
