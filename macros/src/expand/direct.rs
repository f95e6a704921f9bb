//! Shims for calls from other modules, beside those for JavaScript. Nothing is converted: both modules share one memory.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::rust;
use crate::form::Argument;
use crate::model::Function;

/// The type of an argument in an importer's call.
pub fn argument_type(argument: &Argument) -> TokenStream {
    let ty = argument.form.direct().map(|direct| direct.ty);
    if argument.option { quote!(__lend::Option<#ty>) } else { quote!(#ty) }
}

pub fn symbol(function: &Function) -> String {
    format!("{}$direct", rust::symbol(function))
}

/// ```ignore
/// #[unsafe(export_name = "lend$scale$1a2b3c4d$direct")]
/// extern "C-unwind" fn __lend_direct_scale(exchange: *mut u8) {
///     unsafe { __lend::answer(exchange, |(samples, gain): (&mut [f32], f32)| scale(samples, gain)) }
/// }
/// ```
pub fn shim(function: &Function) -> Option<TokenStream> {
    function.direct_signature()?;
    let (symbol, ident) = (symbol(function), &function.ident);
    let shim = format_ident!("__lend_direct_{}", function.shim_name().replace('$', "_"));
    let names: Vec<_> =
        (0..function.arguments.len()).map(|index| format_ident!("argument_{index}")).collect();
    let types = function.arguments.iter().map(argument_type);
    let call = quote!(#ident(#(#names),*));
    let ty = function.result.rust_type();
    // The caller gets the message of an error, whatever its type is.
    let (body, ty) = if function.result.fallible {
        let body = quote! {
            match #call {
                __lend::Ok(value) => __lend::Ok(value),
                __lend::Err(error) => __lend::Err(__lend::message((&&&&__lend::Caught::new(error)).__lend_throw())),
            }
        };
        (body, quote!(__lend::Result<#ty, __lend::String>))
    } else {
        (call, ty)
    };
    Some(quote! {
        #[cfg(target_arch = "wasm32")]
        #[unsafe(export_name = #symbol)]
        extern "C-unwind" fn #shim(exchange: *mut __lend::primitive::u8) {
            #[allow(unused_imports)]
            use __lend::dispatch::*;
            // SAFETY: the loader links it with importers of this signature only.
            unsafe {
                __lend::answer(exchange, |(#(#names,)*): (#(#types,)*)| -> #ty { #body })
            }
        }
    })
}

/// Tells the loader, in a snippet, which functions other modules may call.
pub fn offers(functions: &[Function]) -> String {
    let mut js = String::from("  $offer({");
    for function in functions {
        if let Some(signature) = function.direct_signature() {
            let _ = write!(js, "\n    '{}': ['{}', '{signature}'],", function.own_path(), symbol(function));
        }
    }
    js + "\n  });\n"
}
