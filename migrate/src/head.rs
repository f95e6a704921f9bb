//! Rewrites the attribute of one item, method, field or parameter.

use std::ops::Range;

use crate::attribute::{Bindgen, Given, blank};
use crate::edit::Edit;
use crate::options::{self, Place, Section, Translation};
use crate::source::Source;

/// What the new attribute is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// `#[export]`. `imported` says whether `export` is imported, or written with its path.
    Export { imported: bool },
    /// `#[lend(…)]`, which is left out if it has no options.
    Lend,
}

/// An attribute in its new form.
#[derive(Default)]
pub struct Head {
    pub edits: Vec<Edit>,
    pub reasons: Vec<String>,
    pub docs: Vec<(Section, String)>,
    /// The object that a function is in.
    pub namespace: Option<String>,
}

/// What the signature says about options.
#[derive(Default)]
pub struct Context {
    /// Options that say nothing new here.
    pub without: Vec<&'static str>,
    /// Options that are added.
    pub with: Vec<String>,
}

/// Rewrites the `wasm_bindgen`s of one item to one attribute.
pub fn rewrite(found: &[Bindgen], word: Word, place: Place, context: &Context, source: &Source) -> Head {
    let mut head = Head::default();
    let Some((first, others)) = found.split_first() else { return head };
    if !others.is_empty() && found.iter().any(|bindgen| bindgen.is_conditional) {
        head.reasons.push(
            "two attributes, one of them in a `cfg_attr`: wasm-lend takes one; make one of them by hand"
                .to_owned(),
        );
        return head;
    }
    let kept: Vec<Option<String>> =
        first.options.iter().map(|given| translated(given, place, context, &mut head)).collect();
    let mut added: Vec<String> = Vec::new();
    for other in others {
        added.extend(other.options.iter().filter_map(|given| translated(given, place, context, &mut head)));
        head.edits.push(Edit::delete(other.whole.clone()));
    }
    added.extend(context.with.iter().cloned());
    let is_name = |option: &&String| option.split(", ").any(|part| part.starts_with("name = "));
    if kept.iter().flatten().chain(&added).filter(is_name).count() > 1 {
        head.reasons.push("two names: wasm-lend takes one; remove the other one".to_owned());
    }
    if !head.reasons.is_empty() {
        return head;
    }
    let is_empty = kept.iter().all(Option::is_none) && added.is_empty();
    if word == Word::Lend && is_empty {
        head.edits.push(Edit::delete(first.whole.clone()));
        return head;
    }
    head.edits.push(Edit::replace(first.path.clone(), name(first, word, source)));
    match &first.list {
        _ if kept.iter().all(Option::is_none) => {
            let list = first.list.clone().unwrap_or(first.path.end..first.path.end);
            let options = added.join(", ");
            let options = if options.is_empty() { options } else { format!("({options})") };
            head.edits.push(Edit::replace(list, options));
        }
        Some(list) => in_list(&first.options, &kept, &added, list, source, &mut head.edits),
        None => {}
    }
    head
}

fn translated(given: &Given, place: Place, context: &Context, head: &mut Head) -> Option<String> {
    match options::translate(given, place) {
        _ if context.without.contains(&given.key.as_str()) => None,
        Translation::Option(option) => {
            if let Some(name) = option.strip_prefix("namespace = ") {
                head.namespace = Some(name.trim_matches('"').to_owned());
            }
            Some(option)
        }
        Translation::Nothing => None,
        Translation::Doc(section, text) => {
            head.docs.push((section, text));
            None
        }
        Translation::Left(reason) => {
            head.reasons.push(reason);
            None
        }
    }
}

fn name(first: &Bindgen, word: Word, source: &Source) -> &'static str {
    match word {
        Word::Lend => "lend",
        Word::Export { imported: true } => "export",
        Word::Export { imported: false } if source.at(&first.path).starts_with("::") => "::wasm_lend::export",
        Word::Export { imported: false } => "wasm_lend::export",
    }
}

/// Changes options where they are, so that comments and line breaks between them stay. At least one is kept.
fn in_list(
    given: &[Given],
    kept: &[Option<String>],
    added: &[String],
    list: &Range<usize>,
    source: &Source,
    edits: &mut Vec<Edit>,
) {
    let last_kept = kept.iter().rposition(Option::is_some).unwrap_or_default();
    for (index, (given, kept)) in given.iter().zip(kept).enumerate() {
        let end = given.comma.unwrap_or(given.range.end);
        match kept {
            Some(option) => edits.push(Edit::replace(given.range.clone(), option.clone())),
            None if index < last_kept => {
                edits.push(Edit::delete(given.range.start..end + blank(&source.text[end..])));
            }
            None => {
                let before = source.text[list.start..given.range.start].trim_end();
                edits.push(Edit::delete(list.start + before.len()..end));
            }
        }
    }
    let last = &given[last_kept];
    for option in added {
        edits.push(Edit::insert(last.range.end, format!(", {option}")));
    }
    // In one line, no comma stays at the end.
    if let (Some(comma), true) = (last.comma, last_kept + 1 < given.len()) {
        if !source.text[comma..list.end].contains('\n') {
            edits.push(Edit::delete(last.range.end..comma));
        }
    }
}
