//! `#[import("module")] unsafe extern "C" { … }`: from the block to a model.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, ForeignItem, ForeignItemFn, Item, ItemFn, ItemForeignMod, LitStr, Signature, Visibility,
};

use super::function;
use crate::attr::Options;
use crate::backend::Backend;
use crate::errors::{self, Errors};
use crate::model::Function;
use crate::validate;

/// A function of another module.
pub struct Import {
    pub attributes: Vec<Attribute>,
    pub visibility: Visibility,
    /// As the user wrote it.
    pub signature: Signature,
    pub function: Function,
    /// The signature that the loader compares.
    pub direct: String,
}

/// The block of functions that the tokens are.
///
/// # Errors
///
/// When they are something else.
pub fn import_block(tokens: &TokenStream) -> syn::Result<Item> {
    let block: ItemForeignMod =
        syn::parse2(tokens.clone()).map_err(|_| errors::import_of_no_block(tokens))?;
    Ok(Item::ForeignMod(block))
}

/// The module's name, and the model of each function.
///
/// # Errors
///
/// If the block has a mistake: all of them as one error.
pub fn import(backend: Backend, attribute: &TokenStream, item: Item) -> syn::Result<(LitStr, Vec<Import>)> {
    let Item::ForeignMod(block) = item else { return Err(errors::import_of_no_block(&item)) };
    let module = syn::parse2(attribute.clone()).map_err(|_| errors::import_without_module(&block))?;
    let mut errors = Errors::default();
    let mut imports = Vec::new();
    for item in block.items {
        let result = match item {
            ForeignItem::Fn(item) => one(backend, item),
            other => Err(errors::import_of_no_function(&other)),
        };
        match result {
            Ok(import) => imports.push(import),
            Err(error) => errors.push(error),
        }
    }
    errors.finish()?;
    Ok((module, imports))
}

fn one(backend: Backend, item: ForeignItemFn) -> syn::Result<Import> {
    let ForeignItemFn { attrs: attributes, vis: visibility, sig: signature, .. } = item;
    let mut whole: ItemFn = syn::parse2(quote!(#visibility #signature {}))?;
    let function = function(&mut whole, &Options { backend, ..Options::default() })?;
    let direct = function.direct_signature().ok_or_else(|| errors::unimportable(&signature))?;
    let mut errors = Errors::default();
    validate::import(&function, &signature, &mut errors);
    errors.finish()?;
    Ok(Import { attributes, visibility, signature, function, direct })
}
