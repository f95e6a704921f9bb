//! The consumer: a crate outside the workspace that depends only on wasm-lend, as a user's crate does, built with the tools of
//! users.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use crate::shell::{self, root, step};
use crate::toolchain::{TARGET, Toolchain};
use crate::{node, test};

/// # Errors
///
/// When a tool fails, or the package gives wrong results.
pub fn run(toolchain: &Toolchain) -> Result<()> {
    let cli = tool(toolchain, "wasm-bindgen-cli", "wasm-bindgen", &locked_version("wasm-bindgen")?)?;
    let pack = tool(toolchain, "wasm-pack", "wasm-pack", WASM_PACK)?;
    // Outside of the checkout, so that the Cargo and npm settings of the checkout have no effect.
    let directory = std::env::temp_dir().join(format!("wasm-lend-consumer-{}", std::process::id()));
    if directory.exists() {
        std::fs::remove_dir_all(&directory)?;
    }
    write(&directory)?;
    step("a new crate outside the workspace, built with cargo and the stock wasm-bindgen CLI, in Node");
    let target_dir = toolchain.target_dir().join("consumer");
    let mut cargo = toolchain.cargo();
    cargo.current_dir(&directory).env("CARGO_TARGET_DIR", &target_dir);
    shell::run(cargo.args(["build", "--quiet", "--release", "--target", TARGET]))?;
    let wasm = target_dir.join(TARGET).join("release/consumer.wasm");
    for target in ["nodejs", "web"] {
        let mut bindgen = shell::command(&cli);
        bindgen.args(["--target", target, "--out-dir"]).arg(directory.join(format!("pkg-{target}")));
        shell::run(bindgen.arg(&wasm))?;
    }
    let in_node =
        |package: &str| shell::run(node::node().current_dir(&directory).args(["main.mjs", package]));
    in_node("pkg-nodejs/consumer.js")?;
    step("the same crate, built with wasm-pack, in Node");
    for target in ["nodejs", "web", "bundler"] {
        shell::run(&mut wasm_pack(toolchain, &pack, &cli, &directory, target))?;
    }
    in_node("pack-nodejs/consumer.js")?;
    step("an app with that package, built with Vite");
    let mut vite = node::node();
    test::tell_browsers(&mut vite);
    shell::run(vite.arg("tests/consumer/vite.mjs").arg(&directory))?;
    Ok(std::fs::remove_dir_all(&directory)?)
}

const WASM_PACK: &str = "0.15.1";

fn write(directory: &Path) -> Result<()> {
    let template = root().join("tests/consumer");
    std::fs::create_dir_all(directory.join("src"))?;
    std::fs::create_dir_all(directory.join("app"))?;
    let manifest = std::fs::read_to_string(template.join("Cargo.toml.in"))?;
    let runtime = root().join("runtime");
    std::fs::write(directory.join("Cargo.toml"), manifest.replace("@RUNTIME@", &runtime.to_string_lossy()))?;
    std::fs::copy(template.join("lib.rs"), directory.join("src/lib.rs"))?;
    for file in ["main.mjs", "check.mjs", "app/index.html", "app/main.js"] {
        std::fs::copy(template.join(file), directory.join(file))?;
    }
    // The tested versions, so that wasm-bindgen has the version of the CLI.
    std::fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock"))?;
    Ok(())
}

/// Without wasm-opt, because wasm-pack would download it.
fn wasm_pack(toolchain: &Toolchain, pack: &Path, cli: &Path, directory: &Path, target: &str) -> Command {
    let mut command = shell::command(pack);
    let tools: Vec<PathBuf> = cli.parent().map(Path::to_path_buf).into_iter().collect();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(tools.into_iter().chain(std::env::split_paths(&path))).unwrap_or(path);
    command.args([
        "--log-level",
        "warn",
        "build",
        "--no-opt",
        "--mode",
        "no-install",
        "--target",
        target,
        "--out-dir",
    ]);
    command.arg(format!("pack-{target}")).current_dir(directory).env("PATH", path);
    command.env("CARGO_TARGET_DIR", toolchain.target_dir().join("consumer"));
    command
}

/// The path of a tool. This version of it is compiled once, into the target folder.
fn tool(toolchain: &Toolchain, package: &str, binary: &str, version: &str) -> Result<PathBuf> {
    let directory = toolchain.target_dir().join("tools").join(format!("{binary}-{version}"));
    let executable = directory.join("bin").join(binary);
    if !executable.exists() {
        step(&format!("compiling {package} {version}, once (about 2 minutes)"));
        let build = toolchain.target_dir().join("tools/build");
        let mut install = shell::command("cargo");
        install.args(["install", "--quiet", package, "--version", version, "--root"]).arg(&directory);
        shell::run(install.env("CARGO_TARGET_DIR", &build))?;
        std::fs::remove_dir_all(build)?;
    }
    Ok(executable)
}

/// The version of a package in Cargo.lock.
///
/// # Errors
///
/// When Cargo.lock does not have the package.
pub fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    ensure!(version.is_some(), "Cargo.lock does not name {package}");
    Ok(version.unwrap_or_default().to_owned())
}
