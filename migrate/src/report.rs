//! What a run did, for people.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use similar::TextDiff;

use crate::part::{Kind, Message};

/// What a run did, or would do.
#[derive(Default)]
pub struct Report {
    pub(crate) files: Vec<FileReport>,
    /// The new `Cargo.toml`.
    pub(crate) manifest: Option<Change>,
    /// The blocks of imports that stay.
    pub(crate) imports: usize,
}

/// A text before and after.
pub(crate) struct Change {
    pub(crate) before: String,
    pub(crate) after: String,
}

/// A file that has `#[wasm_bindgen]`.
#[derive(Default)]
pub(crate) struct FileReport {
    /// The path in the crate's folder.
    pub(crate) path: String,
    pub(crate) change: Option<Change>,
    pub(crate) rewritten: Vec<(Kind, String)>,
    pub(crate) left: Vec<Message>,
    /// The number of items that `left` is about.
    pub(crate) left_items: usize,
    pub(crate) notes: Vec<Message>,
}

impl Report {
    /// Every change as a unified diff.
    pub fn diff(&self) -> String {
        let mut text = String::new();
        let manifest = self.manifest.iter().map(|change| ("Cargo.toml", change));
        let files = self.files.iter().filter_map(|file| Some((file.path.as_str(), file.change.as_ref()?)));
        for (path, Change { before, after }) in manifest.chain(files) {
            let (old, new) = (format!("a/{path}"), format!("b/{path}"));
            text.push_str(&TextDiff::from_lines(before, after).unified_diff().header(&old, &new).to_string());
        }
        text
    }

    /// The number of items that were rewritten.
    pub fn rewritten(&self) -> usize {
        self.files.iter().map(|file| file.rewritten.len()).sum()
    }

    /// The number of items that stay.
    pub fn left(&self) -> usize {
        self.files.iter().map(|file| file.left_items).sum()
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            if !file.rewritten.is_empty() {
                writeln!(f, "{}: {}", file.path, list(&file.rewritten))?;
            }
            for Message { line, text } in &file.notes {
                writeln!(f, "{}:{line}: note: {text}", file.path)?;
            }
            for Message { line, text } in &file.left {
                writeln!(f, "{}:{line}: left: {text}", file.path)?;
            }
        }
        if self.manifest.is_some() {
            writeln!(f, "Cargo.toml: wasm-lend is a dependency; wasm-bindgen stays one")?;
        }
        match self.imports {
            0 => {}
            1 => writeln!(f, "1 block of imports keeps #[wasm_bindgen]: both attributes work in one crate")?,
            count => writeln!(
                f,
                "{count} blocks of imports keep #[wasm_bindgen]: both attributes work in one crate"
            )?,
        }
        match (self.rewritten(), self.left()) {
            (0, 0) => writeln!(f, "nothing to rewrite"),
            (rewritten, 0) => writeln!(f, "{} rewritten", items(rewritten)),
            (rewritten, left) => writeln!(f, "{} rewritten, {left} left", items(rewritten)),
        }
    }
}

fn items(count: usize) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
}

/// `fn blur, sharpen; struct Shape`.
fn list(rewritten: &[(Kind, String)]) -> String {
    let mut kinds: BTreeMap<Kind, Vec<&str>> = BTreeMap::new();
    for (kind, name) in rewritten {
        let names = kinds.entry(*kind).or_default();
        // A class may have several `impl` blocks.
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let kinds = kinds.iter().map(|(kind, names)| format!("{} {}", kind.name(), names.join(", ")));
    kinds.collect::<Vec<_>>().join("; ")
}
