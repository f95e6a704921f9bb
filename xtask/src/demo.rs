//! `cargo xtask demo`: the main job, on real input.

use anyhow::Result;

use crate::build::{Target, packages};
use crate::shell::{self, step};
use crate::{node, toolchain};

/// Crate and program of each example that runs in Node.
const EXAMPLES: [(&str, &str); 2] = [
    ("sharing-data", "examples/sharing-data/main.mjs"),
    ("detached-greeting", "examples/detached-greeting/main.mjs"),
];

/// # Errors
///
/// When Node or the toolchain is missing, or an example fails.
pub fn run() -> Result<()> {
    node::check()?;
    let toolchain = toolchain::find()?;
    for (name, program) in EXAMPLES {
        packages(&toolchain, name, &[Target::Nodejs])?;
        step(&format!("node {program}"));
        shell::run(
            node::node().arg(program).env("WASM_LEND_PACKAGES", toolchain.target_dir().join("packages")),
        )?;
    }
    Ok(())
}
