//! There is one file for each rejected form, with the whole error text beside it. Accepted forms are in `pass/`.
//!
//! `TRYBUILD=overwrite cargo test --package ui-tests` writes new texts: read them before you commit them.

#[test]
fn forms() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    // `macros/src/expand/tests.rs` has snapshots of what these expand to.
    cases.pass("pass/forms/*.rs");
    cases.compile_fail("signature/*.rs");
    cases.compile_fail("types/*.rs");
    cases.compile_fail("worker/*.rs");
    cases.compile_fail("attr/*.rs");
    cases.compile_fail("derive/*.rs");
    cases.compile_fail("enums/*.rs");
    cases.compile_fail("class/*.rs");
    cases.compile_fail("object/*.rs");
    cases.compile_fail("old/*.rs");
}
