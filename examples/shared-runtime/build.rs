//! Makes the linker keep what plugins need.

fn main() {
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=--export=__stack_pointer");
        println!("cargo::rustc-link-arg-cdylib=--growable-table");
    }
}
