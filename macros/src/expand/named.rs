//! The types that were known by their names, as the expansion names them, and the checks that they are.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::scalar;
use crate::arrays::is_array;
use crate::model::{ArgumentType, Element, Function, ResultKind, ResultType, Text};
use crate::types::{sole_argument_of, written_element};

pub fn result_type(result: &ResultType) -> TokenStream {
    let inner = match &result.kind {
        ResultKind::Unit => quote!(()),
        ResultKind::Scalar(kind) => scalar::rust_type(*kind),
        ResultKind::Text(text) => text_type(*text),
        ResultKind::Copied(element) => container(&quote!(Vec), element),
        ResultKind::ReadOnly(element) => container(&quote!(Buffer), element),
        ResultKind::Mutable(element) => match result.written.as_ref().map(unwrapped) {
            Some(array) if is_array(array) => quote!(#array),
            _ => container(&quote!(BufferMut), element),
        },
        ResultKind::Object => quote!(__lend::JsObject),
        // Written in the block, where the type has a lifetime: `inside` does not name it.
        ResultKind::Inside(element) | ResultKind::InsideMut(element) => container(&quote!(Buffer), element),
        ResultKind::Instance | ResultKind::Value => {
            let written = &result.written;
            return quote!(#written);
        }
    };
    if result.option { quote!(__lend::Option<#inner>) } else { inner }
}

/// The `T` of an `Option<T>`, or the type itself.
pub fn unwrapped(ty: &syn::Type) -> &syn::Type {
    sole_argument_of(ty, "Option").unwrap_or(ty)
}

fn text_type(text: Text) -> TokenStream {
    match text {
        Text::Borrowed => quote!(&'static __lend::primitive::str),
        Text::String | Text::Inside => quote!(__lend::String),
        Text::Boxed => quote!(__lend::Box<__lend::primitive::str>),
        Text::Cow => quote!(__lend::Cow<'static, __lend::primitive::str>),
    }
}

pub fn element_type(element: &Element) -> TokenStream {
    match element {
        Element::Number(tag) => match Element::rust_number(*tag) {
            "Clamped<u8>" => quote!(__lend::Clamped<__lend::primitive::u8>),
            name => {
                let name = format_ident!("{}", name);
                quote!(__lend::primitive::#name)
            }
        },
        Element::Named(ty) => quote!(#ty),
    }
}

pub fn container(name: &TokenStream, element: &Element) -> TokenStream {
    let element = element_type(element);
    quote!(__lend::#name<#element>)
}

/// Checks that each type is the one its tokens name, where another would not be noticed: `type u8 = f64` is an error under
/// the argument's type.
pub fn assertions(function: &Function) -> TokenStream {
    let arguments = function.arguments.iter().filter_map(|argument| {
        let assumed = match &argument.kind {
            // The trait of the type itself says what it is.
            _ if argument.is_array() => return None,
            ArgumentType::Scalar(kind) => scalar::rust_type(*kind),
            ArgumentType::Shared(element) | ArgumentType::Exclusive(element) => element_type(element),
            ArgumentType::Keep(element) => container(&quote!(Buffer), element),
            ArgumentType::Take(element) => container(&quote!(BufferMut), element),
            ArgumentType::TakeVec(element) => container(&quote!(Vec), element),
            ArgumentType::Text(text) if text.is_owned() => text_type(*text),
            _ => return None,
        };
        let written = written_element(&argument.inner).unwrap_or(&argument.inner);
        Some(quote_spanned!(written.span()=> __lend::assert_is::<#written, #assumed>();))
    });
    let result = function
        .result
        .written
        .iter()
        .filter(|_| {
            use ResultKind::{Inside, InsideMut, Instance, Value};
            !matches!(
                function.result.kind,
                Value | Instance | Inside(_) | InsideMut(_) | ResultKind::Text(Text::Inside)
            )
        })
        .map(|written| {
            let assumed = result_type(&function.result);
            quote_spanned!(written.span()=> __lend::assert_is::<#written, #assumed>();)
        });
    quote!(const { #(#arguments)* #(#result)* })
}
