//! `#[derive(FromJs)]` and `#[derive(IntoJs)]`: a newtype crosses as the value inside.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::parse::{self, Newtype};

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
            impl #generics #lend::PassAsValue for #name #parameters #clause {}

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

fn newtype(item: TokenStream, expand: impl Fn(&TokenStream, &Newtype<'_>) -> TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let (path, mistake) = match parse::crate_path(&input) {
        Ok(path) => (path, None),
        Err(mistake) => (syn::parse_quote!(::wasm_lend), Some(mistake)),
    };
    let lend = quote!(#path::__private);
    let newtype = match (parse::newtype(&input), mistake) {
        (Ok(newtype), None) => return expand(&lend, &newtype),
        (Ok(_), Some(mistake)) | (Err(mistake), None) => mistake,
        (Err(error), Some(mut mistake)) => {
            mistake.combine(error);
            mistake
        }
    };
    // It crosses as a unit, so that uses of the type are no further mistakes.
    let (error, unit) = (newtype.to_compile_error(), syn::parse_quote!(()));
    let fallback = expand(&lend, &Newtype { input: &input, inner: &unit, member: None });
    quote!(#error #fallback)
}
