//! A crate in a folder of its own.

#![allow(dead_code, reason = "no test file needs all of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use wasm_lend_migrate::{Arguments, Report};

pub const MANIFEST: &str = "[package]\nname = \"scratch\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nwasm-bindgen = \"0.2\"\n";

/// A crate that is removed when the test ends.
pub struct Crate {
    root: PathBuf,
}

impl Crate {
    pub fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("wasm-lend-migrate-{}-{count}", std::process::id()));
        let package = Self { root };
        package.write("Cargo.toml", MANIFEST);
        files.iter().for_each(|(path, text)| package.write(path, text));
        package
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a written file");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect("a file")
    }

    /// Runs the command on the named files, or on all.
    pub fn migrate(&self, files: &[&str]) -> Report {
        wasm_lend_migrate::migrate(&self.arguments(files)).expect("a report")
    }

    pub fn arguments(&self, files: &[&str]) -> Arguments {
        let files = files.iter().map(PathBuf::from).collect();
        Arguments { path: self.root.clone(), files, dry_run: false, wasm_lend: None }
    }
}

impl Drop for Crate {
    fn drop(&mut self) {
        // It is in the folder for temporary files anyway.
        let _ = fs::remove_dir_all(&self.root);
    }
}
