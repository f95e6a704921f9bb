//! From model to code: `rust` writes the `extern "C"` shims, `js` the JavaScript ones, `dts` their declarations, and
//! `glue` ships the last two through wasm-bindgen.

mod call;
mod derive;
mod direct;
mod dts;
mod glue;
mod handles;
mod import;
mod js;
mod jsdoc;
mod members;
mod named;
mod objects;
mod passed;
mod piece;
mod plugin;
#[cfg(all(test, feature = "plugin"))]
mod plugin_tests;
mod promise;
mod record;
mod rust;
mod scalar;
mod section;
#[cfg(all(test, not(any(feature = "plugin", feature = "plugin-host"))))]
mod tests;

pub use derive::{from_js, into_js};
pub use import::import;
pub use record::record;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, Path};

use crate::attr::Options;
use crate::model::Function;
use crate::{cfg, errors, mode, parse, unique};

/// Expands `#[export(attribute)] item`. After a mistake the item still stands there, so that no other error follows
/// from it.
pub fn export(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut parsed = match syn::parse2(item.clone()) {
        Ok(parsed) => parsed,
        Err(_) => {
            let error = errors::not_a_function(&item).into_compile_error();
            return quote!(#error #item);
        }
    };
    let path = syn::parse2(attribute.clone()).unwrap_or_else(|_| Options::default()).crate_path();
    if let Some(detour) = cfg::detour(&quote!(export), &attribute, &path, &parsed) {
        return detour;
    }
    exported(attribute, &mut parsed)
}

/// The item without the attributes that are this macro's own, and what comes beside it. Mistakes in the options and in the item are reported
/// together. A struct with mistakes is a class all the same, so that its methods and its users get no errors that follow from them.
fn exported(attribute: TokenStream, item: &mut Item) -> TokenStream {
    let (options, mistakes) = match syn::parse2(attribute) {
        Ok(options) => (options, None),
        Err(mistakes) => (Options::default(), Some(mistakes)),
    };
    let beside = match (shims_of(item, &options), mistakes) {
        (Ok(shims), None) => shims,
        (Ok(_), Some(mistakes)) => with_fallback(&mistakes, item, &options),
        (Err(error), None) => with_fallback(&error, item, &options),
        (Err(error), Some(mut mistakes)) => {
            mistakes.combine(error);
            with_fallback(&mistakes, item, &options)
        }
    };
    quote!(#item #beside)
}

fn with_fallback(error: &syn::Error, item: &Item, options: &Options) -> TokenStream {
    let error = error.to_compile_error();
    let fallback = match item {
        Item::Struct(item) if item.generics.params.is_empty() => {
            Some(members::in_rust(&options.crate_path(), &item.ident, &TokenStream::new()))
        }
        _ => None,
    };
    quote!(#error #fallback)
}

/// Expands the derive of an item that has taken the detour.
pub fn configured(item: TokenStream) -> TokenStream {
    match cfg::configured(item) {
        Ok((_, _, None)) => TokenStream::new(),
        Ok((which, options, Some(item))) if which == "import" => import::configured(&options, item),
        Ok((_, options, Some(mut item))) => exported(options, &mut item),
        Err(error) => error.into_compile_error(),
    }
}

fn shims_of(item: &mut Item, options: &Options) -> syn::Result<TokenStream> {
    match item {
        Item::Fn(item) => {
            let function = parse::function(item, options)?;
            Ok(shims(&options.crate_path(), vec![function]))
        }
        Item::Mod(item) => {
            let functions = parse::module(item, options)?;
            let shims = shims(&options.crate_path(), functions);
            if let Some((_, items)) = &mut item.content {
                items.push(Item::Verbatim(shims));
            }
            Ok(TokenStream::new())
        }
        Item::Impl(item) => {
            let functions = crate::members::block(item, options)?;
            Ok(shims(&options.crate_path(), functions))
        }
        Item::Struct(item) => {
            let class = crate::members::class(item, options)?;
            let path = options.crate_path();
            let shell = members::class(&path, &class);
            let fields = (!class.fields.is_empty()).then(|| shims(&path, class.fields));
            Ok(quote!(#shell #fields))
        }
        Item::Enum(_) => Err(errors::exported_enum(&first_tokens(item))),
        other => Err(errors::not_a_function(&first_tokens(other))),
    }
}

/// An item's first two tokens (`pub struct`), which are enough of it for an error to point at.
fn first_tokens(item: &Item) -> TokenStream {
    item.to_token_stream().into_iter().take(2).collect()
}

fn shims(crate_path: &Path, mut functions: Vec<Function>) -> TokenStream {
    let unit = functions.first().map(|first| unique::id(&first.shim_name())).unwrap_or_default();
    for function in &mut functions {
        function.unit.clone_from(&unit);
    }
    if mode::PLUGIN {
        let unfit = functions.iter().filter_map(plugin::unfit);
        if let Some(mistakes) = unfit.reduce(|mut all, next| {
            all.combine(next);
            all
        }) {
            return mistakes.into_compile_error();
        }
    }
    let rust = functions.iter().map(rust::shim);
    let direct = functions.iter().filter(|_| mode::LINKED).filter_map(direct::shim);
    let glue = glue::glue(crate_path, &functions);
    quote! {
        #[doc(hidden)]
        #[allow(deprecated, missing_docs, clippy::all, clippy::pedantic)]
        const _: () = {
            #[allow(unused_imports)]
            use #crate_path::__private as __lend;
            #(#rust)*
            #(#direct)*
            #glue
        };
    }
}
