//! `#[derive(FromJs)]` and `#[derive(IntoJs)]`: a newtype crosses as the value inside, a struct as an object, an enum with data as a tagged
//! union.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Member, Type};

use super::hidden::hidden;
use super::{derived, derived_ts, ship};
use crate::parse;
use crate::plain_data::{PlainData, Shape};
use crate::typescript::Direction;

pub fn from_js(item: TokenStream) -> TokenStream {
    expand(item, newtype_from_js, |data| {
        let (ident, name, body) = (&data.input.ident, &data.name, derived::hold(data));
        let declared = declared(data, Direction::In);
        quote! {
            #[automatically_derived]
            impl __lend::FromJs for #ident {
                const TS: __lend::Ts = __lend::Ts::Text(#name);

                // A type may contain itself, so the compiler cannot say if it really has.
                const HAS_INSTANCES: __lend::primitive::bool = true;

                fn from_js(value: __lend::JsValue) -> __lend::Result<Self, __lend::ConversionError> {
                    <Self as __lend::FromJs>::hold(value, __lend::Holder::NOBODY).map(__lend::IntoArgument::get)
                }

                fn hold(
                    value: __lend::JsValue,
                    holder: __lend::Holder,
                ) -> __lend::Result<__lend::Held<Self>, __lend::ConversionError> {
                    #body
                }
            }

            #declared
        }
    })
}

pub fn into_js(item: TokenStream) -> TokenStream {
    expand(item, newtype_into_js, |data| {
        let (ident, name, body) = (&data.input.ident, &data.name, derived::into_js(data));
        let (declared, declares) = (declared(data, Direction::Out), !data.skip_typescript);
        quote! {
            #[automatically_derived]
            impl __lend::PassAsValue for #ident {}

            #[automatically_derived]
            impl __lend::IntoJs for #ident {
                const TS: __lend::Ts = __lend::Ts::Text(#name);
                const DECLARES: __lend::primitive::bool = #declares;

                fn into_js(self) -> __lend::Result<__lend::JsValue, __lend::ConversionError> {
                    #body
                }
            }

            #declared
        }
    })
}

fn declared(data: &PlainData<'_>, direction: Direction) -> Option<TokenStream> {
    let declaration = derived_ts::declaration(data, direction);
    (!data.skip_typescript).then(|| ship::declarations(&data.path, &[declaration]))
}

/// A newtype: the type that derives, the path of wasm-lend's `__private`, the type inside, and the field. The field is not known if the type
/// has a mistake.
struct Newtype<'a> {
    input: &'a DeriveInput,
    lend: &'a TokenStream,
    inner: &'a Type,
    member: Option<&'a Member>,
}

/// The impl of a newtype, or that of another type with its declaration.
fn expand(
    item: TokenStream,
    newtype: impl Fn(&Newtype<'_>) -> TokenStream,
    other: impl Fn(&PlainData<'_>) -> TokenStream,
) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    match parse::plain_data(&input) {
        Ok(PlainData { path, shape: Shape::Newtype { inner, member }, .. }) => newtype(&Newtype {
            input: &input,
            lend: &quote!(#path::__private),
            inner,
            member: member.as_ref(),
        }),
        Ok(data) => hidden(&data.path, &other(&data)),
        Err((path, error)) => {
            // It crosses as a unit, so that uses of the type are no further mistakes.
            let (error, unit) = (error.to_compile_error(), syn::parse_quote!(()));
            let fallback = newtype(&Newtype {
                input: &input,
                lend: &quote!(#path::__private),
                inner: &unit,
                member: None,
            });
            quote!(#error #fallback)
        }
    }
}

fn newtype_from_js(newtype: &Newtype<'_>) -> TokenStream {
    let Newtype { input, lend, inner, member } = newtype;
    let mut generics = input.generics.clone();
    if !generics.params.is_empty() {
        // `FromJs` asks for it.
        generics.make_where_clause().predicates.push(syn::parse_quote!(Self: 'static));
    }
    let (name, (generics, parameters, clause)) = (&input.ident, generics.split_for_impl());
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
}

fn newtype_into_js(newtype: &Newtype<'_>) -> TokenStream {
    let Newtype { input, lend, inner, member } = newtype;
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
}
