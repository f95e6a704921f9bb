//! `#[cfg]` and `#[cfg_attr]` inside an exported item.
//!
//! An attribute macro sees its item before the compiler evaluates the `#[cfg]`s inside. A derive macro sees it after that. So an item with
//! such attributes inside takes a detour. It goes into an enum, and the enum's derive exports the rest of the item. The compiler then
//! expands `unconfigured`, the enum's other attribute. It has the options, and it takes the enum away.
//!
//! So nothing else in this crate knows of `#[cfg]`. An item that `#[cfg]` removes is not in the package or its declarations. Two functions
//! may have the same name if their conditions exclude each other. `#[cfg_attr(…, lend(…))]` works wherever `#[lend(…)]` does.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Expr, FnArg, ForeignItem, ImplItem, Item, ItemEnum, Path, Signature, Stmt};

/// The item in its enum, if it must take the detour to the attribute `which`.
pub fn detour(which: &TokenStream, options: &TokenStream, path: &Path, item: &Item) -> Option<TokenStream> {
    let depends = |attribute: &Attribute| {
        let path = attribute.path();
        path.is_ident("cfg") || path.is_ident("cfg_attr")
    };
    inside(item).into_iter().find(|attribute| depends(attribute))?;
    Some(quote! {
        #[derive(#path::__private::Configured)]
        #[#path::__private::unconfigured(#which, #options)]
        enum __Lend {
            Item = { #item 0 },
        }
    })
}

/// The contents of an enum of [`detour`]: the attribute, its options, and the item, unless a `#[cfg]` has removed it.
///
/// # Errors
///
/// When the enum was not made by [`detour`].
pub fn configured(item: TokenStream) -> syn::Result<(String, TokenStream, Option<Item>)> {
    let item: ItemEnum = syn::parse2(with_parameters(item))?;
    let strange =
        || syn::Error::new_spanned(&item, "`Configured` is what `#[export]` uses; it derives nothing");
    let attribute =
        item.attrs.iter().find(|attribute| attribute.path().segments.len() > 1).ok_or_else(strange)?;
    let mut options = attribute.meta.require_list()?.tokens.clone().into_iter();
    let which = options.next().map(|which| which.to_string()).unwrap_or_default();
    // Without the comma.
    let options = options.skip(1).collect();
    let value = item.variants.first().and_then(|variant| variant.discriminant.as_ref());
    let Some((_, Expr::Block(block))) = value else { return Err(strange()) };
    let found = block.block.stmts.iter().find_map(|statement| match statement {
        Stmt::Item(item) => Some(item.clone()),
        _ => None,
    });
    Ok((which, options, found))
}

/// Removes commas that stand alone: rustc 1.95 removes a parameter but leaves its comma.
fn with_parameters(tokens: TokenStream) -> TokenStream {
    let mut are_next = false;
    let with = |token| match token {
        TokenTree::Ident(ref ident) if ident == "fn" => {
            are_next = true;
            token
        }
        TokenTree::Group(group) => {
            let are_parameters =
                core::mem::take(&mut are_next) && group.delimiter() == Delimiter::Parenthesis;
            let inner =
                if are_parameters { separated(group.stream()) } else { with_parameters(group.stream()) };
            let mut whole = Group::new(group.delimiter(), inner);
            whole.set_span(group.span());
            whole.into()
        }
        other => other,
    };
    tokens.into_iter().map(with).collect()
}

/// A list without commas that stand alone.
fn separated(tokens: TokenStream) -> TokenStream {
    let mut follows = false;
    let separates = |token: &TokenTree| {
        let is_comma = matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let stays = follows || !is_comma;
        follows = !is_comma;
        stays
    };
    tokens.into_iter().filter(separates).collect()
}

/// The attributes inside an item that its expansion depends on: on its members and on their parameters, not in bodies.
fn inside(item: &Item) -> Vec<&Attribute> {
    fn of_signature(signature: &Signature) -> impl Iterator<Item = &Attribute> {
        signature.inputs.iter().flat_map(|input| match input {
            FnArg::Receiver(receiver) => &receiver.attrs,
            FnArg::Typed(typed) => &typed.attrs,
        })
    }
    match item {
        Item::Fn(item) => of_signature(&item.sig).collect(),
        Item::Struct(item) => item.fields.iter().flat_map(|field| &field.attrs).collect(),
        Item::Enum(item) => item.variants.iter().flat_map(|variant| &variant.attrs).collect(),
        Item::Mod(item) => {
            let items = item.content.iter().flat_map(|(_, items)| items);
            let functions = items.filter_map(|item| match item {
                Item::Fn(function) => Some(function),
                _ => None,
            });
            functions.flat_map(|function| function.attrs.iter().chain(of_signature(&function.sig))).collect()
        }
        Item::Impl(item) => {
            let methods = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) => Some(method),
                _ => None,
            });
            methods.flat_map(|method| method.attrs.iter().chain(of_signature(&method.sig))).collect()
        }
        Item::ForeignMod(item) => {
            let functions = item.items.iter().filter_map(|item| match item {
                ForeignItem::Fn(function) => Some(function),
                _ => None,
            });
            functions.flat_map(|function| function.attrs.iter().chain(of_signature(&function.sig))).collect()
        }
        _ => Vec::new(),
    }
}
