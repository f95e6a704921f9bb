//! Packages with shared memory: their tests, and `cargo xtask stress`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::build::{Target, Variant, variants};
use crate::node;
use crate::shell::{self, root, step};
use crate::test::{suites, tell_browsers, test_files};
use crate::toolchain::{self, Toolchain};

const BY_FLAGS: Variant = Variant::Threads { by_spec: false };
const BY_SPEC: Variant = Variant::Threads { by_spec: true };

/// The suites that run on one thread of a package with shared memory: those of memory, strings and calls.
const ON_ONE_THREAD: [&str; 17] = [
    "anywhere",
    "arraysReadOnce",
    "borrowing",
    "boundary",
    "callbacks",
    "classes",
    "contrast",
    "copies",
    "hostile",
    "jobs",
    "memory",
    "model",
    "objects",
    "records",
    "release",
    "strings",
    "trust",
];

#[derive(clap::Args)]
pub struct Arguments {
    /// How many workers there are
    #[arg(long, default_value_t = 8)]
    threads: u32,
    /// How long each of the two runs lasts
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// The seed of the random steps [default: another one each time]
    #[arg(long)]
    seed: Option<u32>,
    /// How often a mutable buffer goes to a worker and back
    #[arg(long, default_value_t = 1_000_000)]
    moves: u32,
    /// How often a pool of workers starts and ends (70 ms each)
    #[arg(long, default_value_t = 10_000)]
    starts: u32,
}

/// Threads that do at random what they can with buffers.
///
/// # Errors
///
/// When a count is lost, contents are wrong, or a thread hangs.
pub fn stress(arguments: &Arguments) -> Result<()> {
    node::check()?;
    let toolchain = toolchain::find()?;
    if !sources() {
        return Ok(());
    }
    variants(&toolchain, "e2e", &[Target::Web], BY_FLAGS)?;
    variants(&toolchain, "mandelbrot", &[Target::Web], BY_FLAGS)?;
    stress_built(&toolchain, arguments)
}

fn stress_built(toolchain: &Toolchain, arguments: &Arguments) -> Result<()> {
    for ending in [false, true] {
        step(if ending {
            "threads, of which some end all the time"
        } else {
            "threads that pass buffers to each other"
        });
        let mut run = packages(node::node(), toolchain, BY_FLAGS);
        run.arg("--expose-gc").arg(root().join("tests/js/threads/stress.mjs"));
        run.arg(format!("--threads={}", arguments.threads)).arg(format!("--seconds={}", arguments.seconds));
        if let Some(seed) = arguments.seed {
            run.arg(format!("--seed={seed}"));
        }
        if ending {
            run.arg("--ending");
        }
        shell::run(&mut run)?;
    }
    let mut moves = suites(toolchain, BY_FLAGS, &[root().join("tests/js/threads/moves.test.mjs")]);
    shell::run(moves.env("WASM_LEND_MOVES", arguments.moves.to_string()))?;
    step("pools that start and end");
    let mut starts = packages(node::node(), toolchain, BY_FLAGS);
    starts.arg(root().join("tests/js/threads/starts.mjs")).arg(format!("--starts={}", arguments.starts));
    shell::run(&mut starts)
}

/// # Errors
///
/// When a suite fails.
pub fn test(toolchain: &Toolchain) -> Result<()> {
    node::install_packages()?;
    if !sources() {
        return Ok(());
    }
    step("packages with shared memory, on one thread and on several");
    variants(toolchain, "e2e", &[Target::Nodejs, Target::Web, Target::ExperimentalNodejsModule], BY_FLAGS)?;
    // For the pages.
    for example in ["workers", "mandelbrot"] {
        variants(toolchain, example, &[Target::Web], BY_FLAGS)?;
    }
    let mut files: Vec<PathBuf> =
        ON_ONE_THREAD.iter().map(|suite| root().join(format!("tests/js/{suite}.test.mjs"))).collect();
    let of_threads = test_files(&root().join("tests/js/threads"))?;
    files.extend(of_threads.iter().cloned());
    let mut tests = suites(toolchain, BY_FLAGS, &files);
    tell_browsers(&mut tests);
    shell::run(tests.env("WASM_LEND_THREADS", "1").env("WASM_LEND_STEPS", "20000"))?;
    stress_built(toolchain, &Arguments { threads: 8, seconds: 5, seed: None, moves: 20_000, starts: 50 })?;
    step("the same by a target specification in place of compiler flags");
    variants(toolchain, "e2e", &[Target::Web], BY_SPEC)?;
    let files =
        ["threads", "ends", "trap"].map(|suite| root().join(format!("tests/js/threads/{suite}.test.mjs")));
    shell::run(suites(toolchain, BY_SPEC, &files).env("WASM_LEND_THREADS", "1"))
}

fn packages(mut command: Command, toolchain: &Toolchain, variant: Variant) -> Command {
    command.env("WASM_LEND_PACKAGES", variant.packages(toolchain));
    command
}

/// True if the standard library can be compiled. Says so if not.
fn sources() -> bool {
    let is_there = toolchain::has_sources();
    if !is_there {
        step("skipped: packages with shared memory, because they need rustup's component rust-src");
    }
    is_there
}
