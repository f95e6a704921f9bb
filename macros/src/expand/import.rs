//! `#[import("module")] unsafe extern "C" { … }`: functions of another module, as functions of this crate.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Item;

use super::{direct, ship};
use crate::attr::Options;
use crate::backend::Backend;
use crate::cfg;
use crate::parse::{self, Import};

/// Expands `#[import(attribute)] item`.
pub fn import(backend: Backend, attribute: TokenStream, item: TokenStream) -> TokenStream {
    let block = match parse::import_block(&item) {
        Ok(block) => block,
        Err(error) => return error.into_compile_error(),
    };
    let path = Options::default().crate_path();
    cfg::detour(&quote!(import), &attribute, &path, &block)
        .unwrap_or_else(|| configured(backend, &attribute, block))
}

/// Expands the block after the compiler has evaluated the `#[cfg]`s inside.
pub fn configured(backend: Backend, attribute: &TokenStream, item: Item) -> TokenStream {
    match parse::import(backend, attribute, item) {
        Ok((module, imports)) => imports.iter().map(|import| function(&module.value(), import)).collect(),
        Err(error) => error.into_compile_error(),
    }
}

fn function(module: &str, import: &Import) -> TokenStream {
    let Import { attributes, visibility, signature, function, direct } = import;
    let (inputs, output, ident, name) =
        (&signature.inputs, &signature.output, &signature.ident, &function.name);
    let names: Vec<_> = function.arguments.iter().map(|argument| &argument.ident).collect();
    let types = function.arguments.iter().map(direct::argument_type);
    let raw = format_ident!("__lend_import_{}", ident, span = Span::mixed_site());
    let path = Options::default().crate_path();
    let from = format!("wasm-lend:{module}");
    let call = if function.backend.is_plugin() {
        let entry = ship::import(module, name, direct);
        // With the module's name, because the linker merges two imports of one name.
        let link_name = format!("{module}.{name}");
        quote! {
            const _: () = { #entry };
            #[link(wasm_import_module = #from)]
            unsafe extern "C-unwind" {
                #[link_name = #link_name]
                fn #raw(exchange: *mut __lend::primitive::u8);
            }
            let arguments: (#(#types,)*) = (#(#names,)*);
            // SAFETY: the loader has compared the signatures.
            unsafe { __lend::ask(#raw, arguments) }
        }
    } else {
        quote! {
            let _ = (#(#names,)*);
            __lend::not_linked(#from, #name)
        }
    };
    quote! {
        #(#attributes)*
        #visibility fn #ident(#inputs) #output {
            #[allow(unused_imports)]
            use #path::__private as __lend;
            #call
        }
    }
}
