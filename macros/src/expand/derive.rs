//! `#[derive(FromJs)]` and `#[derive(IntoJs)]`: a newtype crosses as what is inside.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Member, Path, Type};

use crate::errors;

pub fn from_js(item: TokenStream) -> TokenStream {
    newtype(item, |lend, Newtype { input, inner, member }| {
        let (name, (generics, parameters, clause)) = (&input.ident, input.generics.split_for_impl());
        let body = match member {
            Some(member) => {
                quote!(<#inner as #lend::FromJs>::from_js(value).map(|inner| Self { #member: inner }))
            }
            None => quote!(unreachable!()),
        };
        quote! {
            #[automatically_derived]
            impl #generics #lend::FromJs for #name #parameters #clause {
                const TS: #lend::Ts = <#inner as #lend::FromJs>::TS;
                fn from_js(value: #lend::JsValue) -> #lend::Result<Self, #lend::ConversionError> {
                    #body
                }
            }
        }
    })
}

pub fn into_js(item: TokenStream) -> TokenStream {
    newtype(item, |lend, Newtype { input, inner, member }| {
        let (name, (generics, parameters, clause)) = (&input.ident, input.generics.split_for_impl());
        let body = match member {
            Some(member) => quote!(<#inner as #lend::IntoJs>::into_js(self.#member)),
            None => quote!(unreachable!()),
        };
        quote! {
            #[automatically_derived]
            impl #generics #lend::IntoJs for #name #parameters #clause {
                const TS: #lend::Ts = <#inner as #lend::IntoJs>::TS;
                fn into_js(self) -> #lend::Result<#lend::JsValue, #lend::ConversionError> {
                    #body
                }
            }
        }
    })
}

struct Newtype<'a> {
    input: &'a DeriveInput,
    inner: &'a Type,
    /// `None` if the type has a mistake, so that its field is not known.
    member: Option<Member>,
}

fn newtype(item: TokenStream, expand: impl Fn(&TokenStream, &Newtype<'_>) -> TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let (path, mistake) = match crate_path(&input) {
        Ok(path) => (path, None),
        Err(mistake) => (syn::parse_quote!(::wasm_lend), Some(mistake)),
    };
    let lend = quote!(#path::__private);
    let newtype = match (parse(&input), mistake) {
        (Ok(newtype), None) => return expand(&lend, &newtype),
        (Ok(_), Some(mistake)) | (Err(mistake), None) => mistake,
        (Err(error), Some(mut mistake)) => {
            mistake.combine(error);
            mistake
        }
    };
    // As a unit it crosses somehow, so that no use of the type is a mistake too.
    let (error, unit) = (newtype.to_compile_error(), syn::parse_quote!(()));
    let fallback = expand(&lend, &Newtype { input: &input, inner: &unit, member: None });
    quote!(#error #fallback)
}

fn parse(input: &DeriveInput) -> syn::Result<Newtype<'_>> {
    let Data::Struct(data) = &input.data else { return Err(errors::not_a_newtype(&input.ident)) };
    let mut fields = data.fields.members().zip(&data.fields);
    match (fields.next(), fields.next()) {
        (Some((member, field)), None) if !matches!(data.fields, Fields::Unit) => {
            Ok(Newtype { input, inner: &field.ty, member: Some(member) })
        }
        _ => Err(errors::not_a_newtype(&input.ident)),
    }
}

/// `#[lend(crate = path)]` on a type that derives.
pub fn crate_path(input: &DeriveInput) -> syn::Result<Path> {
    let attribute = input.attrs.iter().find(|attribute| attribute.path().is_ident("lend"));
    let mut path = syn::parse_quote!(::wasm_lend);
    if let Some(attribute) = attribute {
        attribute.parse_args_with(|stream: syn::parse::ParseStream<'_>| {
            if !stream.peek(syn::Token![crate]) {
                return Err(errors::unknown_derive_option(stream.span()));
            }
            stream.parse::<syn::Token![crate]>()?;
            stream.parse::<syn::Token![=]>()?;
            path = stream.call(Path::parse_mod_style)?;
            Ok(())
        })?;
    }
    Ok(path)
}
