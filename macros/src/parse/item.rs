//! `#[export]` on an item: the kind of the item, and its model.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Item;

use super::class::class_name;
use super::{Class, block, class, enum_block, enumeration, function, known, module, old_spelling};
use crate::attr::{self, Options};
use crate::class_names;
use crate::enumeration::Enumeration;
use crate::errors::{self, Errors, Place};
use crate::known_enums;
use crate::model::Function;
use crate::syntax;

/// What an item exports.
pub enum Exported {
    /// Functions, members of a class, or functions of an enum.
    Functions(Vec<Function>),
    Class(Class),
    Enum(Enumeration),
}

/// The item that the tokens are.
///
/// # Errors
///
/// When they are no item.
pub fn item(tokens: &TokenStream) -> syn::Result<Item> {
    syn::parse2(tokens.clone()).map_err(|_| errors::not_a_function(tokens))
}

/// The options of `#[export(attribute)]`, and their mistakes. Takes attributes of `#[wasm_bindgen]` away, which are mistakes too.
pub fn options(attribute: &TokenStream, item: &mut Item) -> (Options, Option<syn::Error>) {
    let mut errors = Errors::default();
    let old = old_spelling::take(item, &mut errors);
    let (options, mistakes) = attr::options(old_spelling::joined(attribute, &old), place(item));
    if let Some(mistakes) = mistakes {
        errors.push(mistakes);
    }
    (options, errors.finish().err())
}

/// The path of wasm-lend in the options of `#[export(attribute)]`. Notes the name of a class, and an enum, because an
/// item with `#[cfg]` inside is expanded after the block below it.
pub fn path(attribute: &TokenStream, item: &Item) -> syn::Path {
    let (options, _) = attr::options(attribute.clone(), place(item));
    match item {
        Item::Struct(item) => {
            class_names::note(&item.ident, &class_name(&item.ident, &options));
            known_enums::forget(&item.ident);
        }
        Item::Enum(item) => known_enums::remember(&item.ident, known(item, &options)),
        _ => {}
    }
    options.crate_path()
}

fn place(item: &Item) -> Place {
    match item {
        Item::Mod(_) => Place::Module,
        Item::Impl(_) => Place::Block,
        Item::Struct(_) => Place::Class,
        Item::Enum(_) => Place::Enum,
        _ => Place::Function,
    }
}

/// The model of an item. Takes the `#[lend]` attributes away.
///
/// # Errors
///
/// If the item is of another kind, or has a mistake: all of them as one error.
pub fn exported(item: &mut Item, options: &Options) -> syn::Result<Exported> {
    match item {
        Item::Fn(item) if old_spelling::is_generated(item) => {
            Err(errors::needless_attribute(&item.sig.ident, "wasm_bindgen", Place::Function))
        }
        Item::Fn(item) => Ok(Exported::Functions(vec![function(item, options)?])),
        Item::Mod(item) => module(item, options).map(Exported::Functions),
        Item::Impl(item) => {
            let ident = syntax::path(&item.self_ty).and_then(|path| path.path.get_ident().cloned());
            match ident.and_then(|ident| known_enums::find(&ident).map(|known| (ident, known))) {
                Some((ident, known)) => enum_block::block(item, options, &ident, &known),
                None => block(item, options),
            }
            .map(Exported::Functions)
        }
        Item::Struct(item) => class(item, options).map(Exported::Class),
        Item::Enum(item) => enumeration(item, options).map(Exported::Enum),
        other => Err(errors::not_a_function(&first_tokens(other))),
    }
}

/// An item's first two tokens (`pub struct`). An error need not point at more of it.
fn first_tokens(item: &Item) -> TokenStream {
    item.to_token_stream().into_iter().take(2).collect()
}
