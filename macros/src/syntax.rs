//! Looks into types as they are written. Nothing here knows what a type means.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, PathSegment, Type, TypePath};

/// The type without parentheses, and without the invisible group that a `macro_rules!` fragment comes in.
pub fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => plain(&group.elem),
        Type::Paren(paren) => plain(&paren.elem),
        other => other,
    }
}

/// The path, if the type is a path.
pub fn path(ty: &Type) -> Option<&TypePath> {
    match plain(ty) {
        Type::Path(path) => Some(path),
        _ => None,
    }
}

/// The last segment of a type's path.
pub fn last_segment(ty: &Type) -> Option<&PathSegment> {
    path(ty)?.path.segments.last()
}

/// The last segment of a path, unless it is `<T as Trait>::Name`.
pub fn named(ty: &Type) -> Option<&PathSegment> {
    path(ty).filter(|path| path.qself.is_none())?.path.segments.last()
}

/// The type parameters of a path's segment.
pub fn type_arguments(segment: &PathSegment) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// The `T` of `Container<T>`.
pub fn sole_argument_of<'a>(ty: &'a Type, container: &str) -> Option<&'a Type> {
    sole_argument(last_segment(ty).filter(|segment| segment.ident == container)?)
}

/// The `T` of a segment `Container<T>` that has no other parameter.
pub fn sole_argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match (arguments.args.first(), arguments.args.len()) {
        (Some(GenericArgument::Type(ty)), 1) => Some(ty),
        _ => None,
    }
}

/// The last type parameter, if nothing comes after it.
pub fn last_argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.last() {
        Some(GenericArgument::Type(ty)) => Some(ty),
        _ => None,
    }
}

/// The `T` of `Result<T, E>`, or of an alias of that name with one parameter.
pub fn ok_of_result(ty: &Type) -> Option<&Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(ty)) => Some(ty),
        _ => None,
    }
}

/// The `T` of an `Option<T>`, or the type itself.
pub fn unwrapped(ty: &Type) -> &Type {
    sole_argument_of(ty, "Option").unwrap_or(ty)
}

pub fn is_option(ty: &Type) -> bool {
    sole_argument_of(ty, "Option").is_some()
}

pub fn is_str(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|last| last.ident == "str")
}

pub fn is_unit(ty: &Type) -> bool {
    matches!(plain(ty), Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// The type behind a reference, or the type itself.
pub fn referent(ty: &Type) -> &Type {
    match plain(ty) {
        Type::Reference(reference) => plain(&reference.elem),
        other => other,
    }
}

/// The element type inside a slice, as the user wrote it.
pub fn written_element(ty: &Type) -> Option<&Type> {
    match referent(ty) {
        Type::Slice(slice) => Some(&slice.elem),
        _ => None,
    }
}

/// The type with `'_` for its lifetimes. A lifetime has a name in the user's function only.
pub fn without_lifetimes(ty: &Type) -> TokenStream {
    fn replaced(tokens: TokenStream) -> TokenStream {
        let mut after_apostrophe = false;
        tokens
            .into_iter()
            .map(|token| {
                let is_lifetime = core::mem::take(&mut after_apostrophe);
                match token {
                    TokenTree::Group(group) => {
                        let mut inner = Group::new(group.delimiter(), replaced(group.stream()));
                        inner.set_span(group.span());
                        inner.into()
                    }
                    TokenTree::Ident(name) if is_lifetime => Ident::new("_", name.span()).into(),
                    TokenTree::Punct(punct) => {
                        after_apostrophe = punct.as_char() == '\'';
                        punct.into()
                    }
                    other => other,
                }
            })
            .collect()
    }
    replaced(ty.to_token_stream())
}
