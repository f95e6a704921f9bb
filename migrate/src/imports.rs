//! The `use` items: adds `use wasm_lend::export;`, and removes what nothing uses any more.

use std::collections::BTreeSet;
use std::ops::Range;

use syn::spanned::Spanned;
use syn::{Item, ItemUse, UseTree, Visibility};

use crate::collect::Scope;
use crate::edit::Edit;
use crate::source::Source;
use crate::use_tree::{imports_attribute, imports_export, is_of_bindgen, is_self, named, use_of, whole};
use crate::uses::Uses;

const IMPORT: &str = "use wasm_lend::export;";

/// The changes of the `use` items of a file. `needing` are the scopes that say `#[export]` now.
pub fn rewrite(source: &Source, scopes: &[Scope<'_>], needing: &BTreeSet<usize>, uses: &Uses) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, scope) in scopes.iter().enumerate() {
        let items: Vec<&ItemUse> = scope.items.iter().filter_map(use_of).collect();
        let mut wanted =
            needing.contains(&index) && !items.iter().any(|item| imports_export(&item.tree, &mut Vec::new()));
        let of_bindgen = items.iter().filter(|item| is_of_bindgen(&item.tree));
        let mut last = None;
        for item in of_bindgen {
            let named = named(&items, item, source);
            let (attribute, prelude) = (uses.attribute(&scope.range), uses.prelude(&scope.range, &named));
            let unused = Unused { attribute: !attribute, prelude: !attribute && !prelude };
            let mut inner = Vec::new();
            let is_private = matches!(item.vis, Visibility::Inherited);
            let is_unused = is_private && prune(&item.tree, &mut Vec::new(), &unused, source, &mut inner);
            let text = source.range(item.use_token.span).start..source.range(item.semi_token.span).end;
            match (is_unused, wanted) {
                (true, true) => {
                    edits.push(Edit::replace(text, IMPORT));
                    wanted = false;
                }
                (true, false) => edits.push(Edit::delete(source.with_its_line(whole(item, source)))),
                (false, _) => {
                    edits.extend(inner);
                    if imports_attribute(&item.tree, &mut Vec::new()) {
                        last = Some(*item);
                    }
                }
            }
        }
        if wanted {
            edits.extend(add(scope, last, source));
        }
    }
    edits
}

/// Adds the import: after the `use` of the old attribute, with its `#[cfg]`s, or after the first `use` items, or before the first item.
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

/// What nothing uses in a module.
struct Unused {
    attribute: bool,
    prelude: bool,
}

/// True if nothing uses what the tree imports. Otherwise `edits` remove what nothing uses.
fn prune(
    tree: &UseTree,
    path: &mut Vec<String>,
    unused: &Unused,
    source: &Source,
    edits: &mut Vec<Edit>,
) -> bool {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            let is_unused = prune(&inner.tree, path, unused, source, edits);
            path.pop();
            is_unused
        }
        UseTree::Name(name) => !path.is_empty() && name.ident == "wasm_bindgen" && unused.attribute,
        UseTree::Glob(_) => path.last().is_some_and(|last| last == "prelude") && unused.prelude,
        UseTree::Rename(_) => false,
        UseTree::Group(group) => {
            let mut kept = Vec::new();
            let count = group.items.len();
            for (index, item) in group.items.iter().enumerate() {
                let mut inner = Vec::new();
                if prune(item, path, unused, source, &mut inner) {
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
