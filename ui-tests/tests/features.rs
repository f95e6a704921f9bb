//! What a user reads who needs a feature of wasm-lend that is off. trybuild has the features of this crate, so each
//! case is compiled as a crate of its own, without features.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The errors of a crate without features.
fn errors_of(name: &str, source: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let directory = target.join("features").join(name);
    fs::create_dir_all(directory.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nwasm-lend = {{ path = {:?}, default-features = false }}\njs-sys = \"0.3.107\"\n\n[workspace]\n",
        root.join("runtime")
    );
    fs::write(directory.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
    fs::write(directory.join("src/lib.rs"), source).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--color=never"])
        .current_dir(&directory)
        .env("CARGO_TARGET_DIR", target.join("features/target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "it compiles");
    text
}

/// The number of errors, without cargo's own at the end.
fn count(text: &str) -> usize {
    text.lines()
        .filter(|line| line.starts_with("error") && !line.starts_with("error: could not compile"))
        .count()
}

#[test]
fn an_async_fn_names_the_feature_async() {
    let text = errors_of(
        "async-fn",
        "#[wasm_lend::export]\npub async fn later(value: u32) -> u32 {\n    value\n}\n",
    );
    let words = "error: an exported `async fn` needs the feature `async` of wasm-lend\n       hint: in Cargo.toml, `wasm-lend = { …, features = [\"async\"] }`\n --> src/lib.rs:2:14";
    assert!(text.contains(words), "{text}");
    assert_eq!(count(&text), 1, "{text}");
}

#[test]
fn an_async_method_names_the_feature_async() {
    let source = "use wasm_lend::export;\n#[export]\npub struct Counter(u32);\n#[export]\nimpl Counter {\n    pub async fn later(&self) -> u32 {\n        self.0\n    }\n}\n";
    let text = errors_of("async-method", source);
    assert!(text.contains("an exported `async fn` needs the feature `async` of wasm-lend"), "{text}");
    assert_eq!(count(&text), 1, "{text}");
}

#[test]
fn a_function_on_workers_names_its_features() {
    let source = "#[wasm_lend::export(worker)]\npub fn alone() {}\n#[wasm_lend::export(worker, parallel)]\npub fn together() {}\n";
    let text = errors_of("worker", source);
    let words = "`#[export(worker)]` needs the feature `async` of wasm-lend\n       hint: in Cargo.toml, `wasm-lend = { …, features = [\"async\"] }`";
    assert!(text.contains(words), "{text}");
    let words = "`#[export(worker, parallel)]` needs the feature `rayon` of wasm-lend\n       hint: in Cargo.toml, `wasm-lend = { …, features = [\"rayon\"] }`, and `rayon` beside it";
    assert!(text.contains(words), "{text}");
    assert_eq!(count(&text), 2, "{text}");
}

#[test]
fn the_compiler_names_the_feature_of_a_type() {
    for (name, feature) in [("AsyncIter", "r#async"), ("AbortSignal", "r#async"), ("Serde", "serde")] {
        let source = format!("pub use wasm_lend::{name};\n");
        let text = errors_of(&format!("type-{}", name.to_lowercase()), &source);
        assert!(text.contains(&format!("the item is gated behind the `{feature}` feature")), "{text}");
        assert_eq!(count(&text), 1, "{text}");
    }
}

#[test]
fn a_class_of_js_sys_inside_another_type_names_the_feature_js_sys() {
    let text = errors_of(
        "js-sys-inside",
        "#[wasm_lend::export]\npub fn days(span: (js_sys::Date, u32)) -> u32 {\n    span.1\n}\n",
    );
    let note = "note: a class of js-sys inside another type needs the feature `js-sys` of wasm-lend";
    assert!(text.contains(note), "{text}");
    assert_eq!(count(&text), 1, "{text}");
}
