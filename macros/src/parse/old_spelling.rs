//! Attributes of `#[wasm_bindgen]` that are left in an item of `#[export]`.
//!
//! Each is one error that says what to write instead. The item then goes on as if that stood there. So no other error follows.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, FnArg, ImplItem, Item, ItemFn, Meta, Signature, Visibility};

use crate::errors::{self, Answer, Errors, Old, Place};

/// Takes the attributes away, and puts `#[lend(…)]` in place of the inner ones. Returns the options that `#[export]` then has.
pub fn take(item: &mut Item, errors: &mut Errors) -> TokenStream {
    match item {
        Item::Fn(item) => {
            parameters(&mut item.sig, errors);
            outer(&mut item.attrs, Place::Function, errors)
        }
        Item::Struct(item) => {
            for field in &mut item.fields {
                inner(&mut field.attrs, Place::Field, errors);
            }
            outer(&mut item.attrs, Place::Class, errors)
        }
        Item::Enum(item) => {
            for variant in &mut item.variants {
                inner(&mut variant.attrs, Place::Variant, errors);
            }
            outer(&mut item.attrs, Place::Enum, errors)
        }
        Item::Impl(item) => {
            let mut is_marked = false;
            for member in &mut item.items {
                let ImplItem::Fn(method) = member else { continue };
                is_marked |= take_markers(&mut method.attrs, !is_marked, errors);
                inner(&mut method.attrs, Place::Method, errors);
                parameters(&mut method.sig, errors);
            }
            outer(&mut item.attrs, Place::Block, errors)
        }
        Item::Mod(item) => {
            for member in item.content.iter_mut().flat_map(|(_, items)| items) {
                match member {
                    // All others are no part of what the module exports.
                    Item::Fn(function) if matches!(function.vis, Visibility::Public(_)) => {
                        inner(&mut function.attrs, Place::InModule, errors);
                        parameters(&mut function.sig, errors);
                    }
                    _ => {}
                }
            }
            outer(&mut item.attrs, Place::Module, errors)
        }
        _ => TokenStream::new(),
    }
}

fn parameters(signature: &mut Signature, errors: &mut Errors) {
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => inner(&mut receiver.attrs, Place::Parameter, errors),
            FnArg::Typed(typed) => inner(&mut typed.attrs, Place::Parameter, errors),
        }
    }
}

/// A `#[wasm_bindgen]` above the `#[export]` of a block has marked its methods. One error is enough for all of them.
fn take_markers(attributes: &mut Vec<Attribute>, is_first: bool, errors: &mut Errors) -> bool {
    let is_marker = |attribute: &Attribute| {
        attribute.path().segments.last().is_some_and(|last| last.ident == "__wasm_bindgen_class_marker")
    };
    let Some(marker) = attributes.iter().find(|attribute| is_marker(attribute)).cloned() else {
        return false;
    };
    if is_first {
        errors.push(errors::needless_attribute(&marker, "wasm_bindgen", Place::Block));
    }
    attributes.retain(|attribute| !is_marker(attribute));
    true
}

/// True for the shim that a `#[wasm_bindgen]` above the `#[export]` makes of a function. It has the function's attributes.
pub fn is_generated(item: &ItemFn) -> bool {
    item.sig.ident.to_string().starts_with("__wasm_bindgen_generated_")
}

/// The old attributes of the item itself, as options of `#[export]`.
fn outer(attributes: &mut Vec<Attribute>, place: Place, errors: &mut Errors) -> TokenStream {
    translated(attributes, &["wasm_bindgen"], place, &TokenStream::new(), errors)
}

/// The old attributes of something inside, as a `#[lend(…)]`.
fn inner(attributes: &mut Vec<Attribute>, place: Place, errors: &mut Errors) {
    let lend = attributes.iter().position(|attribute| attribute.path().is_ident("lend"));
    let own = lend.and_then(|lend| options_of(&attributes[lend].meta)).unwrap_or_default();
    let new = translated(attributes, &["wasm_bindgen", "export"], place, &own, errors);
    if new.is_empty() {
        return;
    }
    attributes.retain(|attribute| !attribute.path().is_ident("lend"));
    let all = joined(&own, &new);
    attributes.push(syn::parse_quote!(#[lend(#all)]));
}

/// Takes the attributes of these names away. Returns their options as those of wasm-lend, without those that are in `own` already.
fn translated(
    attributes: &mut Vec<Attribute>,
    names: &[&str],
    place: Place,
    own: &TokenStream,
    errors: &mut Errors,
) -> TokenStream {
    let mut all = own.clone();
    let mut added = TokenStream::new();
    for attribute in core::mem::take(attributes) {
        let name = attribute.path().segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let is_old = names.contains(&name.as_str()) && !matches!(attribute.meta, Meta::NameValue(_));
        if !is_old {
            attributes.push(attribute);
            continue;
        }
        let olds = Old::list(options_of(&attribute.meta).unwrap_or_default());
        if olds.is_empty() {
            errors.push(errors::needless_attribute(&attribute, &name, place));
        }
        let mut written = Vec::new();
        for old in &olds {
            match old.answer(place) {
                Some(Answer::Write(new)) => {
                    written.push(old);
                    if !has_key_of(&all, &new) {
                        all = joined(&all, &new);
                        added = joined(&added, &new);
                    }
                }
                Some(answer @ Answer::Nothing(..)) => errors.push(errors::old_option(old, &answer)),
                // An inner `#[export]` has options of wasm-lend.
                None if name == "export" => {
                    written.push(old);
                    all = joined(&all, old.written());
                    added = joined(&added, old.written());
                }
                None => errors.push(errors::strange_option(old)),
            }
        }
        if !written.is_empty() {
            errors.push(errors::old_attribute(&name, &written, &all, place));
        }
    }
    added
}

/// The tokens in the parentheses of an attribute.
fn options_of(meta: &Meta) -> Option<TokenStream> {
    match meta {
        Meta::List(list) => Some(list.tokens.clone()),
        _ => None,
    }
}

/// True if the list has an option of this key.
fn has_key_of(list: &TokenStream, option: &TokenStream) -> bool {
    let key = Old::list(option.clone()).first().map(|old| old.key().to_owned());
    Old::list(list.clone()).iter().any(|old| Some(old.key()) == key.as_deref())
}

pub fn joined(first: &TokenStream, second: &TokenStream) -> TokenStream {
    let ends_with_comma = first.to_string().trim_end().ends_with(',');
    if first.is_empty() || ends_with_comma { quote!(#first #second) } else { quote!(#first, #second) }
}
