//! The command `wasm-lend`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "wasm-lend", about = "Tools for crates that use wasm-lend", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Rewrite the `#[wasm_bindgen]` attributes of a crate to those of wasm-lend
    Migrate(wasm_lend_migrate::Arguments),
}

fn main() -> ExitCode {
    let Verb::Migrate(arguments) = Arguments::parse().verb;
    match wasm_lend_migrate::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        // `main` does not return the error, because Rust would then print a useless backtrace.
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
