//! The files of a crate.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// A crate, and the files of it that are to be rewritten.
pub struct Package {
    pub root: PathBuf,
    /// Every file of Rust in the crate's folder, sorted.
    pub files: Vec<File>,
}

pub struct File {
    pub path: PathBuf,
    /// The path in the crate's folder, with `/`.
    pub shown: String,
    pub is_selected: bool,
}

impl Package {
    /// The crate at `path`, or around it if `path` is a file. Without named files, every file is selected.
    ///
    /// # Errors
    ///
    /// If there is no crate, or if a named file is not in it.
    pub fn find(path: &Path, named: &[PathBuf]) -> Result<Self> {
        let path = path.canonicalize().with_context(|| format!("cannot find {}", path.display()))?;
        let mut selected = Vec::new();
        let root = if path.is_dir() {
            path
        } else {
            ensure!(is_rust(&path), "{}: expected the folder of a crate or a file of Rust", path.display());
            let around = path.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file());
            let Some(root) = around else { bail!("no Cargo.toml in a folder around {}", path.display()) };
            let root = root.to_owned();
            selected.push(path);
            root
        };
        let manifest = root.join("Cargo.toml");
        ensure!(
            manifest.is_file(),
            "no Cargo.toml in {}: expected the folder of a crate or a file of Rust",
            root.display()
        );
        let text =
            fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
        let document =
            text.parse::<toml_edit::DocumentMut>().with_context(|| format!("{}", manifest.display()))?;
        if document.get("package").is_none() {
            bail!("{} is a workspace and no crate: name the folder of one of its crates", root.display());
        }
        for file in named {
            // As the user sees it: from the crate's folder, or from the current one.
            let candidates = [root.join(file), file.clone()];
            let Some(found) = candidates.iter().find_map(|path| path.canonicalize().ok()) else {
                bail!("cannot find {}, neither in the crate nor in the current folder", file.display());
            };
            selected.push(found);
        }
        let mut paths = Vec::new();
        collect(&root, &mut paths)?;
        paths.sort();
        if let Some(other) = selected.iter().find(|path| !paths.contains(path)) {
            bail!("{} is no file of Rust of the crate in {}", other.display(), root.display());
        }
        let files = paths.into_iter().map(|path| {
            let inner = path.strip_prefix(&root).unwrap_or(&path);
            let shown: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
            let is_selected = selected.is_empty() || selected.contains(&path);
            File { shown: shown.join("/"), is_selected, path }
        });
        Ok(Self { files: files.collect(), root })
    }

    pub fn manifest(&self) -> PathBuf {
        self.root.join("Cargo.toml")
    }
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// Files of Rust in a folder, but not those of another crate.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if kind.is_dir() {
            let is_skipped = name.starts_with('.') || name == "target" || name == "node_modules";
            if !is_skipped && !path.join("Cargo.toml").exists() {
                collect(&path, paths)?;
            }
        } else if is_rust(&path) && path.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}
