//! There for `links`, which cargo allows only beside a build script.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
