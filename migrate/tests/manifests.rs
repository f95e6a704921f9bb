//! What the command writes into `Cargo.toml`.

mod scratch;

use scratch::Crate;

const SOURCE: &str = "use wasm_bindgen::prelude::*;\n\n#[wasm_bindgen]\npub fn one() {}\n";
const PACKAGE: &str = "[package]\nname = \"scratch\"\nversion = \"7.7.7\"\n";

/// The manifest afterwards, without its package.
fn after(manifest: &str) -> String {
    let package = Crate::new(&[("src/lib.rs", SOURCE)]);
    package.write("Cargo.toml", &format!("{PACKAGE}{manifest}"));
    package.migrate(&[]);
    let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
    package.read("Cargo.toml").replace(&version, "VERSION").replacen(PACKAGE, "", 1)
}

#[test]
fn comments_and_order_stay() {
    let before = "\n[dependencies] # the dependencies\nwasm-bindgen = \"0.2\" # needed\nzip   =   '1'\n\n[dev-dependencies]\na = \"1\"\n";
    let expected = "\n[dependencies] # the dependencies\nwasm-bindgen = \"0.2\" # needed\nzip   =   '1'\nwasm-lend = VERSION\n\n[dev-dependencies]\na = \"1\"\n";
    assert_eq!(after(before), expected);
}

#[test]
fn it_is_beside_wasm_bindgen() {
    let before = "\n[dependencies]\na = \"1\"\n\n[target.'cfg(target_arch = \"wasm32\")'.dependencies]\nwasm-bindgen = \"0.2\"\n";
    assert_eq!(after(before), format!("{before}wasm-lend = VERSION\n"));
}

#[test]
fn it_is_optional_if_wasm_bindgen_is() {
    let before = "\n[features]\njs = [\"dep:wasm-bindgen\"]\nother = []\n\n[dependencies]\nwasm-bindgen = { version = \"0.2\", optional = true }\n";
    let expected = "\n[features]\njs = [\"dep:wasm-bindgen\", \"dep:wasm-lend\"]\nother = []\n\n[dependencies]\nwasm-bindgen = { version = \"0.2\", optional = true }\nwasm-lend = { version = VERSION, optional = true }\n";
    assert_eq!(after(before), expected);
}

#[test]
fn a_list_of_lines_stays_one() {
    let before = "\n[features]\njs = [\n  \"wasm-bindgen\",\n  \"web\", # the last one\n]\n\n[dependencies.wasm-bindgen]\nversion = \"0.2\"\noptional = true\n";
    assert!(
        after(before).starts_with(
            "\n[features]\njs = [\n  \"wasm-bindgen\",\n  \"web\",\n  \"dep:wasm-lend\", # the last one\n]\n"
        ),
        "{}",
        after(before)
    );
}

#[test]
fn tables_of_one_dependency_are_understood() {
    let before = "\n[dependencies.wasm-bindgen]\nversion = \"0.2\"\n";
    assert_eq!(
        after(before),
        "\n[dependencies]\nwasm-lend = VERSION\n\n[dependencies.wasm-bindgen]\nversion = \"0.2\"\n"
    );
}

#[test]
fn without_dependencies_there_is_a_new_table() {
    assert_eq!(after(""), "\n[dependencies]\nwasm-lend = VERSION\n");
}

#[test]
fn nothing_changes_if_it_is_there() {
    let before = "\n[dependencies]\nwasm-lend = { git = \"https://example.com\" }\nwasm-bindgen = \"0.2\"\n";
    assert_eq!(after(before), before);
    let in_workspace = "\n[dependencies]\nwasm-lend.workspace = true\nwasm-bindgen.workspace = true\n";
    assert_eq!(after(in_workspace), in_workspace);
}

#[test]
fn a_checkout_is_a_relative_path() {
    let package = Crate::new(&[
        ("src/lib.rs", SOURCE),
        ("vendor/runtime/Cargo.toml", "[package]\nname = \"wasm-lend\"\n"),
    ]);
    let mut arguments = package.arguments(&[]);
    arguments.wasm_lend = Some(package.root().join("vendor/runtime"));
    wasm_lend_migrate::migrate(&arguments).expect("a report");
    assert!(package.read("Cargo.toml").contains("wasm-lend = { path = \"vendor/runtime\" }\n"));
}

#[test]
fn another_name_is_an_error() {
    let package = Crate::new(&[("src/lib.rs", SOURCE)]);
    package.write(
        "Cargo.toml",
        &format!("{PACKAGE}\n[dependencies]\nlend = {{ package = \"wasm-lend\", version = \"0.1\" }}\n"),
    );
    let error = wasm_lend_migrate::migrate(&package.arguments(&[])).err().expect("an error");
    assert_eq!(
        error.to_string(),
        "Cargo.toml names wasm-lend `lend`, and this command writes `wasm_lend`: rename the dependency"
    );
    assert_eq!(package.read("src/lib.rs"), SOURCE);
}
