//! The constant that an expansion stands in, so that it adds no name to the user's module.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// The items in such a constant. They name the runtime as `__lend`.
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
