//! `cargo xtask build`: from a crate to a package for JavaScript.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;
use wasm_bindgen_cli_support::Bindgen;

use crate::plugin;
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
    /// Grow memory in every call, to find views that are kept over one
    #[arg(long)]
    growing: bool,
    /// Make handles of 10 bits in all, which come round all the time
    #[arg(long, conflicts_with = "growing")]
    small_handles: bool,
    /// A plugin, which packages load at run time (with --dev one with the checks, for packages built with --dev)
    #[arg(long, conflicts_with_all = ["target", "growing", "small_handles"])]
    plugin: bool,
    /// Where the package goes [default: target/packages/<crate>/<target>, or target/plugins/<crate>]
    #[arg(long)]
    out_dir: Option<PathBuf>,
}

/// The targets of wasm-bindgen that can carry snippets, that is all but `no-modules`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    Web,
    Nodejs,
    Bundler,
    /// Web with `__wbg_reset_state()`, which starts the package again
    WebReset,
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
    if arguments.plugin {
        let out = arguments.out_dir.clone();
        let out = out.unwrap_or_else(|| plugin::folder(&toolchain, &arguments.name, arguments.dev));
        plugin::build(&toolchain, &arguments.name, arguments.dev, &out)?;
        step(&format!("the plugin is in {}", out.display()));
        return Ok(());
    }
    let variant = match (arguments.growing, arguments.small_handles) {
        (true, _) => Variant::Growing,
        (_, true) => Variant::SmallHandles,
        _ => Variant::Plain,
    };
    let wasm = compile(&toolchain, &arguments.name, arguments.dev, variant)?;
    let out = arguments
        .out_dir
        .clone()
        .unwrap_or_else(|| variant.packages(&toolchain).join(&arguments.name).join(arguments.target.name()));
    bind(&wasm, arguments.target, &out)?;
    step(&format!("the package is in {}", out.display()));
    Ok(())
}

/// Builds a crate for each of `targets` into its default folder.
pub fn packages(toolchain: &Toolchain, name: &str, targets: &[Target]) -> Result<()> {
    variants(toolchain, name, targets, Variant::Plain)
}

/// The same of a variant, into a folder of its own.
pub fn variants(toolchain: &Toolchain, name: &str, targets: &[Target], variant: Variant) -> Result<()> {
    let wasm = compile(toolchain, name, false, variant)?;
    for &target in targets {
        bind(&wasm, target, &variant.packages(toolchain).join(name).join(target.name()))?;
    }
    Ok(())
}

/// How a crate is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    Plain,
    /// With the checks of builds for development, in a release build.
    Checks,
    /// Memory grows in every call, so that no view survives one.
    Growing,
    /// Panics unwind, for which the standard library is compiled too.
    Unwinding,
    /// Handles of 10 bits in all, which come round all the time.
    SmallHandles,
}

impl Variant {
    /// Where its packages are.
    pub fn packages(self, toolchain: &Toolchain) -> PathBuf {
        toolchain.target_dir().join(match self {
            Variant::Plain => "packages",
            Variant::Checks => "packages-checks",
            Variant::Growing => "packages-growing",
            Variant::Unwinding => "packages-unwinding",
            Variant::SmallHandles => "packages-small-handles",
        })
    }

    /// Adds what it takes to the command that compiles; returns where the product is then.
    fn configure(self, toolchain: &Toolchain, cargo: &mut std::process::Command) -> PathBuf {
        match self {
            Variant::Plain => {}
            Variant::Checks => _ = cargo.args(["--features", "wasm-lend/checks"]),
            Variant::Growing => _ = cargo.args(["--features", "wasm-lend/__grow"]),
            Variant::SmallHandles => _ = cargo.args(["--features", "wasm-lend/__small_handles"]),
            Variant::Unwinding => {
                let target = toolchain.target_dir().join("unwinding");
                cargo.args(["-Zbuild-std=std,panic_unwind", "--config", "profile.release.panic=\"unwind\""]);
                // The flag is there on stable compilers for those who build the standard library with them.
                cargo
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("RUSTFLAGS", "-Cpanic=unwind")
                    .env("CARGO_TARGET_DIR", &target);
                return target;
            }
        }
        toolchain.target_dir().to_owned()
    }
}

/// The crate's .wasm, before wasm-bindgen.
fn compile(toolchain: &Toolchain, name: &str, dev: bool, variant: Variant) -> Result<PathBuf> {
    step(&format!("compiling {name} for {TARGET}"));
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--quiet", "--package", name, "--target", TARGET]);
    if !dev {
        cargo.arg("--release");
    }
    let target_dir = variant.configure(toolchain, &mut cargo);
    shell::run(&mut cargo)?;
    let profile = if dev { "debug" } else { "release" };
    let file = format!("{}.wasm", name.replace('-', "_"));
    Ok(target_dir.join(TARGET).join(profile).join(file))
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
        Target::WebReset => bindgen.web(true)?.reset_state_function(true),
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
