//! The `use` items: adds `use wasm_lend::export;`, and removes what nothing uses any more.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Item, ItemUse, UseTree, Visibility};

use crate::collect::Scope;
use crate::edit::Edit;
use crate::source::Source;

const IMPORT: &str = "use wasm_lend::export;";

/// What `wasm_bindgen::prelude` exports beside the attribute, and the methods of its traits.
const PRELUDE: &[&str] = &[
    "Closure",
    "JsCast",
    "JsError",
    "JsValue",
    "Nullable",
    "ScopedClosure",
    "UnwrapThrowExt",
    "Upcast",
    "dyn_into",
    "dyn_ref",
    "expect_throw",
    "has_type",
    "instanceof",
    "is_instance_of",
    "is_type_of",
    "unchecked_from_js",
    "unchecked_from_js_ref",
    "unchecked_into",
    "unchecked_ref",
    "unwrap_throw",
    "upcast",
    "upcast_into",
    "upcast_ref",
];

/// What is left of wasm-bindgen in a file.
pub struct Uses {
    attribute: bool,
    prelude: bool,
}

impl Uses {
    /// Looks at every word of a file except those in `gone`.
    pub fn of(source: &Source, gone: &[Range<usize>]) -> Self {
        let mut imports = Imports { source, ranges: Vec::new(), has_own: false, has_glob: false };
        imports.visit_file(&source.file);
        let mut words = BTreeSet::new();
        let is_gone = |range: &Range<usize>| {
            imports.ranges.iter().chain(gone).any(|gone| gone.start <= range.start && range.end <= gone.end)
        };
        collect(source.tokens.clone(), source, &is_gone, &mut words);
        let prelude = PRELUDE.iter().any(|word| words.contains(*word));
        Self { attribute: words.contains("wasm_bindgen"), prelude }
    }

    /// What is known of files whose imports other files reach.
    pub fn everything() -> Self {
        Self { attribute: true, prelude: true }
    }

    /// True if the file uses something of wasm-bindgen that only a module around it can import: `use super::*`.
    pub fn of_outer_module(source: &Source, gone: &[Range<usize>]) -> bool {
        let mut imports = Imports { source, ranges: Vec::new(), has_own: false, has_glob: false };
        imports.visit_file(&source.file);
        let uses = Self::of(source, gone);
        imports.has_glob && !imports.has_own && (uses.attribute || uses.prelude)
    }
}

/// The changes of the `use` items of a file. `needing` are the scopes that say `#[export]` now.
pub fn rewrite(source: &Source, scopes: &[Scope<'_>], needing: &BTreeSet<usize>, uses: &Uses) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, scope) in scopes.iter().enumerate() {
        let items: Vec<&ItemUse> = scope.items.iter().filter_map(use_of).collect();
        let mut wanted =
            needing.contains(&index) && !items.iter().any(|item| imports_export(&item.tree, &mut Vec::new()));
        let of_bindgen =
            items.iter().filter(|item| root(&item.tree).is_some_and(|root| root == "wasm_bindgen"));
        let mut last = None;
        for item in of_bindgen {
            let mut inner = Vec::new();
            let is_private = matches!(item.vis, Visibility::Inherited);
            let is_unused = is_private && prune(&item.tree, &mut Vec::new(), uses, source, &mut inner);
            let text = source.range(item.use_token.span).start..source.range(item.semi_token.span).end;
            match (is_unused, wanted) {
                (true, true) => {
                    edits.push(Edit::replace(text, IMPORT));
                    wanted = false;
                }
                (true, false) => edits.push(Edit::delete(source.with_its_line(whole(item, source)))),
                (false, _) => {
                    edits.extend(inner);
                    last = Some(*item);
                }
            }
        }
        if wanted {
            edits.extend(add(scope, last, source));
        }
    }
    edits
}

/// Adds the import: after the `use` of wasm-bindgen, with its `#[cfg]`s, or after the first `use` items, or before the first item.
fn add(scope: &Scope<'_>, after: Option<&ItemUse>, source: &Source) -> Option<Edit> {
    let newline = source.newline();
    let leading = scope.items.iter().take_while(|item| matches!(item, Item::Use(_) | Item::ExternCrate(_)));
    let last = after.or_else(|| leading.filter_map(use_of).last());
    if let Some(last) = last {
        let range = whole(last, source);
        let indentation = source.indentation(range.start).unwrap_or_default();
        let conditions =
            last.attrs.iter().filter(|attribute| after.is_some() && attribute.path().is_ident("cfg"));
        let mut text = String::new();
        for condition in conditions {
            let range = source.range(condition.pound_token.span).start
                ..source.range(condition.bracket_token.span.close()).end;
            text.push_str(&format!("{newline}{indentation}{}", source.at(&range)));
        }
        return Some(Edit::insert(range.end, format!("{text}{newline}{indentation}{IMPORT}")));
    }
    let start = source.range(scope.items.first()?.span()).start;
    let indentation = source.indentation(start).unwrap_or_default();
    Some(Edit::insert(start, format!("{IMPORT}{newline}{newline}{indentation}")))
}

fn use_of(item: &Item) -> Option<&ItemUse> {
    match item {
        Item::Use(item) => Some(item),
        _ => None,
    }
}

/// The place of an item with its attributes.
fn whole(item: &ItemUse, source: &Source) -> Range<usize> {
    let start = source.range(item.use_token.span).start;
    let attributes = item.attrs.iter().map(|attribute| source.range(attribute.pound_token.span).start);
    attributes.chain([start]).min().unwrap_or(start)..source.range(item.semi_token.span).end
}

fn root(tree: &UseTree) -> Option<String> {
    match tree {
        UseTree::Path(path) => Some(path.ident.to_string()),
        UseTree::Name(name) => Some(name.ident.to_string()),
        _ => None,
    }
}

/// True if nothing uses what the tree imports. Otherwise `edits` remove what nothing uses.
fn prune(
    tree: &UseTree,
    path: &mut Vec<String>,
    uses: &Uses,
    source: &Source,
    edits: &mut Vec<Edit>,
) -> bool {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            let is_unused = prune(&inner.tree, path, uses, source, edits);
            path.pop();
            is_unused
        }
        UseTree::Name(name) => !path.is_empty() && name.ident == "wasm_bindgen" && !uses.attribute,
        UseTree::Glob(_) => {
            path.last().is_some_and(|last| last == "prelude") && !uses.attribute && !uses.prelude
        }
        UseTree::Rename(_) => false,
        UseTree::Group(group) => {
            let mut kept = Vec::new();
            let count = group.items.len();
            for (index, item) in group.items.iter().enumerate() {
                let mut inner = Vec::new();
                if prune(item, path, uses, source, &mut inner) {
                    continue;
                }
                kept.push((index, item, inner));
            }
            if kept.is_empty() {
                return true;
            }
            if let ([(_, UseTree::Path(_) | UseTree::Name(_) | UseTree::Rename(_), inner)], true) =
                (&*kept, count > 1)
            {
                if inner.is_empty() && !is_self(kept[0].1) {
                    let braces = source.range(group.brace_token.span.open()).start
                        ..source.range(group.brace_token.span.close()).end;
                    edits.push(Edit::replace(braces, source.at(&source.range(kept[0].1.span())).to_owned()));
                    return false;
                }
            }
            let places: Vec<Range<usize>> =
                group.items.iter().map(|item| source.range(item.span())).collect();
            let is_kept = |index: usize| kept.iter().any(|(kept, _, _)| *kept == index);
            for index in (0..count).filter(|index| !is_kept(*index)) {
                let last_kept = (0..index).rev().find(|index| is_kept(*index));
                edits.push(Edit::delete(match (places.get(index + 1), last_kept) {
                    (Some(next), _) => places[index].start..next.start,
                    (None, Some(last)) => places[last].end..places[index].end,
                    (None, None) => places[index].clone(),
                }));
            }
            kept.into_iter().for_each(|(_, _, inner)| edits.extend(inner));
            false
        }
    }
}

fn is_self(tree: &UseTree) -> bool {
    matches!(tree, UseTree::Name(name) if name.ident == "self")
}

/// True if the tree imports `wasm_lend::export`.
fn imports_export(tree: &UseTree, path: &mut Vec<String>) -> bool {
    let of_lend = |path: &[String]| path.len() == 1 && path[0] == "wasm_lend";
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            let imports = imports_export(&inner.tree, path);
            path.pop();
            imports
        }
        UseTree::Name(name) => of_lend(path) && name.ident == "export",
        UseTree::Glob(_) => of_lend(path),
        UseTree::Rename(_) => false,
        UseTree::Group(group) => group.items.iter().any(|item| imports_export(item, path)),
    }
}

/// True if the items import another `export`.
pub fn has_another_export(items: &[Item]) -> bool {
    fn leaf(tree: &UseTree) -> bool {
        match tree {
            UseTree::Path(path) => leaf(&path.tree),
            UseTree::Name(name) => name.ident == "export",
            UseTree::Rename(rename) => rename.rename == "export",
            UseTree::Group(group) => group.items.iter().any(leaf),
            UseTree::Glob(_) => false,
        }
    }
    let mut trees = items.iter().filter_map(use_of).map(|item| &item.tree);
    trees.any(|tree| leaf(tree) && root(tree).is_none_or(|root| root != "wasm_lend"))
}

/// The place and the name of `wasm_bindgen as name`, if a tree renames the attribute.
pub fn other_name(tree: &UseTree) -> Option<(Span, String)> {
    fn find(tree: &UseTree, is_inner: bool) -> Option<(Span, String)> {
        match tree {
            UseTree::Path(path) => find(&path.tree, true),
            UseTree::Rename(rename) if is_inner && rename.ident == "wasm_bindgen" => {
                Some((rename.ident.span(), rename.rename.to_string()))
            }
            UseTree::Group(group) => group.items.iter().find_map(|item| find(item, is_inner)),
            _ => None,
        }
    }
    find(tree, false)
}

/// The `use` items of a file, in every module.
struct Imports<'a> {
    source: &'a Source,
    /// Those of wasm-bindgen.
    ranges: Vec<Range<usize>>,
    has_own: bool,
    /// True if one imports everything of a module around it.
    has_glob: bool,
}

impl<'ast> Visit<'ast> for Imports<'_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        match root(&item.tree).as_deref() {
            Some("wasm_bindgen") => {
                self.ranges.push(whole(item, self.source));
                self.has_own = true;
            }
            Some("super" | "crate" | "self") => self.has_glob |= has_glob(&item.tree),
            _ => {}
        }
        visit::visit_item_use(self, item);
    }
}

fn has_glob(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => has_glob(&path.tree),
        UseTree::Group(group) => group.items.iter().any(has_glob),
        UseTree::Glob(_) => true,
        UseTree::Name(_) | UseTree::Rename(_) => false,
    }
}

/// The words that need an import: without those after `::` and those before it.
fn collect(
    tokens: TokenStream,
    source: &Source,
    is_gone: &dyn Fn(&Range<usize>) -> bool,
    words: &mut BTreeSet<String>,
) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colon = |index: Option<usize>| {
        index
            .and_then(|index| tokens.get(index))
            .is_some_and(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':'))
    };
    let is_separator = |first: Option<usize>| is_colon(first) && is_colon(first.map(|first| first + 1));
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), source, is_gone, words),
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                // `wasm_bindgen::JsValue` needs none, `JsValue::NULL` does.
                let is_path = is_separator(index.checked_sub(2))
                    || word == "wasm_bindgen" && is_separator(Some(index + 1));
                if !is_path && !is_gone(&source.range(ident.span())) {
                    words.insert(word);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
