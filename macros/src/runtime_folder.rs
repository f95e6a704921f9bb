//! The folder of a package that has the files of the JavaScript half: `snippets/wasm-lend-0123456789abcdef`.
//!
//! Snippets import from it, so that bundlers see what each function uses. wasm-bindgen names the folder, by a hash of the
//! crate's name and version. This file makes the same hash. `check` compares it with wasm-bindgen's own when wasm-lend
//! is compiled.

use std::hash::{DefaultHasher, Hash, Hasher};

use proc_macro2::TokenStream;
use quote::quote;

/// The crate that has the files. Its version is that of this crate.
const CRATE: (&str, &str) = ("wasm-lend", env!("CARGO_PKG_VERSION"));

/// The folder's name.
pub fn name() -> String {
    // Snapshots of this crate's tests do not depend on the version.
    if cfg!(test) { format!("{}-0", CRATE.0) } else { hashed() }
}

/// Like `ShortHash` of wasm-bindgen-macro-support.
fn hashed() -> String {
    let (name, version) = CRATE;
    let mut of_crate = DefaultHasher::new();
    name.hash(&mut of_crate);
    version.hash(&mut of_crate);
    let mut hasher = DefaultHasher::new();
    (of_crate.finish() as usize).hash(&mut hasher);
    0.hash(&mut hasher);
    format!("{name}-{:016x}", hasher.finish())
}

/// Expands to an error if wasm-bindgen gives the crate that is being compiled, which is wasm-lend, another folder.
pub fn check() -> TokenStream {
    let block = quote!(
        extern "C" {
            fn f();
        }
    );
    let expansion = wasm_bindgen_macro_support::expand(quote!(inline_js = ""), block);
    if expansion.is_ok_and(|tokens| tokens.to_string().contains(&hashed())) {
        return TokenStream::new();
    }
    let message = "this version of wasm-bindgen names the folders of a package in a way that this version of wasm-lend does not know\n\
        hint: use wasm-bindgen 0.2.130, with which wasm-lend was tested, or update wasm-lend";
    quote!(::core::compile_error!(#message);)
}
