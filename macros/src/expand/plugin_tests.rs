//! Whole expansions for plugins, and the forms that plugins refuse.
//!
//! `INSTA_UPDATE=always cargo test --package wasm-lend-macros` writes the snapshots anew.

use proc_macro2::TokenStream;
use quote::quote;

use crate::backend::Backend;

fn export(attribute: TokenStream, item: TokenStream) -> TokenStream {
    super::export(Backend::Plugin, attribute, item)
}

fn import(attribute: TokenStream, item: TokenStream) -> TokenStream {
    super::import(Backend::Plugin, attribute, item)
}

fn shown(expansion: &TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(expansion.clone()).unwrap())
}

/// The messages of a refusal.
fn refused(expansion: &TokenStream) -> String {
    let text = expansion.to_string();
    let errors = text.split("compile_error ! { ").skip(1);
    let messages: Vec<_> = errors.filter_map(|rest| rest.split(" }").next()).collect();
    assert!(!messages.is_empty(), "{text}");
    messages.join("\n").replace("\\n", "\n")
}

#[test]
fn exported() {
    let item = quote! {
        /// Multiplies every sample.
        pub fn scale(samples: &mut [f32], gain: f32) -> Result<u32, Silence> { }
    };
    insta::assert_snapshot!(shown(&export(TokenStream::new(), item)));
}

#[test]
fn imported() {
    let block = quote! {
        unsafe extern "C" {
            /// Rendered there.
            pub fn render(name: &str, size: Option<u32>) -> Result<Buffer<u8>, String>;
        }
    };
    insta::assert_snapshot!(shown(&import(quote!("app2"), block)));
}

#[test]
fn class() {
    let item = quote! {
        pub struct Counter { count: u32 }
    };
    insta::assert_snapshot!(shown(&export(TokenStream::new(), item)));
}

#[test]
fn what_a_plugin_cannot_have() {
    let items = [
        quote!(
            pub async fn wait() {}
        ),
        quote!(
            pub fn step(particles: &mut [Particle]) {}
        ),
    ];
    let exports = items.map(|item| refused(&export(TokenStream::new(), item)));
    let blocks = [
        (
            quote!("app2"),
            quote!(
                fn plain() {}
            ),
        ),
        (
            quote!(),
            quote!(
                unsafe extern "C" {
                    fn sum(values: &[f32]) -> f32;
                }
            ),
        ),
        (
            quote!("app2"),
            quote!(
                unsafe extern "C" {
                    static COUNT: u32;
                }
            ),
        ),
        (
            quote!("app2"),
            quote!(
                unsafe extern "C" {
                    fn names(list: Vec<String>);
                }
            ),
        ),
        (
            quote!("app2"),
            quote!(
                unsafe extern "C" {
                    fn parse(text: &str) -> Result<u32, ParseError>;
                }
            ),
        ),
    ];
    let imports = blocks.map(|(module, block)| refused(&import(module, block)));
    insta::assert_snapshot!([&exports[..], &imports[..]].concat().join("\n\n"));
}
