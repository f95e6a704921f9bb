//! The project's own commands: `cargo xtask --help` lists them.

mod bench;
mod browsers;
mod build;
mod consumer;
mod demo;
mod engines;
mod models;
mod moving;
mod node;
mod plugin;
mod plugins;
mod setup;
mod shell;
mod size;
mod test;
mod threads;
mod toolchain;
mod variants;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, tests and measures wasm-lend", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Run the examples on real input
    Demo,
    /// Run all tests: Rust, generated packages in Node and browsers, and a consumer crate outside the workspace
    Test(test::Arguments),
    /// Build a crate of the workspace into a package for JavaScript
    Build(build::Arguments),
    /// Measure calls against each other and print ratios
    Bench(bench::Arguments),
    /// Rewrite the `#[wasm_bindgen]` attributes of a crate to those of wasm-lend
    Migrate(wasm_lend_migrate::Arguments),
    /// Let threads of a package with shared memory do at random what they can, and check that nothing is lost
    Stress(threads::Arguments),
    /// Install what is missing: the wasm target, npm packages, and browsers if possible
    Setup,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // `main` does not return the error, because Rust would then print a useless backtrace.
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    match Arguments::parse().verb {
        Verb::Demo => demo::run(),
        Verb::Test(arguments) => test::run(&arguments),
        Verb::Build(arguments) => build::run(&arguments),
        Verb::Bench(arguments) => bench::run(&arguments),
        Verb::Migrate(arguments) => wasm_lend_migrate::run(&arguments),
        Verb::Stress(arguments) => threads::stress(&arguments),
        Verb::Setup => setup::run(),
    }
}
