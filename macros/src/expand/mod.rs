//! From model to code: `rust` writes the `extern "C"` shims, `js` the JavaScript ones, `dts` their declarations, and
//! `glue` ships the last two through wasm-bindgen.

mod dts;
mod glue;
mod js;
mod rust;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, Path};

use crate::attr::Options;
use crate::model::Function;
use crate::{errors, parse};

/// Expands `#[export(attribute)] item`. After a mistake the item still stands there, so that no other error follows
/// from it.
pub fn export(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand(attribute, item.clone()).unwrap_or_else(|error| {
        let errors = error.into_compile_error();
        quote!(#errors #item)
    })
}

fn expand(attribute: TokenStream, tokens: TokenStream) -> syn::Result<TokenStream> {
    let options: Options = syn::parse2(attribute)?;
    match syn::parse2(tokens.clone()) {
        Ok(Item::Fn(item)) => {
            let function = parse::function(&item)?;
            let shims = shims(&options.crate_path, &[function]);
            Ok(quote!(#item #shims))
        }
        Ok(Item::Mod(mut item)) => {
            let functions = parse::module(&item)?;
            let shims = shims(&options.crate_path, &functions);
            if let Some((_, items)) = &mut item.content {
                items.push(Item::Verbatim(shims));
            }
            Ok(item.into_token_stream())
        }
        Ok(other) => Err(errors::not_a_function(&first_tokens(&other))),
        Err(_) => Err(errors::not_a_function(&tokens)),
    }
}

/// An item's first two tokens (`pub struct`), which are enough of it for an error to point at.
fn first_tokens(item: &Item) -> TokenStream {
    item.to_token_stream().into_iter().take(2).collect()
}

fn shims(crate_path: &Path, functions: &[Function]) -> TokenStream {
    let rust = functions.iter().map(rust::shim);
    let glue = glue::glue(crate_path, functions);
    quote! {
        #[doc(hidden)]
        #[allow(deprecated, missing_docs, clippy::all, clippy::pedantic)]
        const _: () = {
            #[allow(unused_imports)]
            use #crate_path::__private as __lend;
            #(#rust)*
            #glue
        };
    }
}
