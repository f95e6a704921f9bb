//! The command on whole crates.

mod generated;
mod scratch;

use scratch::{Crate, MANIFEST};
use wasm_lend_migrate::migrate;

fn of(sources: &[(String, String)]) -> Crate {
    let sources: Vec<(&str, &str)> =
        sources.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Crate::new(&sources)
}

/// The lines with `#[wasm_bindgen`, except imports and what is in them.
fn remaining(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let is_import = |index: usize| {
        lines[index..].iter().take(2).any(|line| line.contains("extern") || line.contains("console"))
    };
    let found = lines.iter().enumerate().filter(|(index, line)| {
        line.contains("wasm_bindgen(") || line.contains("#[wasm_bindgen") && !is_import(*index)
    });
    found.map(|(_, line)| *line).filter(|line| !line.contains("console")).collect()
}

#[test]
fn one_run_rewrites_a_whole_library() {
    let sources = generated::sources();
    assert_eq!(sources.len(), 13);
    let package = of(&sources);
    let report = package.migrate(&[]);
    assert_eq!(report.rewritten(), generated::FUNCTIONS + generated::TYPES, "{report}");
    assert_eq!(report.left(), 0, "{report}");
    for (path, before) in &sources {
        let after = package.read(path);
        assert_eq!(remaining(&after), Vec::<&str>::new(), "{path}");
        assert!(syn::parse_file(&after).is_ok(), "{path} is no Rust any more:\n{after}");
        assert!(after.contains("use wasm_lend::export;"), "{path}");
        assert_eq!(before.matches("///").count(), after.matches("///").count(), "{path}");
    }
    assert!(package.read("Cargo.toml").contains("wasm-lend = "));
    assert!(report.to_string().contains("4 blocks of imports keep #[wasm_bindgen]"), "{report}");
    assert_eq!(package.migrate(&[]).rewritten(), 0);
}

#[test]
fn a_library_moves_file_by_file() {
    let sources = generated::sources();
    let package = of(&sources);
    let mut rewritten = 0;
    for (index, (path, _)) in sources.iter().enumerate() {
        let report = package.migrate(&[path]);
        rewritten += report.rewritten();
        for (other, before) in &sources[index + 1..] {
            assert_eq!(package.read(other), *before, "{other} was not named");
        }
    }
    // The classes move with their file, although functions in other files borrow them. The enum does so last, because all others have moved.
    assert_eq!(rewritten, generated::FUNCTIONS + generated::TYPES);
    let report = package.migrate(&[]);
    assert_eq!(
        (rewritten + report.rewritten(), report.left()),
        (generated::FUNCTIONS + generated::TYPES, 0),
        "{report}"
    );
}

#[test]
fn a_class_moves_as_a_whole_and_an_enum_with_what_uses_it() {
    let class = "use wasm_bindgen::prelude::*;\n\n#[wasm_bindgen]\npub struct Shape;\n\n#[wasm_bindgen]\npub enum Mode {\n    A,\n}\n";
    let block = "use crate::Shape;\nuse wasm_bindgen::prelude::*;\n\n#[wasm_bindgen]\nimpl Shape {\n    pub fn area(&self) -> f64 {\n        1.0\n    }\n}\n";
    let user = "use crate::Mode;\nuse wasm_bindgen::prelude::*;\n\n#[wasm_bindgen]\npub fn other(mode: Option<Mode>) -> Mode {\n    Mode::A\n}\n";
    let package = Crate::new(&[("src/lib.rs", class), ("src/area.rs", block), ("src/user.rs", user)]);
    let report = package.migrate(&["src/lib.rs"]).to_string();
    assert_eq!(
        report,
        "src/lib.rs:3: left: struct Shape: `impl Shape` in src/area.rs:4 belongs to it and stays, because its file was not named; these files move together: src/area.rs src/lib.rs
src/lib.rs:6: left: enum Mode: `fn other` in src/user.rs:4 uses it and stays, because its file was not named; these files move together: src/lib.rs src/user.rs
0 items rewritten, 2 left
"
    );
    assert_eq!(package.read("src/lib.rs"), class);
    assert_eq!(package.read("Cargo.toml"), MANIFEST, "nothing was rewritten");
    let report = package.migrate(&["src/lib.rs", "src/area.rs"]);
    assert_eq!((report.rewritten(), report.left()), (2, 1), "{report}");
    let report = package.migrate(&["src/lib.rs", "src/user.rs"]);
    assert_eq!((report.rewritten(), report.left()), (2, 0), "{report}");
}

#[test]
fn functions_that_share_a_namespace_stay() {
    let text = "use wasm_bindgen::prelude::*;\n\n#[wasm_bindgen(js_namespace = one)]\npub fn a() {}\n\n#[wasm_bindgen(js_namespace = two)]\npub fn b() {}\n\n#[wasm_bindgen(js_namespace = two)]\npub fn c() {}\n";
    let package = Crate::new(&[("src/lib.rs", text)]);
    let report = package.migrate(&[]);
    assert_eq!((report.rewritten(), report.left()), (1, 2), "{report}");
    assert!(
        report.to_string().contains(
            "src/lib.rs:6: left: fn b: wasm-lend's functions of one namespace are in one module: \
             put those of `two` into one `#[export(namespace = \"two\")] mod`\n"
        ),
        "{report}"
    );
}

#[test]
fn a_path_may_be_one_file() {
    let text = "use wasm_bindgen::prelude::*;\n\n#[wasm_bindgen]\npub fn one() {}\n";
    let package = Crate::new(&[("src/lib.rs", text), ("src/other.rs", text)]);
    let mut arguments = package.arguments(&[]);
    arguments.path = package.root().join("src/other.rs");
    let report = migrate(&arguments).expect("a report");
    assert_eq!(report.rewritten(), 1);
    assert_eq!(package.read("src/lib.rs"), text);
    assert_eq!(package.read("src/other.rs"), "use wasm_lend::export;\n\n#[export]\npub fn one() {}\n");
}

#[test]
fn the_ends_of_lines_stay() {
    let text = "// ä\r\nuse wasm_bindgen::prelude::*;\r\n\r\n#[wasm_bindgen]\r\npub enum Pace {\r\n    Fast = \"fast\",\r\n}\r\n\r\n#[wasm_bindgen(return_description = \"é\")]\r\npub fn value(value: JsValue) -> JsValue {\r\n    value\r\n}\r\n";
    let package = Crate::new(&[("src/lib.rs", text)]);
    package.write("Cargo.toml", &MANIFEST.replace('\n', "\r\n"));
    package.migrate(&[]);
    assert_eq!(
        package.read("src/lib.rs"),
        "// ä\r\nuse wasm_bindgen::prelude::*;\r\nuse wasm_lend::export;\r\n\r\n#[export]\r\npub enum Pace {\r\n    #[lend(\"fast\")]\r\n    Fast,\r\n}\r\n\r\n/// # Returns\r\n///\r\n/// é\r\n#[export]\r\npub fn value(value: JsValue) -> JsValue {\r\n    value\r\n}\r\n"
    );
    let manifest = package.read("Cargo.toml");
    assert_eq!(manifest.matches('\n').count(), manifest.matches("\r\n").count(), "{manifest:?}");
    assert!(manifest.contains("wasm-lend = "));
}

#[test]
fn a_byte_order_mark_stays() {
    let text = "\u{feff}#![allow(dead_code)]\n#[wasm_bindgen::prelude::wasm_bindgen]\npub fn one() {}\n";
    let package = Crate::new(&[("src/lib.rs", text)]);
    package.migrate(&[]);
    assert_eq!(
        package.read("src/lib.rs"),
        "\u{feff}#![allow(dead_code)]\n#[wasm_lend::export]\npub fn one() {}\n"
    );
}

#[test]
fn a_module_that_uses_the_imports_of_another_file_keeps_them() {
    let root = "use wasm_bindgen::prelude::*;\n\nmod inner;\n\n#[wasm_bindgen]\npub fn one() {}\n";
    let inner = "use super::*;\n\npub(crate) fn nothing() -> JsValue {\n    JsValue::NULL\n}\n";
    let package = Crate::new(&[("src/lib.rs", root), ("src/inner.rs", inner)]);
    package.migrate(&[]);
    let expected =
        "use wasm_bindgen::prelude::*;\nuse wasm_lend::export;\n\nmod inner;\n\n#[export]\npub fn one() {}\n";
    assert_eq!(package.read("src/lib.rs"), expected);
}

#[test]
fn a_dry_run_writes_nothing() {
    let text = "use wasm_bindgen::prelude::*;\n\n#[wasm_bindgen(js_name = two)]\npub fn one() {}\n";
    let package = Crate::new(&[("src/lib.rs", text)]);
    let mut arguments = package.arguments(&[]);
    arguments.dry_run = true;
    let report = migrate(&arguments).expect("a report");
    assert_eq!(package.read("src/lib.rs"), text);
    assert_eq!(package.read("Cargo.toml"), MANIFEST);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        report.diff(),
        format!(
            "--- a/Cargo.toml
+++ b/Cargo.toml
@@ -5,3 +5,4 @@
 
 [dependencies]
 wasm-bindgen = \"0.2\"
+wasm-lend = \"{version}\"
--- a/src/lib.rs
+++ b/src/lib.rs
@@ -1,4 +1,4 @@
-use wasm_bindgen::prelude::*;
+use wasm_lend::export;
 
-#[wasm_bindgen(js_name = two)]
+#[export(name = \"two\")]
 pub fn one() {{}}
"
        )
    );
}

#[test]
fn a_file_that_is_no_rust_is_left() {
    let package = Crate::new(&[
        ("src/lib.rs", "fn fine() {}\n"),
        ("src/template.rs", "// one\n#[wasm_bindgen]\npub fn {{ name }}() {}\n"),
    ]);
    let report = package.migrate(&[]).to_string();
    assert_eq!(
        report,
        "src/template.rs:3: left: the file is no Rust (expected identifier); correct it first\n0 items rewritten, 1 left\n"
    );
}

#[test]
fn mistakes_in_paths_are_errors() {
    let package = Crate::new(&[("src/lib.rs", "fn fine() {}\n"), ("notes.txt", "")]);
    let message = |path: &str, files: &[&str]| {
        let mut arguments = package.arguments(files);
        arguments.path = package.root().join(path);
        let error = migrate(&arguments).err().expect("an error");
        let root = package.root().canonicalize().expect("the folder").display().to_string();
        format!("{error:#}").replace(&root, "CRATE").replace(&package.root().display().to_string(), "CRATE")
    };
    assert_eq!(
        message("src", &[]),
        "no Cargo.toml in CRATE/src: expected the folder of a crate or a file of Rust"
    );
    assert_eq!(
        message("notes.txt", &[]),
        "CRATE/notes.txt: expected the folder of a crate or a file of Rust"
    );
    assert!(message("missing", &[]).starts_with("cannot find CRATE/missing: "));
    assert_eq!(
        message("", &["missing.rs"]),
        "cannot find missing.rs, neither in the crate nor in the current folder"
    );
    assert_eq!(message("", &["notes.txt"]), "CRATE/notes.txt is no file of Rust of the crate in CRATE");
    package.write("Cargo.toml", "[workspace]\nmembers = []\n");
    assert_eq!(message("", &[]), "CRATE is a workspace and no crate: name the folder of one of its crates");
}
