//! `cargo xtask bench --size`: compares the size and the compile time of a package with those of the same functions with
//! `#[wasm_bindgen]`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::build;
use crate::shell::{self, root, step};
use crate::toolchain::{TARGET, Toolchain};
use crate::{node, toolchain};

/// The number of functions in the large crate.
const FUNCTIONS: usize = 200;
/// The number of times that each crate is compiled. The fastest time counts, because disturbances only add time.
const ROUNDS: usize = 3;

/// The function bodies, in turn: arithmetic, strings, slices, vectors, options and results.
const BODIES: [&str; 6] = [
    "(a: u32, b: u32) -> u32 { a.wrapping_mul(b).wrapping_add(@) }",
    "(text: &str) -> u32 { text.len() as u32 + @ }",
    "(values: &[f32], gain: f32) -> f32 { values.iter().sum::<f32>() * gain + @ as f32 }",
    "(text: String, times: u32) -> String { text.repeat(times as usize % 4) + \"@\" }",
    "(count: u32) -> Vec<f64> { vec![@ as f64; count as usize % 16] }",
    "(value: Option<u32>) -> Result<u32, JsValue> { value.map(|value| value ^ @).ok_or(JsValue::NULL) }",
];

#[derive(Clone, Copy)]
struct Boundary {
    name: &'static str,
    /// The text before all functions, before each, and after all.
    source: [&'static str; 3],
}

const LEND: Boundary = Boundary {
    name: "wasm-lend",
    source: [
        "use wasm_lend::export;\n\n#[export]\npub mod api {\n#[allow(unused_imports)]\nuse wasm_lend::JsValue;\n",
        "",
        "}\n",
    ],
};
const BINDGEN: Boundary =
    Boundary { name: "wasm-bindgen", source: ["use wasm_bindgen::prelude::*;\n", "#[wasm_bindgen]\n", ""] };

/// The sizes of the two parts of a package, gzipped.
struct Sizes {
    wasm: usize,
    javascript: usize,
}

impl Sizes {
    fn total(&self) -> usize {
        self.wasm + self.javascript
    }
}

/// # Errors
///
/// When a crate does not compile, or Vite fails.
pub fn run() -> Result<()> {
    node::check()?;
    let toolchain = toolchain::find()?;
    node::install_packages()?;
    let crates = |functions: usize, kind: &str| -> Result<[PathBuf; 2]> {
        Ok([
            write_crate(&toolchain, LEND, functions, kind)?,
            write_crate(&toolchain, BINDGEN, functions, kind)?,
        ])
    };
    let many = crates(FUNCTIONS, "many")?;
    let one = crates(1, "one")?;
    step(&format!("compiling {FUNCTIONS} functions behind each boundary, {ROUNDS} times"));
    let times = compile_times(&toolchain, &many)?;
    let mut sizes = Vec::new();
    for directory in many.iter().chain(&one) {
        compile(&toolchain, directory)?;
        sizes.push(package(&toolchain, directory)?);
    }
    report(&times, &sizes);
    Ok(())
}

fn report(times: &[Duration], sizes: &[Sizes]) {
    let ratio = |a: f64, b: f64, limit: f64| {
        let verdict = if a / b <= limit { "holds" } else { "MISSES" };
        format!("{:6.3}  {verdict} ≤ {limit}", a / b)
    };
    println!("\ncompile time, {FUNCTIONS} functions: {:?} / {:?}", times[0], times[1]);
    println!("{}", ratio(times[0].as_secs_f64(), times[1].as_secs_f64(), 1.3));
    for (what, pair, limit) in
        [("200 functions", &sizes[..2], 1.1), ("one function of a slice", &sizes[2..], f64::INFINITY)]
    {
        let [lend, bindgen] = pair else { continue };
        println!("\n{what}, gzipped bytes (wasm + minified JavaScript of an app that uses them all):");
        for (boundary, sizes) in [(LEND, lend), (BINDGEN, bindgen)] {
            println!("{:>9} + {:>6} = {:>7}  {}", sizes.wasm, sizes.javascript, sizes.total(), boundary.name);
        }
        if limit.is_finite() {
            println!("{}", ratio(lend.total() as f64, bindgen.total() as f64, limit));
        } else {
            let more = lend.javascript as i64 - bindgen.javascript as i64;
            println!(
                "{more:6} bytes more JavaScript  {} ≤ 4096",
                if more <= 4096 { "holds" } else { "MISSES" }
            );
        }
    }
}

/// Writes a crate outside the workspace.
fn write_crate(toolchain: &Toolchain, boundary: Boundary, functions: usize, kind: &str) -> Result<PathBuf> {
    let name = format!("{}-{kind}", boundary.name.trim_start_matches("wasm-"));
    let directory = toolchain.target_dir().join("size").join(&name);
    std::fs::create_dir_all(directory.join("src"))?;
    let runtime = root().join("runtime");
    let bindgen = crate::consumer::locked_version("wasm-bindgen")?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\npath = \"src/lib.rs\"\n\n[dependencies]\nwasm-lend = {{ path = {runtime:?} }}\nwasm-bindgen = \"={bindgen}\"\n\n[profile.release]\nopt-level = \"s\"\nlto = true\ncodegen-units = 1\npanic = \"abort\"\n\n[workspace]\n"
    );
    std::fs::write(directory.join("Cargo.toml"), manifest)?;
    std::fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock"))?;
    let [before, each, after] = boundary.source;
    let mut source = String::from(before);
    let mut uses = String::new();
    for index in 0..functions {
        // The one function of the small crate takes a slice, because that is the main use of this project.
        let body = if functions == 1 { BODIES[2] } else { BODIES[index % BODIES.len()] };
        let body = body.replace('@', &index.to_string());
        let _ = write!(source, "\n{each}pub fn f{index}{body}\n");
        let _ = write!(uses, "{}f{index}", if index == 0 { "" } else { ", " });
    }
    source.push_str(after);
    std::fs::write(directory.join("src/lib.rs"), source)?;
    let app = format!(
        "import init, {{ {uses} }} from './pkg/{}.js';\nawait init();\nglobalThis.app = [{uses}];\n",
        name.replace('-', "_")
    );
    std::fs::write(directory.join("app.js"), app)?;
    Ok(directory)
}

fn compile(toolchain: &Toolchain, directory: &Path) -> Result<()> {
    let mut cargo = toolchain.cargo();
    cargo.current_dir(directory).env("CARGO_TARGET_DIR", toolchain.target_dir().join("size/target"));
    shell::run(cargo.args(["build", "--quiet", "--release", "--target", TARGET]))
}

/// The shortest compile time of each crate, without its dependencies. The crates take turns, so that the state of the machine is
/// the same for both.
fn compile_times(toolchain: &Toolchain, directories: &[PathBuf]) -> Result<Vec<Duration>> {
    let mut least = vec![Duration::MAX; directories.len()];
    for directory in directories {
        compile(toolchain, directory)?;
    }
    for _ in 0..ROUNDS {
        for (directory, least) in directories.iter().zip(&mut least) {
            let source = directory.join("src/lib.rs");
            let text = std::fs::read_to_string(&source)?;
            // This changes the modification time.
            std::fs::write(&source, text)?;
            let start = Instant::now();
            compile(toolchain, directory)?;
            *least = start.elapsed().min(*least);
        }
    }
    Ok(least)
}

/// Makes the package, and an app of it with Vite.
fn package(toolchain: &Toolchain, directory: &Path) -> Result<Sizes> {
    let name = directory.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
    let wasm =
        toolchain.target_dir().join("size/target").join(TARGET).join("release").join(format!("{name}.wasm"));
    build::bind_without_names(&wasm, &directory.join("pkg"))?;
    let app = directory.join("dist");
    shell::run(node::node().arg("benches/size/build.mjs").arg(directory).arg(&app))?;
    let mut sizes = Sizes { wasm: 0, javascript: 0 };
    for entry in std::fs::read_dir(&app)? {
        let path = entry?.path();
        let gzipped = gzipped(&path)?;
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm") => sizes.wasm += gzipped,
            Some("js") => sizes.javascript += gzipped,
            _ => {}
        }
    }
    Ok(sizes)
}

fn gzipped(path: &Path) -> Result<usize> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    Ok(encoder.finish()?.len())
}
