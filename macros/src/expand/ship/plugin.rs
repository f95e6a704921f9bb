//! Ships with a plugin, instead of wasm-bindgen's glue: a custom section that describes its functions and has their
//! shims. The loader (`runtime/js/plugin/load.js`) reads it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Learns, Shipment, pieces};
use crate::backend::crate_name;
use crate::typescript::Piece;
use crate::unique;

pub fn ship(shipment: &Shipment<'_>) -> TokenStream {
    let (kind, tags) = match &shipment.learns {
        Learns::Tags(tags) => ("functions", tags.as_slice()),
        Learns::Class(tag) => ("class", core::slice::from_ref(tag)),
        // A plugin has no records.
        Learns::Record(_) => return TokenStream::new(),
    };
    let symbol = match kind {
        "class" => format!("lend${}${}$class$start", unique::ascii(&shipment.name), shipment.id),
        _ => {
            let ascii: Vec<_> = shipment.name.split('$').map(unique::ascii).collect();
            format!("lend${}${}$start", ascii.join("$"), shipment.id)
        }
    };
    let entry = entry(&[
        kind,
        &crate_name(),
        if tags.is_empty() { "" } else { &symbol },
        &shipment.snippet.uses().join(" "),
        &shipment.described.join("\n"),
        &shipment.exports.join(" "),
        &body(&shipment.snippet.text(), &shipment.exports),
    ]);
    let start = start(&symbol, tags);
    let declarations = declarations(&shipment.declarations);
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #entry
            #start
            #declarations
        };
    }
}

/// The texts for the `.d.ts`, in a section of their own.
pub fn declarations(declarations: &[Vec<Piece>]) -> TokenStream {
    let declarations = declarations.iter().map(|declaration| {
        let pieces = pieces(declaration);
        quote! {
            const _: () = {
                #pieces
                #[unsafe(link_section = "wasm-lend.d.ts")]
                #[used]
                static TEXT: [__lend::primitive::u8; LENGTH] = __lend::ts_text(PIECES);
            };
        }
    });
    quote!(#(#declarations)*)
}

/// One entry of the section: its length, and then each field with its length before it. Little-endian, UTF-8.
fn entry(fields: &[&str]) -> TokenStream {
    let mut bytes = Vec::new();
    for field in fields {
        bytes.extend((field.len() as u32).to_le_bytes());
        bytes.extend(field.bytes());
    }
    let whole = (bytes.len() as u32).to_le_bytes();
    let bytes = [&whole[..], &bytes].concat();
    let (length, literal) = (bytes.len(), Literal::byte_string(&bytes));
    quote! {
        #[unsafe(link_section = "wasm-lend")]
        #[used]
        static RECORD: [__lend::primitive::u8; #length] = *#literal;
    }
}

/// The text of a module as the body of a function that returns its exports.
fn body(module: &str, exports: &[String]) -> String {
    // Strict, as modules are.
    format!(
        "'use strict';\n{}return {{ bind$$, {} }};\n",
        module.replace("\nexport ", "\n"),
        exports.iter().map(|name| format!("{name}: {name}$")).collect::<Vec<_>>().join(", ")
    )
}

/// The function that gives the shims the tags that they learn, if there are any.
fn start(symbol: &str, tags: &[TokenStream]) -> Option<TokenStream> {
    let count = tags.len();
    (count > 0).then(|| {
        quote! {
            /// The address of the tags that the shims learn.
            #[unsafe(export_name = #symbol)]
            extern "C" fn start() -> *const __lend::primitive::u32 {
                static TAGS: __lend::Tags<#count> = __lend::Tags::new();
                TAGS.set([#(#tags),*])
            }
        }
    })
}

/// The entry of a function of another module that the plugin calls.
pub fn import(module: &str, name: &str, signature: &str) -> TokenStream {
    entry(&["import", &crate_name(), module, name, signature])
}
