//! What users of wasm-bindgen and napi-rs write. Each form compiles, or is refused by an error that names the way out:
//! `user_forms.txt` has the outcome of each.
//!
//! `WASM_LEND_BLESS=1 cargo test --package ui-tests --test user_forms` writes the outcomes: read them before you commit them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/user_forms.txt");

/// A form of the list: its name, its code, and its outcome.
struct Form<'a> {
    name: &'a str,
    code: &'a str,
    outcome: &'a str,
}

fn forms(list: &str) -> Vec<Form<'_>> {
    let form = |text| {
        let (name, rest): (&str, &str) = str::split_once(text, '\n').expect("a name");
        let (code, outcome) = rest.split_once("\n== ").unwrap_or((rest, ""));
        Form { name, code: code.trim_end(), outcome: outcome.trim_end() }
    };
    list.split("#### ").skip(1).map(form).collect()
}

/// Writes a crate for each form into one workspace.
fn write(directory: &Path, forms: &[Form<'_>]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the root");
    for Form { name, code, .. } in forms {
        let member = directory.join("forms").join(name);
        std::fs::create_dir_all(member.join("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\njs-sys = \"0.3\"\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\nwasm-bindgen = \"0.2\"\n\
             wasm-lend = {{ path = \"{}\", features = [\"js-sys\", \"serde\"] }}\n",
            root.join("runtime").display()
        );
        let code = format!(
            "#![allow(dead_code, unused_imports, unused_variables)]\nuse wasm_bindgen::prelude::*;\nuse wasm_lend::*;\n{code}\n"
        );
        std::fs::write(member.join("Cargo.toml"), manifest).expect("a manifest");
        std::fs::write(member.join("src/lib.rs"), code).expect("a file");
    }
    std::fs::write(directory.join("Cargo.toml"), "[workspace]\nmembers = [\"forms/*\"]\nresolver = \"2\"\n")
        .expect("a manifest");
    std::fs::copy(root.join("Cargo.lock"), directory.join("Cargo.lock")).expect("the tested versions");
}

/// The errors of each form.
fn errors(directory: &Path) -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--keep-going", "--target", "wasm32-unknown-unknown", "--message-format", "json"])
        .current_dir(directory)
        .env("CARGO_TARGET_DIR", directory.join("target"))
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut checked = 0;
    for message in messages {
        checked += usize::from(message["reason"] == "compiler-artifact");
        let (error, target) = (&message["message"], message["target"]["name"].as_str().unwrap_or_default());
        let words = error["message"].as_str().unwrap_or_default();
        if error["level"] == "error" && !words.starts_with("aborting due to") {
            let notes = error["children"].as_array().into_iter().flatten();
            let notes = notes.filter(|note| {
                note["level"] == "note" && note["spans"].as_array().is_some_and(Vec::is_empty)
            });
            let notes = notes
                .filter_map(|note| note["message"].as_str())
                .filter(|note| !note.starts_with("this error originates"));
            let whole: Vec<&str> = [words].into_iter().chain(notes).collect();
            errors.entry(target.to_owned()).or_default().push(whole.join("\nnote: "));
        }
    }
    assert!(checked > 0, "nothing was checked: {}", String::from_utf8_lossy(&output.stderr));
    errors
}

#[test]
fn each_form_compiles_or_names_the_way_out() {
    let list = std::fs::read_to_string(LIST).expect("the list");
    let forms = forms(&list);
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("user-forms");
    let _ = std::fs::remove_dir_all(directory.join("forms"));
    write(&directory, &forms);
    let errors = errors(&directory);
    let mut text = list.split("#### ").next().unwrap_or_default().to_owned();
    let mut wrong = Vec::new();
    for Form { name, code, outcome } in &forms {
        let found = errors.get(*name).map_or_else(|| "compiles".to_owned(), |errors| errors.join("\n"));
        if found != *outcome {
            wrong.push(format!("{name}: expected {outcome}\n    got {found}"));
        }
        let _ = write!(text, "#### {name}\n{code}\n== {found}\n\n");
    }
    if std::env::var_os("WASM_LEND_BLESS").is_some() {
        std::fs::write(LIST, text.trim_end().to_owned() + "\n").expect("the list is written");
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
