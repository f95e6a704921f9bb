//! `cargo xtask bench`: measures calls in one run and prints ratios.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::browsers::{CHROMIUM, FIREFOX, WEBKIT};
use crate::build::{Target, Variant, packages, variants};
use crate::shell::{self, step};
use crate::{node, plugins, toolchain};

#[derive(clap::Args)]
pub struct Arguments {
    /// The engine that runs the calls
    #[arg(long, value_enum, default_value_t = Engine::Node)]
    engine: Engine,
    /// Measure sizes and compile times, not calls
    #[arg(long)]
    size: bool,
    /// Run only the rows whose names match this regular expression
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Also write the figures to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Node,
    Chromium,
    Firefox,
    Webkit,
    Bun,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    if arguments.size {
        return crate::size::run();
    }
    node::check()?;
    let toolchain = toolchain::find()?;
    node::install_packages()?;
    let browser = match arguments.engine {
        Engine::Node | Engine::Bun => None,
        Engine::Chromium => Some(CHROMIUM),
        Engine::Firefox => Some(FIREFOX),
        Engine::Webkit => Some(WEBKIT),
    };
    packages(&toolchain, "benches", &[Target::Web])?;
    let mut bench = if arguments.engine == Engine::Bun {
        let Some(bun) = node::bun() else {
            bail!(
                "`--engine bun` needs Bun: its npm package (only for 64-bit x86 Linux), or a `bun` on PATH"
            );
        };
        bun
    } else {
        node::node()
    };
    bench.arg("benches/run.mjs").arg(toolchain.target_dir().join("packages/benches/web"));
    plugins::build_tests(&toolchain)?;
    bench.arg("--host").arg(toolchain.target_dir().join("packages").join(plugins::HOST).join("web"));
    bench.arg("--plugins").arg(toolchain.target_dir().join("plugins"));
    if let Some(browser) = browser {
        let Some(path) = browser.find_or_install() else {
            bail!("{} is needed for `--engine {0}` and could not be installed", browser.name);
        };
        bench.arg("--browser").arg(browser.name).arg("--executable").arg(path);
    }
    if arguments.engine == Engine::Node {
        // The cost of the checks does not depend on the engine.
        variants(&toolchain, "benches", &[Target::Web], Variant::Checks)?;
        bench.arg("--checks").arg(Variant::Checks.packages(&toolchain).join("benches/web"));
    }
    if let Some(text) = &arguments.only {
        bench.arg("--only").arg(text);
    }
    if let Some(file) = &arguments.json {
        bench.arg("--json").arg(std::path::absolute(file)?);
    }
    step("measuring; do not use the machine for a minute");
    shell::run(&mut bench)
}
