//! The bodies of `from_js` and `into_js` of structs and of enums with data.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use crate::names::article;
use crate::plain_data::{Content, Field, PlainData, Shape, VALUE, Variant};

/// The body of `hold`. What is in the fields stays JavaScript's until the call has accepted every argument.
pub fn hold(data: &PlainData<'_>) -> TokenStream {
    let what = format!("{} {}", article(&data.name), data.name);
    match &data.shape {
        Shape::Newtype { .. } => TokenStream::new(),
        Shape::Tuple(types) => {
            let (locals, of_tuple) = tuple(types);
            let (pattern, read) =
                (pattern(&locals), quote!(<#of_tuple as __lend::FromJs>::hold(value, holder)?));
            quote!(__lend::Ok(#read.map(|#pattern| Self(#(#locals),*))))
        }
        Shape::Object(fields) => {
            let held = of_fields(fields, &quote!(Self));
            quote! {
                let object = __lend::Properties::of(value, #what)?;
                __lend::Ok(#held)
            }
        }
        Shape::Union { tag, variants } => {
            let expected = expected(variants);
            let arms = variants.iter().map(|Variant { ident, name, content, .. }| {
                let value = match content {
                    Content::Nothing => quote!(__lend::Held::ready(Self::#ident {})),
                    Content::Fields(fields) => of_fields(fields, &quote!(Self::#ident)),
                    Content::Value(types) => {
                        let (locals, of_tuple) = tuple(types);
                        let span = of_tuple.span();
                        let field = quote_spanned!(span=> object.hold::<#of_tuple>(#VALUE, holder));
                        let pattern = pattern(&locals);
                        quote!(#field?.map(|#pattern| Self::#ident(#(#locals),*)))
                    }
                };
                quote!(#name => __lend::Ok(#value))
            });
            quote! {
                let object = __lend::Properties::of(value, #what)?;
                let tag = object.tag(#tag, #expected)?;
                match tag.as_str() {
                    #(#arms,)*
                    _ => __lend::Err(tag.unknown(#tag, #expected)),
                }
            }
        }
    }
}

/// The value of fields without names.
fn pattern(locals: &[Ident]) -> TokenStream {
    match locals {
        [only] => quote!(#only),
        _ => quote!((#(#locals),*)),
    }
}

/// A value with fields that are read from properties.
fn of_fields(fields: &[Field<'_>], constructor: &TokenStream) -> TokenStream {
    let locals: Vec<_> =
        fields.iter().map(|field| format_ident!("__lend_{}", crate::names::plain(field.ident))).collect();
    let idents = fields.iter().map(|field| field.ident);
    let read = fields.iter().map(|Field { ty, name, default, .. }| match default {
        Some(default) => quote_spanned!(ty.span()=> object.hold_or::<#ty>(#name, holder, || #default)?),
        None => quote_spanned!(ty.span()=> object.hold::<#ty>(#name, holder)?),
    });
    quote!({
        #(let #locals = #read;)*
        let is_ready = true #(&& #locals.is_ready())*;
        let take = move || #constructor { #(#idents: __lend::IntoArgument::get(#locals)),* };
        if is_ready { __lend::Held::ready(take()) } else { __lend::Held::later(take) }
    })
}

pub fn into_js(data: &PlainData<'_>) -> TokenStream {
    match &data.shape {
        Shape::Newtype { .. } => TokenStream::new(),
        Shape::Tuple(types) => {
            let (locals, of_tuple) = tuple(types);
            quote! {
                let Self(#(#locals),*) = self;
                <#of_tuple as __lend::IntoJs>::into_js((#(#locals),*))
            }
        }
        Shape::Object(fields) => {
            let (patterns, written): (Vec<_>, Vec<_>) = fields.iter().map(write).unzip();
            quote! {
                let Self { #(#patterns),* } = self;
                let mut object = __lend::NewObject::new();
                #(#written)*
                __lend::Ok(object.finish())
            }
        }
        Shape::Union { tag, variants } => {
            let arms = variants.iter().map(|Variant { ident, name, content, .. }| {
                let (pattern, written) = match content {
                    Content::Nothing => (quote!({}), TokenStream::new()),
                    Content::Fields(fields) => {
                        let (patterns, written): (Vec<_>, Vec<_>) = fields.iter().map(write).unzip();
                        (quote!({ #(#patterns),* }), quote!(#(#written)*))
                    }
                    Content::Value(types) => {
                        let (locals, of_tuple) = tuple(types);
                        let field = quote_spanned!(of_tuple.span()=> object.field::<#of_tuple>);
                        (quote!((#(#locals),*)), quote!(#field(#VALUE, (#(#locals),*))?;))
                    }
                };
                quote!(Self::#ident #pattern => { object.text(#tag, #name); #written })
            });
            quote! {
                let mut object = __lend::NewObject::new();
                match self { #(#arms)* }
                __lend::Ok(object.finish())
            }
        }
    }
}

/// The pattern of a field, and the statement that writes it to a property.
fn write(field: &Field<'_>) -> (TokenStream, TokenStream) {
    let Field { ident, ty, name, .. } = field;
    // Not the user's name, which may be that of a constant.
    let local = format_ident!("__lend_{}", crate::names::plain(ident));
    let method = quote_spanned!(ty.span()=> object.field::<#ty>);
    (quote!(#ident: #local), quote!(#method(#name, #local)?;))
}

/// A local for each field without a name, and the type of the tuple of them. One field crosses as it is.
fn tuple(types: &[&Type]) -> (Vec<Ident>, TokenStream) {
    let locals = (0..types.len()).map(|index| format_ident!("__lend_{}", index)).collect();
    let of_tuple = match types {
        [only] => quote!(#only),
        // An error about the tuple is shown under the first of them.
        [first, ..] => quote_spanned!(first.span()=> (#(#types),*)),
        [] => TokenStream::new(),
    };
    (locals, of_tuple)
}

/// The tags, as a message lists them.
fn expected(variants: &[Variant<'_>]) -> String {
    let names: Vec<_> = variants.iter().map(|variant| format!("{:?}", variant.name)).collect();
    if names.len() == 1 { names.concat() } else { format!("one of {}", names.join(", ")) }
}
