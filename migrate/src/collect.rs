//! Collects what a file has of `#[wasm_bindgen]`.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Attribute, Item, ItemConst, ItemEnum, ItemFn, ItemForeignMod, ItemImpl, ItemMod, ItemStruct, Macro,
};

use crate::attribute::{self, Bindgen};
use crate::items;
use crate::part::{Call, Kept, Part, StructFacts};
use crate::signature;
use crate::source::Source;
use crate::use_tree;

/// What a file has.
pub struct Collected<'a> {
    pub parts: Vec<Part>,
    pub kept: Vec<Kept>,
    /// The calls of macros.
    pub calls: Vec<Call>,
    /// The modules of the file; the first one is the file itself.
    pub scopes: Vec<Scope<'a>>,
}

/// A module in the text of a file.
pub struct Scope<'a> {
    pub items: &'a [Item],
    /// The place of the items.
    pub range: Range<usize>,
    /// False if the name `export` has another meaning in the module.
    pub may_import: bool,
}

impl<'a> Scope<'a> {
    fn new(items: &'a [Item], range: Range<usize>) -> Self {
        Self { items, range, may_import: !use_tree::has_another_export(items) }
    }
}

/// The exported structs of a file, which has a number.
pub fn structs(source: &Source, file: usize) -> Vec<StructFacts> {
    struct Finder<'a>(&'a Source, usize, Vec<StructFacts>);
    impl<'ast> Visit<'ast> for Finder<'_> {
        fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
            let found = attribute::find(&item.attrs, self.0);
            if let Some(first) = found.first() {
                self.2.push(items::facts(item, &found, (self.1, first.path.start)));
            }
        }
    }
    let mut finder = Finder(source, file, Vec::new());
    finder.visit_file(&source.file);
    finder.2
}

/// Collects the parts of a file. `structs` are the exported structs of the whole crate.
pub fn collect<'a>(source: &'a Source, file: usize, structs: &'a [StructFacts]) -> Collected<'a> {
    let scopes = vec![Scope::new(&source.file.items, 0..source.text.len())];
    let collected = Collected { parts: Vec::new(), kept: Vec::new(), calls: Vec::new(), scopes };
    let mut collector = Collector { source, file, structs, collected, scope: 0, macro_name: None };
    collector.visit_file(&source.file);
    collector.collected
}

struct Collector<'a> {
    source: &'a Source,
    file: usize,
    structs: &'a [StructFacts],
    collected: Collected<'a>,
    /// The module that is visited.
    scope: usize,
    /// The name of the `macro_rules!` that is visited.
    macro_name: Option<String>,
}

impl<'a> Collector<'a> {
    fn site(&self) -> items::Site<'a> {
        let may_import = self.collected.scopes[self.scope].may_import;
        items::Site {
            source: self.source,
            file: self.file,
            structs: self.structs,
            scope: self.scope,
            may_import,
        }
    }

    fn keep(&mut self, found: &[Bindgen], reason: Option<String>, mentions: BTreeSet<String>) {
        if let Some(first) = found.first() {
            let line = self.source.line(first.path.start);
            self.collected.kept.push(Kept { line, reason, mentions, defines: None });
        }
    }

    /// An item of a kind that `#[wasm_bindgen]` does not export.
    fn other(&mut self, attributes: &[Attribute], what: &str) {
        let found = attribute::find(attributes, self.source);
        self.keep(
            &found,
            Some(format!("{what}: wasm-lend exports functions, structs, enums and `impl` blocks")),
            BTreeSet::new(),
        );
    }
}

impl<'a> Visit<'a> for Collector<'a> {
    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        self.collected.parts.extend(items::function(item, &self.site()));
        visit::visit_item_fn(self, item);
    }

    fn visit_item_struct(&mut self, item: &'a ItemStruct) {
        self.collected.parts.extend(items::structure(item, &self.site()));
    }

    fn visit_item_enum(&mut self, item: &'a ItemEnum) {
        self.collected.parts.extend(items::enumeration(item, &self.site()));
    }

    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        self.collected.parts.extend(items::block(item, &self.site()));
        visit::visit_item_impl(self, item);
    }

    fn visit_item_foreign_mod(&mut self, item: &'a ItemForeignMod) {
        let found = attribute::find(&item.attrs, self.source);
        let mut mentions = BTreeSet::new();
        signature::words_of_imports(item, &mut mentions);
        self.keep(&found, None, mentions);
    }

    fn visit_item_const(&mut self, item: &'a ItemConst) {
        let found = attribute::find(&item.attrs, self.source);
        let is_section =
            found.iter().flat_map(|one| &one.options).any(|given| given.key == "typescript_custom_section");
        if is_section {
            let reason = "`typescript_custom_section`: its text goes into the `.d.ts` as before; nothing is to be done";
            self.keep(&found, Some(reason.to_owned()), BTreeSet::new());
        } else {
            self.other(&item.attrs, "a constant");
        }
        visit::visit_item_const(self, item);
    }

    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        self.other(&item.attrs, "a module");
        let Some((braces, items)) = &item.content else { return };
        let range = self.source.range(braces.span.open()).end..self.source.range(braces.span.close()).start;
        let outer = self.scope;
        self.scope = self.collected.scopes.len();
        self.collected.scopes.push(Scope::new(items, range));
        items.iter().for_each(|item| self.visit_item(item));
        self.scope = outer;
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        if let Some((span, name)) = use_tree::other_name(&item.tree) {
            let line = self.source.line(self.source.range(span).start);
            let reason = format!(
                "`wasm_bindgen as {name}`: attributes of this name are not found; write `wasm_bindgen`"
            );
            self.collected.kept.push(Kept {
                line,
                reason: Some(reason),
                mentions: BTreeSet::new(),
                defines: None,
            });
        }
    }

    fn visit_item_macro(&mut self, item: &'a syn::ItemMacro) {
        self.macro_name = item.ident.as_ref().map(ToString::to_string);
        visit::visit_item_macro(self, item);
        self.macro_name = None;
    }

    fn visit_macro(&mut self, item: &'a Macro) {
        let name = item.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let mut mentions = BTreeSet::new();
        words(item.tokens.clone(), &mut mentions);
        let Some(attribute) = attribute_within(item.tokens.clone()) else {
            let line = item
                .path
                .segments
                .first()
                .map_or(0, |first| self.source.line(self.source.range(first.ident.span()).start));
            self.collected.calls.push(Call { name, line, words: mentions });
            return;
        };
        let line = self.source.line(self.source.range(attribute.span()).start);
        let defines = self.macro_name.clone();
        let place = match &defines {
            Some(own) => format!("`#[wasm_bindgen]` in `{name}! {own}`"),
            None => format!("`#[wasm_bindgen]` in `{name}!`"),
        };
        let reason = Some(format!("{place}: what a macro makes of it is not known here; rewrite it by hand"));
        self.collected.kept.push(Kept { line, reason, mentions, defines });
    }
}

/// The first `[… wasm_bindgen …]` after a `#`.
fn attribute_within(tokens: TokenStream) -> Option<TokenTree> {
    let mut after_pound = false;
    for token in tokens {
        let TokenTree::Group(group) = &token else {
            after_pound = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
            continue;
        };
        let mut inside = BTreeSet::new();
        words(group.stream(), &mut inside);
        if after_pound && inside.contains("wasm_bindgen") {
            return Some(token);
        }
        after_pound = false;
        if let Some(found) = attribute_within(group.stream()) {
            return Some(found);
        }
    }
    None
}

fn words(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => words(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
