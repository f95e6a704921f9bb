//! Finds or installs a toolchain for wasm32-unknown-unknown.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{self, output, root, run, step};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// How to call cargo so that it can build for wasm.
pub struct Toolchain {
    cargo: PathBuf,
    rustc: Option<PathBuf>,
    /// Each compiler has its own target folder, because their outputs do not mix.
    target: PathBuf,
}

impl Toolchain {
    /// Cargo, in the checkout.
    pub fn cargo(&self) -> Command {
        let mut command = shell::command(&self.cargo);
        command.env("CARGO_TARGET_DIR", &self.target);
        if let Some(rustc) = &self.rustc {
            command.env("RUSTC", rustc);
            // The rustup proxy that runs this program has set it. The other toolchain is not from rustup.
            command.env_remove("RUSTUP_TOOLCHAIN");
        }
        command
    }

    /// The version of the compiler, as it calls itself.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn compiler(&self) -> Result<String> {
        let rustc = self.rustc.as_deref().unwrap_or(Path::new("rustc"));
        output(shell::command(rustc).arg("--version")).context("`rustc --version` failed")
    }

    pub fn target_dir(&self) -> &Path {
        &self.target
    }
}

/// Tries, in this order: the current toolchain, if it has the target; `rustup target add`; Debian's rustc, if it has the
/// target; and, as root on Debian, a standard library built from Debian's packages.
///
/// # Errors
///
/// When none of them works. The error says what to install.
pub fn find() -> Result<Toolchain> {
    let current = || Toolchain { cargo: "cargo".into(), rustc: None, target: shell::target() };
    if has_target("rustc") {
        return Ok(current());
    }
    if output(Command::new("rustup").arg("--version")).is_some() {
        step(&format!(
            "adding the target {TARGET} to the Rust toolchain, which has no standard library for it"
        ));
        if run(shell::command("rustup").args(["target", "add", TARGET])).is_ok() && has_target("rustc") {
            return Ok(current());
        }
    }
    let debian = || Toolchain {
        cargo: "/usr/bin/cargo".into(),
        rustc: Some("/usr/bin/rustc".into()),
        target: shell::target().join("debian"),
    };
    if has_target("/usr/bin/rustc") {
        return Ok(debian());
    }
    if shell::can_use_apt() {
        step(&format!(
            "building {TARGET}'s standard library from Debian's packages, since rustup cannot download it"
        ));
        let script = root().join("xtask/debian-wasm-std.sh");
        if run(shell::command("sh").arg(script)).is_ok() && has_target("/usr/bin/rustc") {
            return Ok(debian());
        }
    }
    bail!(
        "no Rust toolchain here can build for {TARGET}, and none could be installed.\n\
         Install it with `rustup target add {TARGET}` (https://rustup.rs),\n\
         or on Debian as root run `sh xtask/debian-wasm-std.sh`, then try again."
    )
}

fn has_target(rustc: &str) -> bool {
    let directory = output(shell::command(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    let Some(entries) = directory.and_then(|directory| std::fs::read_dir(directory).ok()) else {
        return false;
    };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
}

/// True if the sources of the standard library are installed, or rustup can install them.
pub fn has_sources() -> bool {
    let is_here = || {
        output(shell::command("rustc").args(["--print", "sysroot"])).is_some_and(|sysroot| {
            Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").exists()
        })
    };
    is_here()
        || shell::run(shell::command("rustup").args(["component", "add", "rust-src"])).is_ok() && is_here()
}
