//! The command as a user runs it.

mod scratch;

use std::process::Command;

use scratch::Crate;

fn run(arguments: &[&str]) -> (bool, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_wasm-lend")).args(arguments).output().expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn it_prints_what_it_did() {
    let package = Crate::new(&[(
        "src/lib.rs",
        "use wasm_bindgen::prelude::*;\n\n#[wasm_bindgen]\npub fn one() {}\n\n#[wasm_bindgen(jspi)]\npub fn two() {}\n",
    )]);
    let path = package.root().display().to_string();
    let (succeeded, printed, errors) = run(&["migrate", &path, "src/lib.rs"]);
    assert!(succeeded, "{errors}");
    assert_eq!(
        printed,
        "src/lib.rs: fn one
src/lib.rs:6: left: fn two: `jspi` on a function: wasm-lend does not suspend the stack; make it an `async fn`
Cargo.toml: wasm-lend is a dependency; wasm-bindgen stays one
1 item rewritten, 1 left
"
    );
    let (_, printed, _) = run(&["migrate", &path, "--dry-run"]);
    assert!(printed.ends_with("\n0 items rewritten, 1 left\n"), "{printed}");
}

#[test]
fn it_prints_a_diff_in_a_dry_run() {
    let package =
        Crate::new(&[("src/lib.rs", "use wasm_bindgen::prelude::*;\n\n#[wasm_bindgen]\npub fn one() {}\n")]);
    let (succeeded, printed, _) = run(&["migrate", &package.root().display().to_string(), "--dry-run"]);
    assert!(succeeded);
    assert!(printed.starts_with("--- a/Cargo.toml\n"), "{printed}");
    assert!(printed.ends_with(
        "+use wasm_lend::export;\n \n-#[wasm_bindgen]\n+#[export]\n pub fn one() {}\nsrc/lib.rs: fn one\nCargo.toml: wasm-lend \
         is a dependency; wasm-bindgen stays one\n1 item rewritten\n"
    ));
}

#[test]
fn a_mistake_is_an_error() {
    let (succeeded, printed, errors) = run(&["migrate", "no/such/folder"]);
    assert!(!succeeded);
    assert_eq!(printed, "");
    assert!(errors.starts_with("error: cannot find no/such/folder: "), "{errors}");
}
