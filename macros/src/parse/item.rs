//! `#[export]` on an item: the kind of the item, and its model.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Item;

use super::{Class, block, class, enum_block, enumeration, function, module};
use crate::attr::Options;
use crate::enumeration::Enumeration;
use crate::errors;
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

/// The model of an item. Takes the `#[lend]` attributes away.
///
/// # Errors
///
/// If the item is of another kind, or has a mistake: all of them as one error.
pub fn exported(item: &mut Item, options: &Options) -> syn::Result<Exported> {
    match item {
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
