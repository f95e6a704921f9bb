//! What becomes of each file in the folder `cases`, and what the command says about it.

mod scratch;

use scratch::Crate;

fn check(name: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{name}.rs"));
    let before = std::fs::read_to_string(path).expect("the case");
    let package = Crate::new(&[("src/lib.rs", &before)]);
    let report = package.migrate(&[]).to_string();
    let after = package.read("src/lib.rs");
    insta::assert_snapshot!(name, format!("{after}\n===== the command says =====\n{report}"));

    // A second run finds nothing to rewrite.
    let again = package.migrate(&[]);
    assert_eq!(again.rewritten(), 0, "{again}");
    assert_eq!(package.read("src/lib.rs"), after);
}

#[test]
fn options_of_functions() {
    check("options");
}

#[test]
fn classes() {
    check("classes");
}

#[test]
fn classes_that_stay() {
    check("classes_that_stay");
}

#[test]
fn enums() {
    check("enums");
}

#[test]
fn formatting_and_comments() {
    check("formatting");
}

#[test]
fn conditional_attributes() {
    check("conditional");
}

#[test]
fn imports_of_modules() {
    check("modules");
}

#[test]
fn imports_and_macros_stay() {
    check("imports_stay");
}
