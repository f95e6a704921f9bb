//! `cargo xtask build`: makes a package for JavaScript of a crate.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use wasm_bindgen_cli_support::Bindgen;

use crate::plugin;
use crate::shell::{self, step};
use crate::toolchain::{self, TARGET, Toolchain};

#[derive(clap::Args)]
pub struct Arguments {
    /// The crate, by its name in Cargo.toml
    name: String,
    /// The kind of package: what will load it
    #[arg(long, value_enum, default_value_t = Target::Web)]
    target: Target,
    /// Debug build: compiles fast, runs slowly
    #[arg(long)]
    dev: bool,
    /// Grow memory in every call, to find views that are used after a call
    #[arg(long)]
    growing: bool,
    /// Use handles of only 10 bits, which are reused all the time
    #[arg(long, conflicts_with = "growing")]
    small_handles: bool,
    /// Shared memory: workers that join use the same buffers. Compiles the standard library for it, so it needs rust-src
    #[arg(long, conflicts_with_all = ["growing", "small_handles", "dev"])]
    threads: bool,
    /// With --threads: by a target specification in place of compiler flags, which later compilers may refuse
    #[arg(long, requires = "threads")]
    target_spec: bool,
    /// Build a plugin, which packages load at run time (with --dev it has the checks, for packages built with --dev)
    #[arg(long, conflicts_with_all = ["target", "growing", "small_handles", "threads"])]
    plugin: bool,
    /// The folder of the package [default: target/packages/<crate>/<target>, or target/plugins/<crate>]
    #[arg(long)]
    out_dir: Option<PathBuf>,
}

/// The targets of wasm-bindgen that support snippets: all except `no-modules`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    Web,
    Nodejs,
    Bundler,
    /// Like web, with `__wbg_reset_state()`, which starts the package again
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
    let variant = match arguments {
        Arguments { growing: true, .. } => Variant::Growing,
        Arguments { small_handles: true, .. } => Variant::SmallHandles,
        Arguments { threads: true, target_spec, .. } => Variant::Threads { by_spec: *target_spec },
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

/// The same for a variant, which has its own folder.
pub fn variants(toolchain: &Toolchain, name: &str, targets: &[Target], variant: Variant) -> Result<()> {
    let wasm = compile(toolchain, name, false, variant)?;
    for &target in targets {
        bind(&wasm, target, &variant.packages(toolchain).join(name).join(target.name()))?;
    }
    Ok(())
}

/// The crate whose package the suites load.
const TESTED: &str = "e2e";

/// How a crate is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    Plain,
    /// A release build with the checks of development builds.
    Checks,
    /// Memory grows in every call, so that no view survives a call.
    Growing,
    /// Panics unwind. This needs a standard library that is compiled for it.
    Unwinding,
    /// Handles have only 10 bits and are reused all the time.
    SmallHandles,
    /// Shared memory. This needs a standard library that is compiled for it.
    Threads {
        /// By a target specification in place of compiler flags.
        by_spec: bool,
    },
}

/// The target of packages with shared memory, beside this crate's manifest.
const SHARED_TARGET: &str = "wasm32-shared";

/// What the linker needs for shared memory, and what wasm-bindgen needs to start threads.
const SHARED_MEMORY: [&str; 8] = [
    "--shared-memory",
    "--import-memory",
    "--max-memory=1073741824",
    "--export=__wasm_init_tls",
    "--export=__tls_size",
    "--export=__tls_align",
    "--export=__tls_base",
    "--export=__heap_base",
];

impl Variant {
    /// The folder of its packages.
    pub fn packages(self, toolchain: &Toolchain) -> PathBuf {
        toolchain.target_dir().join(match self {
            Variant::Plain => "packages",
            Variant::Checks => "packages-checks",
            Variant::Growing => "packages-growing",
            Variant::Unwinding => "packages-unwinding",
            Variant::SmallHandles => "packages-small-handles",
            Variant::Threads { by_spec: false } => "packages-threads",
            Variant::Threads { by_spec: true } => "packages-threads-spec",
        })
    }

    /// Adds its options to the command that compiles. Returns the target folder.
    fn configure(self, toolchain: &Toolchain, cargo: &mut std::process::Command) -> PathBuf {
        match self {
            Variant::Plain => {}
            Variant::Checks => _ = cargo.args(["--features", "wasm-lend/checks"]),
            Variant::Growing => _ = cargo.args(["--features", "wasm-lend/__grow"]),
            Variant::SmallHandles => _ = cargo.args(["--features", "wasm-lend/__small_handles"]),
            Variant::Unwinding => {
                let target = toolchain.target_dir().join("unwinding");
                cargo.args(["-Zbuild-std=std,panic_unwind", "--config", "profile.release.panic=\"unwind\""]);
                // Stable compilers have the flag, too, for building the standard library.
                cargo
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("RUSTFLAGS", "-Cpanic=unwind")
                    .env("CARGO_TARGET_DIR", &target);
                return target;
            }
            Variant::Threads { by_spec } => {
                let target = toolchain.target_dir().join(if by_spec { "threads-spec" } else { "threads" });
                let link = SHARED_MEMORY.map(|argument| format!("-Clink-arg={argument}")).join(" ");
                let features = "-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals";
                cargo.arg("-Zbuild-std=std,panic_abort");
                cargo
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("RUSTFLAGS", if by_spec { link } else { format!("{features} {link}") })
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
    let spec = format!("{}/{SHARED_TARGET}.json", env!("CARGO_MANIFEST_DIR"));
    let (target, folder) = match variant {
        Variant::Threads { by_spec: true } => (spec.as_str(), SHARED_TARGET),
        _ => (TARGET, TARGET),
    };
    cargo.args(["build", "--quiet", "--package", name, "--target", target]);
    if target != TARGET {
        cargo.arg("-Zjson-target-spec");
    }
    if !dev {
        cargo.arg("--release");
    }
    let target_dir = variant.configure(toolchain, &mut cargo);
    if name == TESTED && variant != Variant::Plain {
        // Compiles in half the time. Optimisation across crates is tested with the plain package.
        cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "4");
    }
    if matches!(variant, Variant::Threads { .. } | Variant::Unwinding) {
        ensure!(
            toolchain::has_sources(),
            "this build compiles the standard library, so it needs rustup's component rust-src"
        );
    }
    shell::run(&mut cargo)?;
    let profile = if dev { "debug" } else { "release" };
    let file = format!("{}.wasm", name.replace('-', "_"));
    Ok(target_dir.join(folder).join(profile).join(file))
}

/// A package for the web as it is published: without the names of functions in the wasm, because nothing needs them.
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

/// Does the same as the wasm-bindgen CLI with its defaults.
///
/// # Errors
///
/// When the module was not built with wasm-bindgen, or the folder cannot be written.
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
    // Without it, Node takes the kind of module from a package.json in a parent folder.
    let kind = if target == Target::Nodejs { "commonjs" } else { "module" };
    std::fs::write(out.join("package.json"), format!("{{\n  \"type\": \"{kind}\"\n}}\n"))?;
    let snippets = out.join("snippets");
    if target == Target::Nodejs && snippets.exists() {
        std::fs::write(snippets.join("package.json"), "{\n  \"type\": \"module\"\n}\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_of_threads_has_the_flags_of_the_linker() -> Result<()> {
        let page = std::fs::read_to_string(shell::root().join("docs/THREADS.md"))?;
        let missing: Vec<_> =
            SHARED_MEMORY.iter().filter(|flag| !page.contains(&format!("\"-Clink-arg={flag}\""))).collect();
        assert!(missing.is_empty(), "docs/THREADS.md lacks {missing:?}");
        Ok(())
    }
}
