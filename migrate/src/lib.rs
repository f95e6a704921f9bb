//! Rewrites the `#[wasm_bindgen]` attributes of a crate to those of [wasm-lend](https://docs.rs/wasm-lend).
//!
//! It finds the attributes with syn, and changes the text at their places. So formatting and comments stay.
//! [The page on migration](https://github.com/wasm-lend/wasm-lend/blob/main/docs/MIGRATING.md) says what is different afterwards.
//!
//! `cargo install wasm-lend-migrate` installs the command `wasm-lend migrate`.

mod attribute;
mod collect;
mod docs;
mod edit;
mod head;
mod imports;
mod items;
mod manifest;
mod options;
mod package;
mod part;
mod plan;
mod report;
mod signature;
mod source;
mod use_tree;
mod uses;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Context, Result};

use collect::Collected;
use edit::Edit;
use package::{File, Package};
use part::{Message, StructFacts};
use plan::{Member, Verdict};
pub use report::Report;
use report::{Change, FileReport};
use source::Source;
use uses::Uses;

/// The arguments of `wasm-lend migrate`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of a crate, or one file of it
    pub path: PathBuf,
    /// Rewrite only these files; without them, every file of the crate
    pub files: Vec<PathBuf>,
    /// Print the changes as a diff, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Depend on wasm-lend in this folder (the `runtime` of a checkout) instead of the one on crates.io
    #[arg(long, value_name = "FOLDER")]
    pub wasm_lend: Option<PathBuf>,
}

/// Runs the command and prints what it does.
///
/// # Errors
///
/// If there is no crate at the path, or if a file cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<()> {
    let report = migrate(arguments)?;
    let diff = if arguments.dry_run { report.diff() } else { String::new() };
    // The reader may have seen enough: `wasm-lend migrate . --dry-run | head`.
    let _ = write!(std::io::stdout(), "{diff}{report}");
    Ok(())
}

/// Rewrites a crate. With `dry_run` it only reports.
///
/// # Errors
///
/// If there is no crate at the path, or if a file cannot be read or written. Nothing is written then, unless writing fails.
pub fn migrate(arguments: &Arguments) -> Result<Report> {
    let package = Package::find(&arguments.path, &arguments.files)?;
    let mut report = Report::default();
    let mut files: Vec<(&File, Source)> = Vec::new();
    for file in &package.files {
        let text =
            fs::read_to_string(&file.path).with_context(|| format!("cannot read {}", file.path.display()))?;
        let has_bindgen = text.contains("wasm_bindgen");
        match Source::parse(text) {
            Ok(source) => files.push((file, source)),
            // A template, for example.
            Err(error) if has_bindgen && file.is_selected => report.files.push(unreadable(file, &error)),
            Err(_) => {}
        }
    }
    rewrite(&files, &mut report);
    if report.rewritten() > 0 {
        report.manifest = manifest(&package, arguments)?;
    }
    report.files.sort_by(|a, b| a.path.cmp(&b.path));
    if !arguments.dry_run {
        write(&package, &report)?;
    }
    Ok(report)
}

fn unreadable(file: &File, error: &source::NoRust) -> FileReport {
    let left = vec![Message {
        line: error.line,
        text: format!("the file is no Rust ({}); correct it first", error.message),
    }];
    FileReport { path: file.shown.clone(), left, left_items: 1, ..FileReport::default() }
}

fn rewrite(files: &[(&File, Source)], report: &mut Report) {
    let structs: Vec<StructFacts> =
        files.iter().enumerate().flat_map(|(file, (_, source))| collect::structs(source, file)).collect();
    let collected: Vec<Collected<'_>> = files
        .iter()
        .enumerate()
        .map(|(file, (_, source))| collect::collect(source, file, &structs))
        .collect();
    let members: Vec<Member<'_>> = files
        .iter()
        .zip(&collected)
        .map(|((file, _), collected)| Member { shown: &file.shown, is_selected: file.is_selected, collected })
        .collect();
    let verdicts = plan::plan(&members);
    let drafts: Vec<Draft> = collected
        .iter()
        .zip(&verdicts)
        .map(|(collected, verdicts)| Draft::new(collected, verdicts))
        .collect();
    let depends: Vec<bool> = files
        .iter()
        .zip(&drafts)
        .map(|((_, source), draft)| Uses::of_outer_module(source, &draft.gone()))
        .collect();
    let selected = files
        .iter()
        .zip(&collected)
        .zip(drafts)
        .enumerate()
        .filter(|(_, (((file, _), _), _))| file.is_selected);
    for (index, (((file, source), collected), draft)) in selected {
        // Another file may reach the imports of this one by `use super::*`.
        let is_reached = depends.iter().enumerate().any(|(other, depends)| *depends && other != index);
        let uses = if is_reached { Uses::Anything } else { Uses::of(source, &draft.gone()) };
        report.imports += collected.kept.iter().filter(|kept| kept.reason.is_none()).count();
        let one = draft.finish(source, collected, &uses);
        if !(one.rewritten.is_empty() && one.left.is_empty()) {
            report.files.push(FileReport { path: file.shown.clone(), ..one });
        }
    }
}

/// The changes of a file, without those of its `use` items.
#[derive(Default)]
struct Draft {
    report: FileReport,
    edits: Vec<Edit>,
    /// The modules that say `#[export]`.
    needing: BTreeSet<usize>,
}

impl Draft {
    fn new(collected: &Collected<'_>, verdicts: &[Verdict]) -> Self {
        let mut draft = Self::default();
        let report = &mut draft.report;
        for (part, verdict) in collected.parts.iter().zip(verdicts) {
            match verdict {
                Verdict::Moves => {
                    draft.edits.extend(part.edits.iter().cloned());
                    report.rewritten.push((part.kind, part.name.clone()));
                    report.notes.extend(part.notes.iter().cloned());
                    if part.needs_import {
                        draft.needing.insert(part.scope);
                    }
                    continue;
                }
                Verdict::Stays => report.left.extend(part.reasons.iter().cloned()),
                Verdict::StaysBecause(message) => report.left.push(message.clone()),
            }
            report.left_items += 1;
        }
        for kept in &collected.kept {
            let Some(reason) = &kept.reason else { continue };
            report.left.push(Message { line: kept.line, text: reason.clone() });
            report.left_items += 1;
        }
        report.left.sort_by_key(|message| message.line);
        draft
    }

    /// The places that change.
    fn gone(&self) -> Vec<Range<usize>> {
        self.edits.iter().map(|edit| edit.range.clone()).collect()
    }

    fn finish(self, source: &Source, collected: &Collected<'_>, uses: &Uses) -> FileReport {
        let Self { mut report, mut edits, needing } = self;
        if !report.rewritten.is_empty() {
            edits.extend(imports::rewrite(source, &collected.scopes, &needing, uses));
            let after = edit::apply(&source.text, edits);
            report.change = Some(Change { before: source.text.clone(), after });
        }
        report
    }
}

fn manifest(package: &Package, arguments: &Arguments) -> Result<Option<Change>> {
    let path = package.manifest();
    let before = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let checkout = match &arguments.wasm_lend {
        Some(folder) => {
            let found = folder.canonicalize().with_context(|| format!("cannot find {}", folder.display()))?;
            Some(manifest::relative(&found, &package.root))
        }
        None => None,
    };
    let after = manifest::with_dependency(&before, checkout.as_deref())?;
    Ok(after.map(|after| Change { before, after }))
}

fn write(package: &Package, report: &Report) -> Result<()> {
    let manifest = report.manifest.iter().map(|change| ("Cargo.toml", change));
    let files = report.files.iter().filter_map(|file| Some((file.path.as_str(), file.change.as_ref()?)));
    for (path, change) in manifest.chain(files) {
        let path = package.root.join(path);
        fs::write(&path, &change.after).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
