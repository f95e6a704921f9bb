//! `cargo xtask bench`: measures calls in one run and prints ratios.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::browsers::{Browser, CHROMIUM, FIREFOX, WEBKIT};
use crate::build::{Target, Variant, packages, variants};
use crate::shell::{self, step};
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
    /// Run only the rows whose names match this regular expression
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Also write the figures to this file, an entry for each engine; entries of other engines stay
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
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
    if arguments.size {
        return crate::size::run(false);
    }
    node::check()?;
    let toolchain = toolchain::find()?;
    node::install_packages()?;
    packages(&toolchain, "benches", &[Target::Web])?;
    plugins::build_tests(&toolchain)?;
    let is_all = arguments.engine.contains(&Engine::All);
    let engines = if is_all { Engine::ALL.to_vec() } else { arguments.engine.clone() };
    if engines.contains(&Engine::Node) {
        variants(&toolchain, "benches", &[Target::Web], Variant::Checks)?;
    }
    engines.into_iter().try_for_each(|engine| measure(&toolchain, engine, arguments))
}

fn measure(toolchain: &Toolchain, engine: Engine, arguments: &Arguments) -> Result<()> {
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
    if let Some(file) = &arguments.json {
        bench.arg("--json").arg(std::path::absolute(file)?);
    }
    step(&format!("measuring in {name}; do not use the machine for some minutes"));
    shell::run(&mut bench)
}
