//! Questions about `use` items.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::Span;
use syn::{Item, ItemUse, UseTree};

use crate::source::Source;

/// The item, if it is a `use`.
pub fn use_of(item: &Item) -> Option<&ItemUse> {
    match item {
        Item::Use(item) => Some(item),
        _ => None,
    }
}

/// The place of an item with its attributes.
pub fn whole(item: &ItemUse, source: &Source) -> Range<usize> {
    let start = source.range(item.use_token.span).start;
    let attributes = item.attrs.iter().map(|attribute| source.range(attribute.pound_token.span).start);
    attributes.chain([start]).min().unwrap_or(start)..source.range(item.semi_token.span).end
}

/// The first word of a tree.
pub fn root(tree: &UseTree) -> Option<String> {
    match tree {
        UseTree::Path(path) => Some(path.ident.to_string()),
        UseTree::Name(name) => Some(name.ident.to_string()),
        _ => None,
    }
}

/// What a module imports of wasm-bindgen by name wherever it imports `other`.
pub fn named(items: &[&ItemUse], other: &ItemUse, source: &Source) -> BTreeSet<String> {
    fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
        match tree {
            UseTree::Path(path) => leaves(&path.tree, names),
            UseTree::Name(name) => {
                names.insert(name.ident.to_string());
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| leaves(item, names)),
            UseTree::Glob(_) | UseTree::Rename(_) => {}
        }
    }
    let mut names = BTreeSet::new();
    let conditions = |item: &ItemUse| {
        let whole = whole(item, source);
        source.text[whole.start..source.range(item.use_token.span).start].trim().to_owned()
    };
    let is_with = |item: &ItemUse| item.attrs.is_empty() || conditions(item) == conditions(other);
    let of_bindgen = items.iter().filter(|item| is_of_bindgen(&item.tree) && is_with(item));
    of_bindgen.for_each(|item| leaves(&item.tree, &mut names));
    names
}

/// True if the tree imports from wasm-bindgen.
pub fn is_of_bindgen(tree: &UseTree) -> bool {
    root(tree).is_some_and(|root| root == "wasm_bindgen")
}

/// True for `self` in braces.
pub fn is_self(tree: &UseTree) -> bool {
    matches!(tree, UseTree::Name(name) if name.ident == "self")
}

/// True if the tree imports `wasm_lend::export`.
pub fn imports_export(tree: &UseTree, path: &mut Vec<String>) -> bool {
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

/// True if the tree imports the attribute `wasm_bindgen`, perhaps with the rest of the prelude.
pub fn imports_attribute(tree: &UseTree, path: &mut Vec<String>) -> bool {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            let imports = imports_attribute(&inner.tree, path);
            path.pop();
            imports
        }
        UseTree::Name(name) => !path.is_empty() && name.ident == "wasm_bindgen",
        UseTree::Glob(_) => path.last().is_some_and(|last| last == "prelude"),
        UseTree::Rename(_) => false,
        UseTree::Group(group) => group.items.iter().any(|item| imports_attribute(item, path)),
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

/// True if the tree imports everything of a module.
pub fn has_glob(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => has_glob(&path.tree),
        UseTree::Group(group) => group.items.iter().any(has_glob),
        UseTree::Glob(_) => true,
        UseTree::Name(_) | UseTree::Rename(_) => false,
    }
}
