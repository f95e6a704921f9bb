//! `#[import("module")] unsafe extern "C" { … }`: functions of another module, as functions of this crate.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{ForeignItem, ForeignItemFn, Item, ItemFn, ItemForeignMod, LitStr};

use super::{direct, plugin};
use crate::attr::Options;
use crate::errors::{self, Errors};
use crate::{cfg, mode, parse};

/// Expands `#[import(attribute)] item`.
pub fn import(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let Ok(block) = syn::parse2(item.clone()) else {
        return errors::import_of_no_block(&item).into_compile_error();
    };
    let path = Options::default().crate_path();
    let block = Item::ForeignMod(block);
    cfg::detour(&quote!(import), &attribute, &path, &block).unwrap_or_else(|| configured(&attribute, block))
}

/// The same of an item that has no `#[cfg]`s inside any more.
pub fn configured(attribute: &TokenStream, item: Item) -> TokenStream {
    let Item::ForeignMod(block) = item else { return errors::import_of_no_block(&item).into_compile_error() };
    expand(attribute, block).unwrap_or_else(syn::Error::into_compile_error)
}

fn expand(attribute: &TokenStream, block: ItemForeignMod) -> syn::Result<TokenStream> {
    let module: LitStr = syn::parse2(attribute.clone()).map_err(|_| errors::import_without_module(&block))?;
    let mut errors = Errors::default();
    let mut functions = Vec::new();
    for item in block.items {
        let result = match item {
            ForeignItem::Fn(item) => function(&module, item),
            other => Err(errors::import_of_no_function(&other)),
        };
        match result {
            Ok(function) => functions.push(function),
            Err(error) => errors.push(error),
        }
    }
    errors.finish()?;
    // On the host it compiles, for the tests of what is around it.
    let outside = (!mode::PLUGIN).then(|| {
        let error = errors::import_outside_plugin(&module).into_compile_error();
        quote!(#[cfg(target_arch = "wasm32")] const _: () = { #error };)
    });
    Ok(quote!(#outside #(#functions)*))
}

fn function(module: &LitStr, item: ForeignItemFn) -> syn::Result<TokenStream> {
    let ForeignItemFn { attrs, vis, sig, .. } = item;
    let mut whole: ItemFn = syn::parse2(quote!(#vis #sig {}))?;
    let model = parse::function(&mut whole, &Options::default())?;
    let signature = direct::signature(&model).ok_or_else(|| errors::unimportable(&sig))?;
    let (inputs, output, ident, name) = (&sig.inputs, &sig.output, &sig.ident, &model.name);
    if model.result.fallible {
        error_is_text(output)?;
    }
    let names: Vec<_> = model.arguments.iter().map(|argument| &argument.ident).collect();
    let types = model.arguments.iter().map(direct::argument_type);
    let raw = format_ident!("__lend_import_{}", ident, span = Span::mixed_site());
    let path = Options::default().crate_path();
    let record = plugin::import(&module.value(), name, &signature);
    let from = format!("wasm-lend:{}", module.value());
    // With the module's name, for the linker takes two imports of one name for the same.
    let link_name = format!("{}.{name}", module.value());
    let call = if mode::PLUGIN {
        quote! {
            const _: () = { #record };
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
    Ok(quote! {
        #(#attrs)*
        #vis fn #ident(#inputs) #output {
            #[allow(unused_imports)]
            use #path::__private as __lend;
            #call
        }
    })
}

/// The error of an imported function's `Result` is the message.
fn error_is_text(output: &syn::ReturnType) -> syn::Result<()> {
    let syn::ReturnType::Type(_, ty) = output else { return Ok(()) };
    let shown = errors::show(ty);
    if shown.trim_end_matches('>').ends_with(", String") { Ok(()) } else { Err(errors::import_of_error(ty)) }
}
