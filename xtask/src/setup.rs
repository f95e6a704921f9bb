//! `cargo xtask setup`: installs everything that the other commands need. They also do this themselves.

use anyhow::Result;

use crate::browsers::{CHROMIUM, FIREFOX, WEBKIT};
use crate::node;
use crate::shell::step;
use crate::toolchain::{self, TARGET};

/// # Errors
///
/// When Node or a Rust toolchain for wasm is missing and cannot be installed. A missing browser is only reported.
pub fn run() -> Result<()> {
    node::check()?;
    toolchain::find()?;
    step(&format!("Rust can build for {TARGET}, and the version of Node is new enough"));
    node::install_packages()?;
    for browser in [CHROMIUM, FIREFOX, WEBKIT] {
        if let Some(path) = browser.find_or_install() {
            step(&format!("{} is at {}", browser.name, path.display()));
        }
    }
    Ok(())
}
