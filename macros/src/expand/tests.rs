//! Snapshots of the whole expansions of the files in `ui-tests/pass/forms`. trybuild compiles the same files, so the expansions compile.
//!
//! `INSTA_UPDATE=always cargo test --package wasm-lend-macros` writes new snapshots: read them before you commit them.

use std::fmt::Write as _;
use std::path::Path;

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Item, LitStr};

use crate::backend::Backend;

/// The attributes of an item.
fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Mod(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        _ => None,
    }
}

type Derive = fn(TokenStream) -> TokenStream;

/// The derives of this crate that an item has.
fn derives(attributes: &[Attribute]) -> Vec<Derive> {
    let known: [(&str, Derive); 3] =
        [("Record", super::record), ("FromJs", super::from_js), ("IntoJs", super::into_js)];
    let mut derives = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            derives
                .extend(known.iter().filter(|(name, _)| meta.path.is_ident(name)).map(|(_, derive)| *derive));
            Ok(())
        });
        parsed.unwrap();
    }
    derives
}

/// The expansion of an item, or `None` if it has nothing of this crate.
fn expanded(mut item: Item) -> Option<TokenStream> {
    let whole = item.to_token_stream();
    let attributes = attributes(&mut item)?;
    if let Some(at) = attributes.iter().position(|attribute| attribute.path().is_ident("export")) {
        let options = match attributes.remove(at).meta {
            syn::Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        return Some(super::export(Backend::Package, options, item.into_token_stream()));
    }
    let derived: Vec<_> = derives(attributes).into_iter().map(|derive| derive(whole.clone())).collect();
    (!derived.is_empty()).then(|| quote!(#(#derived)*))
}

/// Takes the texts of several lines, which are JavaScript and TypeScript, out of an expansion.
fn without_texts(expansion: TokenStream, texts: &mut Vec<String>) -> TokenStream {
    let without = |token| match token {
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), without_texts(group.stream(), texts)))
        }
        TokenTree::Literal(literal) => match syn::parse2::<LitStr>(literal.to_token_stream()) {
            Ok(text) if text.value().trim_end().contains('\n') => {
                texts.push(text.value());
                TokenTree::Literal(Literal::string(&format!("text {}", texts.len())))
            }
            _ => TokenTree::Literal(literal),
        },
        other => other,
    };
    expansion.into_iter().map(without).collect()
}

/// The expansions of a file's items: Rust first, then the texts in it.
fn shown(source: &str) -> String {
    let file = syn::parse_file(source).unwrap();
    let mut texts = Vec::new();
    let expansions: TokenStream = file.items.into_iter().filter_map(expanded).collect();
    let rust = without_texts(expansions, &mut texts).to_string();
    let mut shown = prettyplease::unparse(&syn::parse_file(&rust).unwrap());
    for (index, text) in texts.iter().enumerate() {
        write!(shown, "\n// ---- text {}\n\n{text}", index + 1).unwrap();
    }
    shown
}

macro_rules! forms {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let source = include_str!(concat!("../../../ui-tests/pass/forms/", stringify!($name), ".rs"));
                insta::assert_snapshot!(shown(source));
            }
        )*

        #[test]
        fn every_form_has_a_snapshot() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui-tests/pass/forms");
            let mut files: Vec<_> = folder
                .read_dir()
                .unwrap()
                .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
                .collect();
            files.sort();
            assert_eq!(files, [$(stringify!($name)),*]);
        }
    };
}

forms! {
    array
    attribute
    callback
    class
    duration
    enumeration
    fixed_array
    instance
    newtype
    object
    option
    owned_buffer
    plain_data
    promise
    record
    result
    scalar
    slice
    text
    value
}
