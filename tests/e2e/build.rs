//! Limits the memory of the module, so that the test that fills memory does not need 4 GiB.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-cdylib=--max-memory={}", 384 * 1024 * 1024);
    }
}
