//! `cargo xtask bench --size`: compares the size and the compile time of packages with those of the same functions with
//! `#[wasm_bindgen]`. `cargo xtask test --only sizes` checks that no package has grown.

mod crates;
mod record;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::shell::{self, root, step};
use crate::size::crates::{App, Boundary, FUNCTIONS, MANY};
use crate::size::record::{Parts, Record, Row};
use crate::toolchain::{TARGET, Toolchain};
use crate::{bench, build, node, toolchain};

/// The number of times that each crate is compiled. The fastest time counts, because disturbances only add time.
const ROUNDS: usize = 3;

const HOW_TO_RECORD: &str = "record the new sizes with `WASM_LEND_BLESS=1 cargo xtask test --only sizes`";

/// Prints the sizes and compile times, and records them if that is wanted.
///
/// # Errors
///
/// When a crate does not compile, or Vite fails.
pub fn run(is_recorded: bool) -> Result<()> {
    node::check()?;
    let toolchain = toolchain::find()?;
    node::install_packages()?;
    let rows = measure(&toolchain)?;
    step(&format!("compiling {FUNCTIONS} functions behind each boundary, {ROUNDS} times"));
    let [lend, bindgen] = compile_times(&toolchain)?;
    println!("\ncompile time, {FUNCTIONS} functions: {lend:?} / {bindgen:?}");
    let measured = Record {
        compiler: toolchain.compiler()?,
        compile_time: lend.as_secs_f64() / bindgen.as_secs_f64(),
        rows,
    };
    println!("\ngzipped bytes of an app: wasm, wasm after -Oz of binaryen, minified JavaScript");
    for row in &measured.rows {
        let Parts { wasm, optimized, javascript } = row.parts;
        println!("{wasm:>7} {optimized:>7} {javascript:>7}  {}", row.name());
    }
    println!("\nwhat is promised:");
    for promise in measured.promised() {
        println!("{promise}");
    }
    if is_recorded || is_blessing() {
        measured.write()?;
        step(&format!("recorded in {}", record::path().display()));
        bench::write_page(&bench::published(), "--tables")?;
    }
    Ok(())
}

/// Fails if the package of a row is larger than recorded.
///
/// # Errors
///
/// As for [`run`], or when a row has grown: the error names the rows and how to record the new sizes.
pub fn check(toolchain: &Toolchain) -> Result<()> {
    step("sizes of packages, compared with the recorded ones");
    node::install_packages()?;
    let rows = measure(toolchain)?;
    let compiler = toolchain.compiler()?;
    let recorded = Record::read()?;
    if is_blessing() {
        Record { compiler, compile_time: recorded.compile_time, rows }.write()?;
        // The page shows the recorded sizes.
        return bench::write_page(&bench::published(), "--tables");
    }
    let is_same_compiler = recorded.compiler == compiler;
    if !is_same_compiler {
        step(&format!(
            "skipped: the sizes of the wasm, because they were recorded with {}, and this is {compiler}",
            recorded.compiler
        ));
    }
    let shrunk = recorded.shrunk(&rows, is_same_compiler);
    if shrunk > 0 {
        step(&format!("{shrunk} rows are much smaller than recorded; {HOW_TO_RECORD}, so that they stay so"));
    }
    let grown = recorded.grown(&rows, is_same_compiler);
    if grown.is_empty() {
        return Ok(());
    }
    bail!(
        "packages are larger than recorded in {}:\n  {}\nIf that is wanted, {HOW_TO_RECORD}",
        record::NAME,
        grown.join("\n  ")
    )
}

fn is_blessing() -> bool {
    std::env::var_os("WASM_LEND_BLESS").is_some()
}

fn workspace(toolchain: &Toolchain) -> PathBuf {
    toolchain.target_dir().join("size")
}

/// Makes all packages and their apps, and weighs them.
fn measure(toolchain: &Toolchain) -> Result<Vec<Row>> {
    let workspace = workspace(toolchain);
    crates::write(&workspace)?;
    let apps = crates::apps();
    let folders: Vec<PathBuf> = apps.iter().map(|app| workspace.join("apps").join(app.folder())).collect();
    for has_messages in [true, false] {
        step(&format!(
            "compiling crates of one function and of {FUNCTIONS}, {} panic messages",
            if has_messages { "with" } else { "without" }
        ));
        let chosen: Vec<(&App, &PathBuf)> =
            apps.iter().zip(&folders).filter(|(app, _)| app.messages == has_messages).collect();
        let packages: Vec<&str> = chosen.iter().map(|(app, _)| app.package.as_str()).collect();
        compile(toolchain, &packages, has_messages)?;
        for (app, folder) in chosen {
            bind(toolchain, app, folder)?;
        }
    }
    step(&format!("building {} apps with Vite", apps.len()));
    shell::run(node::node().arg("benches/size/build.mjs").args(&folders))?;
    apps.iter().zip(&folders).map(|(app, folder)| weigh(app, &folder.join("dist"))).collect()
}

fn compile(toolchain: &Toolchain, packages: &[&str], has_messages: bool) -> Result<()> {
    let mut cargo = toolchain.cargo();
    cargo.current_dir(workspace(toolchain)).env("CARGO_TARGET_DIR", target_dir(toolchain));
    // The places of panics are part of the wasm. Without this, a longer path to the checkout would make a larger package.
    let cargo_home = std::env::var("CARGO_HOME")
        .unwrap_or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")).unwrap_or_default());
    cargo.env(
        "RUSTFLAGS",
        format!(
            "--remap-path-prefix={}=/wasm-lend --remap-path-prefix={cargo_home}=/cargo",
            root().display()
        ),
    );
    cargo.args(["build", "--quiet", "--release", "--target", TARGET]);
    for package in packages {
        cargo.args(["--package", package]);
    }
    if !has_messages {
        cargo.args(["--no-default-features", "--features", "bare"]);
    }
    shell::run(&mut cargo)
}

fn target_dir(toolchain: &Toolchain) -> PathBuf {
    workspace(toolchain).join("target")
}

/// Makes the package of an app, and writes the app.
fn bind(toolchain: &Toolchain, app: &App, folder: &Path) -> Result<()> {
    let wasm = format!("{}.wasm", app.package.replace('-', "_"));
    let wasm = target_dir(toolchain).join(TARGET).join("release").join(wasm);
    let package = folder.join("pkg");
    if package.exists() {
        std::fs::remove_dir_all(&package)?;
    }
    build::bind_without_names(&wasm, &package)?;
    Ok(std::fs::write(folder.join("app.js"), &app.source)?)
}

fn weigh(app: &App, dist: &Path) -> Result<Row> {
    let mut parts = Parts::default();
    for entry in std::fs::read_dir(dist)? {
        let path = entry?.path();
        let gzipped = gzipped(&path)?;
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => parts.wasm += gzipped,
            Some("js") => parts.javascript += gzipped,
            None => parts.optimized += gzipped,
            Some(_) => {}
        }
    }
    Ok(Row {
        row: app.row.to_owned(),
        boundary: app.boundary.name().to_owned(),
        messages: app.messages,
        parts,
    })
}

fn gzipped(path: &Path) -> Result<usize> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    Ok(encoder.finish()?.len())
}

/// The shortest compile times of the large crates, without their dependencies. The crates take turns, so that the state of the
/// machine is the same for both.
fn compile_times(toolchain: &Toolchain) -> Result<[Duration; 2]> {
    let mut least = [Duration::MAX; 2];
    let many = Boundary::BOTH.map(|boundary| boundary.package(MANY));
    // The dependencies, with the features that they have now.
    for package in &many {
        compile(toolchain, &[package], true)?;
    }
    for _ in 0..ROUNDS {
        for ((package, boundary), least) in many.iter().zip(Boundary::BOTH).zip(&mut least) {
            let source = crates::folder(&workspace(toolchain), boundary, MANY).join("src/lib.rs");
            let text = std::fs::read_to_string(&source)?;
            // This changes the modification time.
            std::fs::write(&source, text)?;
            let start = Instant::now();
            compile(toolchain, &[package], true)?;
            *least = start.elapsed().min(*least);
        }
    }
    Ok(least)
}
