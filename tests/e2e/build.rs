//! Limits the memory of the tests' module, so that the test which fills it needs no 4 GiB.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-cdylib=--max-memory={}", 384 * 1024 * 1024);
    }
}
