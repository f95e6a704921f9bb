//! Puts the items of an expansion into `const _: () = { … }`. So they add no name to the user's module.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// The items inside such a constant, where `__lend` is the runtime.
pub fn hidden(path: &Path, items: &TokenStream) -> TokenStream {
    quote! {
        #[doc(hidden)]
        #[allow(deprecated, missing_docs, clippy::all, clippy::pedantic)]
        const _: () = {
            #[allow(unused_imports)]
            use #path::__private as __lend;
            #items
        };
    }
}
