//! Rewrites functions, structs, enums and `impl` blocks.

use std::collections::BTreeSet;

use syn::spanned::Spanned;
use syn::{
    Expr, ExprLit, Fields, FnArg, ImplItem, ImplItemFn, ItemEnum, ItemFn, ItemImpl, ItemStruct, Lit, Pat,
};
use syn::{Signature, Variant, Visibility};

use crate::attribute::{self, Bindgen, Value};
use crate::docs::{self, Description};
use crate::edit::Edit;
use crate::head::{self, Context, Word};
use crate::options::{self, Place, Section};
use crate::part::{Kind, Message, Part, StructFacts};
use crate::signature::{self, Shape};
use crate::source::Source;

/// Where an item is.
pub struct Site<'a> {
    pub source: &'a Source,
    /// The number of the file.
    pub file: usize,
    /// The exported structs of the crate.
    pub structs: &'a [StructFacts],
    pub scope: usize,
    /// True if `use wasm_lend::export;` is possible in the module.
    pub may_import: bool,
}

/// What the `impl` blocks of a struct have to know.
pub fn facts(item: &ItemStruct, found: &[Bindgen], place: (usize, usize)) -> StructFacts {
    let name = attribute::plain(&item.ident.to_string());
    let options = || found.iter().flat_map(|bindgen| &bindgen.options);
    let js_name = options().find_map(|given| match (given.key.as_str(), &given.value) {
        ("js_name", Value::Text { value, .. }) => Some(value.clone()),
        _ => None,
    });
    StructFacts {
        js_name: js_name.unwrap_or_else(|| name.clone()),
        skip_typescript: has(found, "skip_typescript"),
        skip_jsdoc: has(found, "skip_jsdoc"),
        place,
        name,
    }
}

/// A function outside of `impl` blocks.
pub fn function(item: &ItemFn, site: &Site<'_>) -> Option<Part> {
    let found = attribute::find(&item.attrs, site.source);
    let mut writer = Writer::new(Kind::Function, item.sig.ident.to_string(), &found, site)?;
    let mut descriptions = Vec::new();
    let mut context = Context::default();
    let name = attribute::plain(&item.sig.ident.to_string());
    if options::is_keyword(&name) && !has(&found, "js_name") {
        context.with.push(format!("name = \"_{name}\""));
    }
    writer.export(&found, Place::Function, &context, &mut descriptions);
    writer.signature(&item.sig, &found, &mut descriptions);
    writer.describe(&descriptions, &item.attrs, item.span());
    Some(writer.part)
}

/// A class.
pub fn structure(item: &ItemStruct, site: &Site<'_>) -> Option<Part> {
    let found = attribute::find(&item.attrs, site.source);
    let mut writer = Writer::new(Kind::Struct, item.ident.to_string(), &found, site)?;
    writer.export(&found, Place::Struct, &Context::default(), &mut Vec::new());
    for field in &item.fields {
        if matches!(field.vis, Visibility::Public(_)) {
            signature::words_of_type(&field.ty, &mut writer.part.mentions);
        }
        let own = attribute::find(&field.attrs, site.source);
        writer.lend(&own, Place::Field, &Context::default(), &mut Vec::new());
    }
    Some(writer.part)
}

/// An enum.
pub fn enumeration(item: &ItemEnum, site: &Site<'_>) -> Option<Part> {
    let found = attribute::find(&item.attrs, site.source);
    let mut writer = Writer::new(Kind::Enum, item.ident.to_string(), &found, site)?;
    writer.export(&found, Place::Enum, &Context::default(), &mut Vec::new());
    for variant in &item.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let reason = "a variant with a value: wasm-lend's enums have none; take a `JsValue`, or leave the enum as it is";
            writer.refuse(variant.ident.span(), reason);
        }
        writer.variant(variant);
    }
    Some(writer.part)
}

/// An `impl` block.
pub fn block(item: &ItemImpl, site: &Site<'_>) -> Option<Part> {
    let found = attribute::find(&item.attrs, site.source);
    let class = signature::last_word(&item.self_ty).unwrap_or_default();
    let mut writer = Writer::new(Kind::Impl, class.clone(), &found, site)?;
    let is_one_word = matches!(&*item.self_ty, syn::Type::Path(path) if path.path.get_ident().is_some());
    if !is_one_word {
        writer.refuse(
            item.self_ty.span(),
            "an `impl` of a path: write the name of the class alone, and a `use` for it",
        );
    }
    let methods: Vec<&ImplItemFn> = item.items.iter().filter_map(method).collect();
    let public = methods.iter().filter(|method| matches!(method.vis, Visibility::Public(_)));
    if public.clone().next().is_none() {
        // wasm-lend refuses such a block, and nothing of it is exported anyway.
        writer.part.edits.extend(found.iter().map(|bindgen| Edit::delete(bindgen.whole.clone())));
        writer.part.needs_import = false;
    } else {
        let context = writer.class(&found);
        writer.export(&found, Place::Impl, &context, &mut Vec::new());
    }
    let constructors =
        public.clone().filter(|method| has(&attribute::find(&method.attrs, site.source), "constructor"));
    let has_constructor = constructors.count() > 0;
    for method in methods {
        writer.method(method, &class, has_constructor);
    }
    Some(writer.part)
}

fn method(item: &ImplItem) -> Option<&ImplItemFn> {
    match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    }
}

fn has(found: &[Bindgen], key: &str) -> bool {
    found.iter().flat_map(|bindgen| &bindgen.options).any(|given| given.key == key)
}

struct Writer<'a> {
    site: &'a Site<'a>,
    source: &'a Source,
    part: Part,
}

impl<'a> Writer<'a> {
    /// `None` if the item has no `#[wasm_bindgen]`.
    fn new(kind: Kind, name: String, found: &[Bindgen], site: &'a Site<'a>) -> Option<Self> {
        let first = found.first()?;
        let part = Part {
            kind,
            name: attribute::plain(&name),
            line: site.source.line(first.path.start),
            edits: Vec::new(),
            reasons: Vec::new(),
            notes: Vec::new(),
            mentions: BTreeSet::new(),
            namespace: None,
            scope: site.scope,
            needs_import: first.is_bare && site.may_import,
        };
        Some(Self { site, source: site.source, part })
    }

    fn message(&self, span: proc_macro2::Span, text: &str) -> Message {
        Message { line: self.source.line(self.source.range(span).start), text: text.to_owned() }
    }

    fn refuse(&mut self, span: proc_macro2::Span, reason: &str) {
        let line = self.source.line(self.source.range(span).start);
        self.refuse_in(line, reason);
    }

    fn refuse_in(&mut self, line: usize, reason: &str) {
        let text = format!("{}: {reason}", self.part.title());
        self.part.reasons.push(Message { line, text });
    }

    fn export(
        &mut self,
        found: &[Bindgen],
        place: Place,
        context: &Context,
        descriptions: &mut Vec<Description>,
    ) {
        let word = Word::Export { imported: self.part.needs_import };
        self.attribute(found, word, place, context, descriptions);
    }

    fn lend(
        &mut self,
        found: &[Bindgen],
        place: Place,
        context: &Context,
        descriptions: &mut Vec<Description>,
    ) {
        self.attribute(found, Word::Lend, place, context, descriptions);
    }

    fn attribute(
        &mut self,
        found: &[Bindgen],
        word: Word,
        place: Place,
        context: &Context,
        descriptions: &mut Vec<Description>,
    ) {
        let Some(first) = found.first() else { return };
        let head = head::rewrite(found, word, place, context, self.source);
        let line = self.source.line(first.path.start);
        head.reasons.iter().for_each(|reason| self.refuse_in(line, reason));
        self.part.edits.extend(head.edits);
        self.part.namespace = self.part.namespace.take().or(head.namespace);
        let described =
            head.docs.into_iter().map(|(section, text)| Description { section, parameter: None, text });
        descriptions.extend(described);
    }

    /// The options of an `impl` block, which also depend on the struct.
    fn class(&mut self, found: &[Bindgen]) -> Context {
        let line = self.part.line;
        let of_class: Vec<&StructFacts> =
            self.site.structs.iter().filter(|facts| facts.name == self.part.name).collect();
        if of_class.is_empty() {
            let reason = "no struct of this name has `#[wasm_bindgen]` in the files of the crate; a macro may make it: \
                          rewrite both by hand";
            self.refuse_in(line, reason);
        }
        for given in found.iter().flat_map(|bindgen| &bindgen.options) {
            let Value::Text { value, .. } = &given.value else { continue };
            let is_class = |facts: &&StructFacts| facts.js_name == *value;
            if given.key == "js_class" && !of_class.is_empty() && !of_class.iter().any(is_class) {
                let reason = format!(
                    "`js_class = {value}`: the struct has another name in JavaScript; give both the same, or remove `js_class`"
                );
                self.refuse_in(line, &reason);
            }
        }
        let mut with = Vec::new();
        for facts in of_class {
            // wasm-lend finds the name of a struct that stands above the block. Its other options are its own.
            let is_above = facts.place.0 == self.site.file && self.source.line(facts.place.1) < line;
            if facts.js_name != facts.name && !is_above {
                with.push(format!("name = {:?}", facts.js_name));
            }
            let options = [("skip_typescript", facts.skip_typescript), ("skip_jsdoc", facts.skip_jsdoc)];
            with.extend(options.iter().filter(|(_, is_set)| *is_set).map(|(option, _)| (*option).to_owned()));
        }
        // Two structs of one name in different modules.
        with.dedup();
        Context { with, ..Context::default() }
    }

    fn method(&mut self, method: &ImplItemFn, class: &str, has_constructor: bool) {
        let found = attribute::find(&method.attrs, self.source);
        let ident = &method.sig.ident;
        if !matches!(method.vis, Visibility::Public(_)) {
            if !found.is_empty() {
                self.refuse(
                    ident.span(),
                    "an attribute on a method that is not `pub`: nothing exports it; remove the attribute",
                );
            }
            return;
        }
        let shape = Shape::new(&method.sig, class);
        let is_constructor = has(&found, "constructor");
        let reason = if is_constructor {
            shape.not_a_constructor()
        } else if has(&found, "getter") {
            shape.not_a_getter()
        } else if has(&found, "setter") {
            shape.not_a_setter()
        } else {
            None
        };
        if let Some(reason) = reason {
            self.refuse(ident.span(), reason);
        }
        if has(&found, "skip") {
            let note = format!(
                "`skip` on {class}.{ident}: wasm-bindgen exports the method all the same, wasm-lend does not"
            );
            let note = self.message(ident.span(), &note);
            self.part.notes.push(note);
        } else if shape.is_constructor_by_name() && !is_constructor {
            self.named_new(&shape, ident, class, has_constructor);
        }
        let mut context = Context::default();
        if is_constructor {
            // A constructor has the name of its class.
            context.without.push("js_name");
            if shape.is_constructor_by_name() {
                context.without.push("constructor");
            }
        }
        let mut descriptions = Vec::new();
        self.lend(&found, Place::Method, &context, &mut descriptions);
        self.signature(&method.sig, &found, &mut descriptions);
        self.describe(&descriptions, &method.attrs, method.span());
    }

    /// A static method with the name of wasm-lend's constructors.
    fn named_new(&mut self, shape: &Shape<'_>, ident: &syn::Ident, class: &str, has_constructor: bool) {
        if has_constructor || !shape.returns_its_class() {
            self.refuse(
                ident.span(),
                "a static method `new`: wasm-lend takes it as the constructor; give it another name",
            );
        } else {
            let note = format!("{class}.new becomes the constructor: JavaScript writes `new {class}(…)`");
            let note = self.message(ident.span(), &note);
            self.part.notes.push(note);
        }
    }

    fn signature(&mut self, item: &Signature, found: &[Bindgen], descriptions: &mut Vec<Description>) {
        if let Some(reason) = signature::refuses(item) {
            self.refuse(item.ident.span(), reason);
        }
        if has(found, "start") && !item.inputs.is_empty() {
            self.refuse(item.ident.span(), "a start function with parameters: nothing passes them");
        }
        signature::words_of_signature(item, &mut self.part.mentions);
        for input in &item.inputs {
            let FnArg::Typed(typed) = input else { continue };
            let own = attribute::find(&typed.attrs, self.source);
            if has(&own, "unchecked_optional_param_type") && !signature::is_option(&typed.ty) {
                let reason = "`unchecked_optional_param_type` on a parameter that is no `Option`: make it an `Option`, or write \
                              `#[lend(ts = \"…\", default = …)]`";
                self.refuse(typed.span(), reason);
            }
            let mut own_descriptions = Vec::new();
            self.lend(&own, Place::Parameter, &Context::default(), &mut own_descriptions);
            for description in own_descriptions {
                let parameter = match &*typed.pat {
                    Pat::Ident(pattern) => Some(attribute::plain(&pattern.ident.to_string())),
                    _ => None,
                };
                descriptions.push(Description { section: Section::Arguments, parameter, ..description });
            }
        }
    }

    fn describe(
        &mut self,
        descriptions: &[Description],
        attributes: &[syn::Attribute],
        span: proc_macro2::Span,
    ) {
        let start = self.source.range(span).start;
        match docs::describe(descriptions, attributes, start, self.source) {
            Ok(edit) => self.part.edits.extend(edit),
            Err(reason) => self.refuse(span, &reason),
        }
    }

    /// `Fast = "fast"` becomes `#[lend("fast")] Fast`.
    fn variant(&mut self, variant: &Variant) {
        let Some((_, Expr::Lit(ExprLit { lit: Lit::Str(literal), .. }))) = &variant.discriminant else {
            return;
        };
        let (name, text) = (self.source.range(variant.ident.span()), self.source.range(literal.span()));
        // The attribute stands on a line of its own if the variant does.
        let separator = match self.source.indentation(name.start) {
            Some(indentation) => format!("{}{indentation}", self.source.newline()),
            None => " ".to_owned(),
        };
        let attribute = format!("#[lend({})]{separator}", self.source.at(&text));
        self.part.edits.push(Edit::insert(name.start, attribute));
        self.part.edits.push(Edit::delete(name.end..text.end));
    }
}
