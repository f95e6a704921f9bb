//! Which parts are rewritten.
//!
//! A class or enum moves as a whole. Structs of both attributes cross in functions of both. An enum moves only with everything of
//! `#[wasm_bindgen]` that uses it: wasm-bindgen does not know the enums of wasm-lend. Functions that share a namespace stay.

use std::collections::BTreeSet;

use crate::collect::Collected;
use crate::part::{Kept, Kind, Message, Part};

/// A file, for the plan.
pub struct Member<'a> {
    pub shown: &'a str,
    /// False if other files were named.
    pub is_selected: bool,
    pub collected: &'a Collected<'a>,
}

/// Whether a part is rewritten.
pub enum Verdict {
    Moves,
    /// It has reasons of its own, or its file is not selected.
    Stays,
    /// Another item is the reason.
    StaysBecause(Message),
}

/// The verdict of each part of each file.
pub fn plan(files: &[Member<'_>]) -> Vec<Vec<Verdict>> {
    let first = |file: &Member<'_>, part: &Part| {
        if file.is_selected && part.reasons.is_empty() { Verdict::Moves } else { Verdict::Stays }
    };
    let verdicts =
        files.iter().map(|file| file.collected.parts.iter().map(|part| first(file, part)).collect());
    let mut plan = Plan { files, verdicts: verdicts.collect(), kept: kept(files) };
    // Each round only adds parts that stay, so this ends.
    while let Some((file, part, message)) = plan.next_to_stay() {
        plan.verdicts[file][part] = Verdict::StaysBecause(message);
    }
    plan.verdicts
}

/// What always stays, with its place. It has the calls of macros that write `#[wasm_bindgen]`, too.
fn kept<'a>(files: &'a [Member<'_>]) -> Vec<(String, &'a BTreeSet<String>)> {
    let mut found = Vec::new();
    let all = || files.iter().flat_map(|file| file.collected.kept.iter().map(move |kept| (file, kept)));
    let macros: BTreeSet<&str> = all().filter_map(|(_, kept)| kept.defines.as_deref()).collect();
    for (file, Kept { line, mentions, .. }) in all() {
        found.push((format!("{}:{line}", file.shown), mentions));
    }
    for file in files {
        let calls = file.collected.calls.iter().filter(|call| macros.contains(call.name.as_str()));
        found.extend(calls.map(|call| (format!("{}:{}", file.shown, call.line), &call.words)));
    }
    found
}

struct Plan<'a> {
    files: &'a [Member<'a>],
    verdicts: Vec<Vec<Verdict>>,
    kept: Vec<(String, &'a BTreeSet<String>)>,
}

/// A part and its file.
#[derive(Clone, Copy)]
struct Entry<'a> {
    file: &'a Member<'a>,
    part: &'a Part,
}

impl<'a> Plan<'a> {
    fn entries(&self) -> impl Iterator<Item = (usize, usize, Entry<'a>, &Verdict)> {
        self.files.iter().zip(&self.verdicts).enumerate().flat_map(|(index, (file, verdicts))| {
            let parts = file.collected.parts.iter().zip(verdicts).enumerate();
            parts.map(move |(position, (part, verdict))| (index, position, Entry { file, part }, verdict))
        })
    }

    fn staying(&self) -> impl Iterator<Item = Entry<'a>> {
        self.entries()
            .filter(|(_, _, _, verdict)| !matches!(verdict, Verdict::Moves))
            .map(|(_, _, entry, _)| entry)
    }

    /// A part that moves although it depends on something that stays.
    fn next_to_stay(&self) -> Option<(usize, usize, Message)> {
        let moving = self.entries().filter(|(_, _, _, verdict)| matches!(verdict, Verdict::Moves));
        moving.into_iter().find_map(|(file, position, Entry { part, .. }, _)| {
            let cause =
                if part.kind.is_type() { self.holds_type(part) } else { self.shares_namespace(part) }?;
            let text = format!("{}: {cause}", part.title());
            Some((file, position, Message { line: part.line, text }))
        })
    }

    /// Why a class or enum stays.
    fn holds_type(&self, part: &Part) -> Option<String> {
        let name = &part.name;
        let of_parts = self.staying().find_map(|entry| {
            let relation = if entry.part.kind.is_type() && entry.part.name == *name {
                "belongs to it"
            } else if self.is_enum(name) && entry.part.mentions.contains(name) {
                "uses it"
            } else {
                return None;
            };
            Some(self.because(entry, relation, name))
        });
        of_parts.or_else(|| {
            let (place, _) = self.kept.iter().find(|(_, mentions)| mentions.contains(name))?;
            Some(format!("what is in {place} uses it and stays; it can move when that does not use it"))
        })
    }

    /// Why a function in a namespace stays.
    fn shares_namespace(&self, part: &Part) -> Option<String> {
        let name = part.namespace.as_ref()?;
        let others = self.entries().filter(|(_, _, entry, _)| entry.part.namespace.as_ref() == Some(name));
        (others.count() > 1).then(|| {
            format!(
                "wasm-lend's functions of one namespace are in one module: put those of `{name}` into one `#[export(namespace = \"{name}\")] mod`"
            )
        })
    }

    fn is_enum(&self, name: &str) -> bool {
        self.entries().any(|(_, _, Entry { part, .. }, _)| part.kind == Kind::Enum && part.name == name)
    }

    fn because(&self, Entry { file, part }: Entry<'_>, relation: &str, name: &str) -> String {
        let what = format!("`{}` in {}:{} {relation} and stays", part.title(), file.shown, part.line);
        if file.is_selected {
            return format!("{what}; it can move when that one can");
        }
        let together = self.together(name);
        if together.len() == self.files.len() {
            format!("{what}, because its file was not named; they move when no file is named")
        } else {
            format!(
                "{what}, because its file was not named; these files move together: {}",
                together.join(" ")
            )
        }
    }

    /// The files that have to move with a class or enum.
    fn together(&self, name: &str) -> Vec<&'a str> {
        let is_enum = self.is_enum(name);
        let with_it = self.entries().filter(|(_, _, Entry { part, .. }, _)| {
            part.kind.is_type() && part.name == name || is_enum && part.mentions.contains(name)
        });
        let files: BTreeSet<_> = with_it.map(|(_, _, Entry { file, .. }, _)| file.shown).collect();
        files.into_iter().collect()
    }
}
