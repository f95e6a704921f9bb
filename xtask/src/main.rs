//! The project's own commands: `cargo xtask --help` lists them.

mod bench;
mod browsers;
mod build;
mod consumer;
mod demo;
mod engines;
mod models;
mod node;
mod plugin;
mod plugins;
mod setup;
mod shell;
mod size;
mod test;
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
    /// Run the examples: the main job on real input
    Demo,
    /// Run every test: Rust, generated packages in Node, and a consumer crate outside the workspace
    Test(test::Arguments),
    /// Build a crate of the workspace into a package for JavaScript
    Build(build::Arguments),
    /// Measure calls side by side and print ratios
    Bench(bench::Arguments),
    /// Install what is missing: the wasm target, npm packages, browsers where possible
    Setup,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // Not by returning it from `main`, which would print Rust's backtrace of no use to anybody.
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
        Verb::Setup => setup::run(),
    }
}
