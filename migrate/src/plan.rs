//! Which parts are rewritten. A class or enum moves as a whole, and only with everything of `#[wasm_bindgen]` that uses it: wasm-bindgen
//! does not know the types of wasm-lend. (wasm-lend knows those of wasm-bindgen.)

use std::collections::BTreeSet;

use crate::collect::Collected;
use crate::part::{Kept, Message, Part};

/// A file, for the plan.
pub struct Member<'a> {
    pub shown: &'a str,
    /// False if other files were named.
    pub is_selected: bool,
    pub collected: &'a Collected<'a>,
}

/// Why a part is not rewritten although it could be.
#[derive(Clone)]
pub enum Verdict {
    Moves,
    /// It has reasons of its own, or its file is not selected.
    Stays,
    /// Another item is the reason.
    StaysBecause(Message),
}

/// The verdict of each part of each file.
pub fn plan(files: &[Member<'_>]) -> Vec<Vec<Verdict>> {
    let mut verdicts: Vec<Vec<Verdict>> = files.iter().map(|file| first_verdicts(file)).collect();
    let kept = kept(files);
    // Each round only adds parts that stay, so this ends.
    while let Some((file, part, message)) = next_to_stay(files, &verdicts, &kept) {
        verdicts[file][part] = Verdict::StaysBecause(message);
    }
    verdicts
}

fn first_verdicts(file: &Member<'_>) -> Vec<Verdict> {
    let moves = |part: &Part| file.is_selected && part.reasons.is_empty();
    let parts = file.collected.parts.iter();
    parts.map(|part| if moves(part) { Verdict::Moves } else { Verdict::Stays }).collect()
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

/// A part that moves although something that it belongs to, or that uses it, stays.
fn next_to_stay(
    files: &[Member<'_>],
    verdicts: &[Vec<Verdict>],
    kept: &[(String, &BTreeSet<String>)],
) -> Option<(usize, usize, Message)> {
    let all = || {
        files.iter().zip(verdicts).enumerate().flat_map(|(index, (file, verdicts))| {
            let parts = file.collected.parts.iter().zip(verdicts).enumerate();
            parts.map(move |(position, (part, verdict))| {
                (index, position, file, part, matches!(verdict, Verdict::Moves))
            })
        })
    };
    for (index, position, _, part, moves) in all() {
        if !moves || !part.kind.is_type() {
            continue;
        }
        let name = &part.name;
        let staying = all().filter(|(_, _, _, _, moves)| !moves);
        let cause = staying.clone().find_map(|(_, _, file, other, _)| {
            let relation = if other.kind.is_type() && other.name == *name {
                "belongs to it"
            } else if other.mentions.contains(name) {
                "uses it"
            } else {
                return None;
            };
            let what = format!("`{}` in {}:{} {relation} and stays", other.title(), file.shown, other.line);
            Some(if file.is_selected {
                format!("{what}; it can move when that one can")
            } else {
                format!("{what}, because its file was not named; name both files")
            })
        });
        let cause = cause.or_else(|| {
            let (place, _) = kept.iter().find(|(_, mentions)| mentions.contains(name))?;
            Some(format!("what is in {place} uses it and stays; it can move when that does not use it"))
        });
        if let Some(cause) = cause {
            return Some((
                index,
                position,
                Message { line: part.line, text: format!("{}: {cause}", part.title()) },
            ));
        }
    }
    None
}
