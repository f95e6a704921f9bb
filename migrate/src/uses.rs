//! What a file uses of wasm-bindgen through `use` items.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::ItemUse;
use syn::visit::Visit;

use crate::source::Source;
use crate::use_tree::{has_glob, root, whole};

/// What `wasm_bindgen::prelude` exports beside the attribute, each with the methods of the trait.
const PRELUDE: &[(&str, &[&str])] = &[
    ("Closure", &[]),
    (
        "JsCast",
        &[
            "dyn_into",
            "dyn_ref",
            "has_type",
            "instanceof",
            "is_instance_of",
            "is_type_of",
            "unchecked_from_js",
            "unchecked_from_js_ref",
            "unchecked_into",
            "unchecked_ref",
        ],
    ),
    ("JsError", &[]),
    ("JsValue", &[]),
    ("Nullable", &[]),
    ("ScopedClosure", &[]),
    ("UnwrapThrowExt", &["expect_throw", "unwrap_throw"]),
    ("Upcast", &["upcast", "upcast_into", "upcast_ref"]),
];

/// What is left of wasm-bindgen in a file.
pub enum Uses {
    /// Another file may reach the imports of this one.
    Anything,
    /// The words that need an import, with their places.
    Words(Vec<(usize, String)>),
}

impl Uses {
    /// Looks at every word of a file except those in `gone`.
    pub fn of(source: &Source, gone: &[Range<usize>]) -> Self {
        let imports = Imports::of(source);
        let is_gone = |range: &Range<usize>| {
            imports.ranges.iter().chain(gone).any(|gone| gone.start <= range.start && range.end <= gone.end)
        };
        let mut words = Vec::new();
        collect(source.tokens.clone(), source, &is_gone, &mut words);
        Self::Words(words)
    }

    /// True if the file uses something of wasm-bindgen that only a module around it can import: `use super::*`.
    pub fn of_outer_module(source: &Source, gone: &[Range<usize>]) -> bool {
        let imports = Imports::of(source);
        let (uses, file) = (Self::of(source, gone), 0..source.text.len());
        imports.has_glob
            && !imports.has_own
            && (uses.attribute(&file) || uses.prelude(&file, &BTreeSet::new()))
    }

    /// True if something in the module needs the attribute. `module` is its place.
    pub fn attribute(&self, module: &Range<usize>) -> bool {
        self.has(module, |word| word == "wasm_bindgen")
    }

    /// True if something in the module needs the prelude. `named` is imported by its name.
    pub fn prelude(&self, module: &Range<usize>, named: &BTreeSet<String>) -> bool {
        let needed = || PRELUDE.iter().filter(|(name, _)| !named.contains(*name));
        self.has(module, |word| needed().any(|(name, methods)| *name == word || methods.contains(&word)))
    }

    fn has(&self, module: &Range<usize>, is_wanted: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Anything => true,
            Self::Words(words) => words.iter().any(|(place, word)| module.contains(place) && is_wanted(word)),
        }
    }
}

impl<'a> Imports<'a> {
    fn of(source: &'a Source) -> Self {
        let mut imports = Self { source, ranges: Vec::new(), has_own: false, has_glob: false };
        imports.visit_file(&source.file);
        imports
    }
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
    }
}

/// The words that need an import: without those after `::` and those before it.
fn collect(
    tokens: TokenStream,
    source: &Source,
    is_gone: &dyn Fn(&Range<usize>) -> bool,
    words: &mut Vec<(usize, String)>,
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
                let range = source.range(ident.span());
                if !is_path && !is_gone(&range) {
                    words.push((range.start, word));
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
