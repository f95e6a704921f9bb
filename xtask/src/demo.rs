//! `cargo xtask demo`: runs the examples on real input.

use anyhow::Result;

use crate::build::{Target, Variant, variants};
use crate::node;
use crate::plugins;
use crate::shell::{self, step};
use crate::toolchain::{self, Toolchain, has_sources};

/// The crate and the program of each example that runs in Node.
const EXAMPLES: [(&str, &str); 9] = [
    ("sharing-data", "examples/sharing-data/main.mjs"),
    ("sharing-data-by-name", "examples/sharing-data-by-name/main.mjs"),
    ("detached-greeting", "examples/detached-greeting/main.mjs"),
    ("streaming", "examples/streaming/main.mjs"),
    ("js-objects", "examples/js-objects/main.mjs"),
    ("editor-buffer", "examples/editor-buffer/main.mjs"),
    ("shared-runtime", "examples/shared-runtime/main.mjs"),
    ("image-plugins", "examples/image-plugins/main.mjs"),
    ("codec", "examples/codec/main.mjs"),
];

/// # Errors
///
/// When Node or the toolchain is missing, or an example fails.
pub fn run() -> Result<()> {
    node::check()?;
    let toolchain = toolchain::find()?;
    build(&toolchain, Variant::Plain)?;
    for (_, program) in EXAMPLES {
        step(&format!("node {program}"));
        shell::run(
            node::node().arg(program).env("WASM_LEND_PACKAGES", toolchain.target_dir().join("packages")),
        )?;
    }
    workers(&toolchain)
}

/// The examples with shared memory, if the standard library can be compiled for it.
fn workers(toolchain: &Toolchain) -> Result<()> {
    if !has_sources() {
        step(
            "skipped: examples/workers and examples/mandelbrot, because shared memory needs rustup's component rust-src",
        );
        return Ok(());
    }
    let variant = Variant::Threads { by_spec: false };
    for example in ["workers", "mandelbrot"] {
        variants(toolchain, example, &[Target::Web], variant)?;
        let program = format!("examples/{example}/node.mjs");
        step(&format!("node {program}"));
        shell::run(node::node().arg(program).env("WASM_LEND_PACKAGES", variant.packages(toolchain)))?;
    }
    Ok(())
}

/// Builds the packages of the examples and the plugins that they load.
pub fn build(toolchain: &Toolchain, variant: Variant) -> Result<()> {
    plugins::of_examples(toolchain)?;
    // This example is only a page.
    variants(toolchain, "audio-worklet", &[Target::Web], variant)?;
    EXAMPLES
        .iter()
        .try_for_each(|(name, _)| variants(toolchain, name, &[Target::Nodejs, Target::Web], variant))
}
