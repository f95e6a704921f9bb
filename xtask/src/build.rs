//! `cargo xtask build`: from a crate to a package for JavaScript.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;
use wasm_bindgen_cli_support::Bindgen;

use crate::shell::{self, step};
use crate::toolchain::{self, TARGET, Toolchain};

#[derive(clap::Args)]
pub struct Arguments {
    /// The crate, by its name in Cargo.toml
    name: String,
    /// What will load the package
    #[arg(long, value_enum, default_value_t = Target::Web)]
    target: Target,
    /// Debug build: quick to make, slow to run
    #[arg(long)]
    dev: bool,
    /// Where the package goes [default: target/packages/<crate>/<target>]
    #[arg(long)]
    out_dir: Option<PathBuf>,
}

/// The targets of wasm-bindgen that can carry snippets, that is all but `no-modules`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    Web,
    Nodejs,
    Bundler,
    Deno,
    ExperimentalNodejsModule,
}

impl Target {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let toolchain = toolchain::find()?;
    let wasm = compile(&toolchain, &arguments.name, arguments.dev)?;
    let out = arguments
        .out_dir
        .clone()
        .unwrap_or_else(|| default_out_dir(&toolchain, &arguments.name, arguments.target));
    bind(&wasm, arguments.target, &out)?;
    step(&format!("the package is in {}", out.display()));
    Ok(())
}

/// Builds a crate for each of `targets` into its default folder.
pub fn packages(toolchain: &Toolchain, name: &str, targets: &[Target]) -> Result<()> {
    let wasm = compile(toolchain, name, false)?;
    for &target in targets {
        bind(&wasm, target, &default_out_dir(toolchain, name, target))?;
    }
    Ok(())
}

fn default_out_dir(toolchain: &Toolchain, name: &str, target: Target) -> PathBuf {
    toolchain.target_dir().join("packages").join(name).join(target.name())
}

/// The crate's .wasm, before wasm-bindgen.
fn compile(toolchain: &Toolchain, name: &str, dev: bool) -> Result<PathBuf> {
    step(&format!("compiling {name} for {TARGET}"));
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--quiet", "--package", name, "--target", TARGET]);
    if !dev {
        cargo.arg("--release");
    }
    shell::run(&mut cargo)?;
    let profile = if dev { "debug" } else { "release" };
    let file = format!("{}.wasm", name.replace('-', "_"));
    Ok(toolchain.target_dir().join(TARGET).join(profile).join(file))
}

/// A package for the web as it is published: without the names of functions in the wasm, which nothing needs.
///
/// # Errors
///
/// As for [`bind`].
pub fn bind_without_names(wasm: &std::path::Path, out: &std::path::Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)?
        .input_path(wasm)
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(true);
    bindgen.generate(out)
}

/// What the wasm-bindgen CLI does, with its defaults.
///
/// # Errors
///
/// When the module is none of wasm-bindgen's, or the folder cannot be written.
pub fn bind(wasm: &std::path::Path, target: Target, out: &std::path::Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    match target {
        Target::Web => bindgen.web(true)?,
        Target::Nodejs => bindgen.nodejs(true)?,
        Target::Bundler => bindgen.bundler(true)?,
        Target::Deno => bindgen.deno(true)?,
        Target::ExperimentalNodejsModule => bindgen.nodejs_module(true)?,
    };
    if out.exists() {
        std::fs::remove_dir_all(out).with_context(|| format!("cannot replace {}", out.display()))?;
    }
    bindgen.input_path(wasm).typescript(true).omit_default_module_path(false);
    bindgen
        .generate(out)
        .with_context(|| format!("wasm-bindgen cannot make a package of {}", wasm.display()))?;
    // Without it Node takes the module kind from whatever package.json lies above the package.
    let kind = if target == Target::Nodejs { "commonjs" } else { "module" };
    std::fs::write(out.join("package.json"), format!("{{\n  \"type\": \"{kind}\"\n}}\n"))?;
    let snippets = out.join("snippets");
    if target == Target::Nodejs && snippets.exists() {
        std::fs::write(snippets.join("package.json"), "{\n  \"type\": \"module\"\n}\n")?;
    }
    Ok(())
}
