//! The attribute macro of [wasm-lend](https://docs.rs/wasm-lend), which re-exports it: depend on that crate, not on
//! this one.
//!
//! A small compiler: `parse` makes a model of the signature and collects every mistake in it, `expand` turns a model
//! without mistakes into the Rust shim, the JavaScript shim and the TypeScript declaration.

mod attr;
mod errors;
mod expand;
mod model;
mod parse;
mod types;

use proc_macro::TokenStream;

/// Makes a function, or every `pub fn` of an inline module, callable from JavaScript.
#[proc_macro_attribute]
pub fn export(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand::export(attribute.into(), item.into()).into()
}
