//! The call of the user's function, in the Rust shim.

use proc_macro2::TokenStream;
use quote::quote;

use crate::form::Site;
use crate::model::{Function, Member, MemberKind};

/// The user's argument: the value, or the default for an absent one.
pub fn passed(site: &Site<'_>) -> TokenStream {
    let value = site.argument.form.passed(site);
    match &site.argument.default {
        // A default of a value is part of its conversion.
        Some(default) if !site.argument.is_value() => {
            quote!(match #value { __lend::Some(value) => value, __lend::None => #default })
        }
        _ => value,
    }
}

/// The call of the user's function, or the access to the field.
pub fn call(function: &Function, path: &str) -> TokenStream {
    let ident = &function.ident;
    let mut sites = function.sites(path);
    if let Some(Member { field: Some(field), kind, .. }) = &function.member {
        let this = sites.next().map(|site| site.local());
        return match sites.next() {
            Some(value) if *kind == MemberKind::Setter => {
                let value = passed(&value);
                quote!(#this.#field = #value)
            }
            _ => quote!(__lend::Clone::clone(&#this.#field)),
        };
    }
    let passed = sites.map(|site| passed(&site));
    match &function.member {
        Some(Member { class, .. }) => quote!(#class::#ident(#(#passed),*)),
        None => match &function.of_enum {
            Some(of_enum) => quote!(#of_enum::#ident(#(#passed),*)),
            None => quote!(#ident(#(#passed),*)),
        },
    }
}
