//! The crates whose packages are measured: each boundary with one kind of function alone, and with 200 functions. They are the
//! members of one generated workspace, so that they share their dependencies and compile in two calls of cargo.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::shell::root;

/// The number of functions in the large crates.
pub const FUNCTIONS: usize = 200;
/// The features of wasm-lend that a package without panic messages has.
const WITHOUT_MESSAGES: &[&str] = &["async"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    Lend,
    Bindgen,
}

impl Boundary {
    pub const BOTH: [Boundary; 2] = [Boundary::Lend, Boundary::Bindgen];

    pub fn name(self) -> &'static str {
        match self {
            Boundary::Lend => "wasm-lend",
            Boundary::Bindgen => "wasm-bindgen",
        }
    }

    /// The name of the crate with this boundary and these functions.
    pub fn package(self, kind: &str) -> String {
        let prefix = if self == Boundary::Lend { "lend" } else { "bindgen" };
        format!("{prefix}-{kind}")
    }
}

/// One kind of function: the source of its crate behind each boundary, and the export that its app imports.
struct Kind {
    name: &'static str,
    /// `#[boundary]` stands for the attribute.
    lend: &'static str,
    bindgen: &'static str,
    export: &'static str,
    /// Whether it is also measured without panic messages. A kind that needs another feature is not.
    bare: bool,
}

impl Kind {
    /// A kind whose source is the same behind both boundaries.
    const fn same(name: &'static str, source: &'static str) -> Self {
        Self { name, lend: source, bindgen: source, export: "f0", bare: true }
    }
}

const KINDS: [Kind; 8] = [
    Kind::same("numbers", "#[boundary]\npub fn f0(a: u32, b: u32) -> u32 { a.wrapping_mul(b) }\n"),
    Kind::same(
        "slice",
        "#[boundary]\npub fn f0(values: &[f32], gain: f32) -> f32 { values.iter().sum::<f32>() * gain }\n",
    ),
    Kind::same("string", "#[boundary]\npub fn f0(text: &str) -> u32 { text.len() as u32 }\n"),
    Kind::same(
        "vector",
        "#[boundary]\npub fn f0(count: u32) -> Vec<f64> { vec![1.5; count as usize % 16] }\n",
    ),
    Kind {
        bindgen: "#[boundary]\npub fn f0(values: Vec<u8>) -> u32 { values.len() as u32 }\n",
        ..Kind::same(
            "buffer",
            "#[boundary]\npub fn f0(values: wasm_lend::Buffer<u8>) -> u32 { values.len() as u32 }\n",
        )
    },
    Kind {
        bindgen: "#[boundary]
pub struct Counter { count: u32 }

#[boundary]
impl Counter {
    #[boundary(constructor)]
    pub fn new(count: u32) -> Self { Self { count } }
    pub fn add(&mut self, more: u32) -> u32 { self.count = self.count.wrapping_add(more); self.count }
}
",
        export: "Counter",
        ..Kind::same(
            "class",
            "#[boundary]
pub struct Counter { count: u32 }

#[boundary]
impl Counter {
    pub fn new(count: u32) -> Self { Self { count } }
    pub fn add(&mut self, more: u32) -> u32 { self.count = self.count.wrapping_add(more); self.count }
}
",
        )
    },
    Kind {
        bindgen: "#[boundary]
pub fn f0(f: &js_sys::Function) -> Result<f64, JsValue> {
    Ok(f.call1(&JsValue::NULL, &JsValue::from_f64(1.5))?.as_f64().unwrap_or_default())
}
",
        ..Kind::same(
            "callback",
            "use wasm_lend::{Callback, Exception};

#[boundary]
pub fn f0(f: Callback<'_, (f64,), f64>) -> Result<f64, Exception> { f.call((1.5,)) }
",
        )
    },
    Kind { bare: false, ..Kind::same("async", "#[boundary]\npub async fn f0(a: u32) -> u32 { a }\n") },
];

/// The function bodies of the large crates, in turn: arithmetic, strings, slices, vectors, options and results.
const BODIES: [&str; 6] = [
    "(a: u32, b: u32) -> u32 { a.wrapping_mul(b).wrapping_add(@) }",
    "(text: &str) -> u32 { text.len() as u32 + @ }",
    "(values: &[f32], gain: f32) -> f32 { values.iter().sum::<f32>() * gain + @ as f32 }",
    "(text: String, times: u32) -> String { text.repeat(times as usize % 4) + \"@\" }",
    "(count: u32) -> Vec<f64> { vec![@ as f64; count as usize % 16] }",
    "(value: Option<u32>) -> Result<u32, JsValue> { value.map(|value| value ^ @).ok_or(JsValue::NULL) }",
];

/// The name of the large crates.
pub const MANY: &str = "many";

/// An app of one package, which is what is measured.
pub struct App {
    pub row: &'static str,
    pub boundary: Boundary,
    /// The crate of its package.
    pub package: String,
    /// Whether the package has panic messages, which only wasm-lend knows a switch for.
    pub messages: bool,
    /// The source of the app.
    pub source: String,
}

impl App {
    fn new(row: &'static str, boundary: Boundary, kind: &str, messages: bool, exports: &str) -> Self {
        let package = boundary.package(kind);
        let file = package.replace('-', "_");
        let source = format!(
            "import init, {{ {exports} }} from './pkg/{file}.js';\nawait init();\nglobalThis.app = [{exports}];\n"
        );
        Self { row, boundary, package, messages, source }
    }

    /// The name of its folder.
    pub fn folder(&self) -> String {
        let kind = if self.messages { "" } else { "-bare" };
        format!("{}{kind}", self.boundary.package(&self.row.replace(' ', "-")))
    }
}

/// All apps, row by row.
pub fn apps() -> Vec<App> {
    let all: Vec<String> = (0..FUNCTIONS).map(|index| format!("f{index}")).collect();
    let mut apps = Vec::new();
    let mut add = |row, kind: &str, exports: &str, bare: bool| {
        apps.push(App::new(row, Boundary::Lend, kind, true, exports));
        if bare {
            apps.push(App::new(row, Boundary::Lend, kind, false, exports));
        }
        apps.push(App::new(row, Boundary::Bindgen, kind, true, exports));
    };
    for kind in &KINDS {
        add(kind.name, kind.name, kind.export, kind.bare);
    }
    // The function of the slice.
    add("one of 200", MANY, "f2", true);
    add("200 functions", MANY, &all.join(", "), true);
    apps
}

/// Writes the workspace. Its target folder is inside it.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(workspace: &Path) -> Result<()> {
    std::fs::create_dir_all(workspace)?;
    std::fs::write(
        workspace.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n[profile.release]\nopt-level = \"s\"\nlto = true\ncodegen-units = 1\npanic = \"abort\"\n",
    )?;
    std::fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock"))?;
    for boundary in Boundary::BOTH {
        for kind in &KINDS {
            write_crate(
                workspace,
                boundary,
                kind.name,
                &match boundary {
                    Boundary::Lend => kind.lend.replace("#[boundary", "#[export"),
                    Boundary::Bindgen => kind.bindgen.replace("#[boundary", "#[wasm_bindgen"),
                },
            )?;
        }
        write_crate(workspace, boundary, MANY, &many(boundary))?;
    }
    Ok(())
}

/// The source of a crate of 200 functions.
fn many(boundary: Boundary) -> String {
    let mut source = String::new();
    for index in 0..FUNCTIONS {
        let body = BODIES[index % BODIES.len()].replace('@', &index.to_string());
        let attribute = if boundary == Boundary::Bindgen { "#[wasm_bindgen]\n" } else { "" };
        let _ = write!(source, "\n{attribute}pub fn f{index}{body}\n");
    }
    match boundary {
        Boundary::Lend => format!("#[export]\npub mod api {{\nuse wasm_lend::JsValue;\n{source}}}\n"),
        Boundary::Bindgen => source,
    }
}

fn write_crate(workspace: &Path, boundary: Boundary, kind: &str, source: &str) -> Result<()> {
    let name = boundary.package(kind);
    let directory = folder(workspace, boundary, kind);
    std::fs::create_dir_all(directory.join("src"))?;
    let version = |package| crate::consumer::locked_version(package);
    let (uses, dependencies) = match boundary {
        Boundary::Lend => {
            let bare: Vec<String> =
                WITHOUT_MESSAGES.iter().map(|feature| format!("\"wasm-lend/{feature}\"")).collect();
            let dependencies = format!(
                "wasm-lend = {{ path = {:?}, default-features = false }}\nwasm-bindgen = \"={}\"\n\n[features]\ndefault = [\"messages\"]\nmessages = [\"wasm-lend/default\"]\nbare = [{}]\n",
                root().join("runtime"),
                version("wasm-bindgen")?,
                bare.join(", ")
            );
            ("use wasm_lend::export;\n\n", dependencies)
        }
        Boundary::Bindgen => {
            let mut dependencies = format!("wasm-bindgen = \"={}\"\n", version("wasm-bindgen")?);
            for (needed_by, package) in [("callback", "js-sys"), ("async", "wasm-bindgen-futures")] {
                if kind == needed_by {
                    let _ = writeln!(dependencies, "{package} = \"={}\"", version(package)?);
                }
            }
            ("use wasm_bindgen::prelude::*;\n\n", dependencies)
        }
    };
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\n{dependencies}"
    );
    write_if_new(&directory.join("Cargo.toml"), &manifest)?;
    write_if_new(&directory.join("src/lib.rs"), &format!("{uses}{source}"))
}

/// The folder of a crate.
pub fn folder(workspace: &Path, boundary: Boundary, kind: &str) -> PathBuf {
    workspace.join("crates").join(boundary.package(kind))
}

/// Leaves a file alone that has this text already, so that cargo does not compile it again.
fn write_if_new(path: &Path, text: &str) -> Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    Ok(std::fs::write(path, text)?)
}
