//! Ships with wasm-bindgen's public features: `inline_js`, `reexport`, a start function and custom TypeScript sections.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use super::{Learns, Shipment, pieces};
use crate::typescript::Piece;

pub fn ship(shipment: &Shipment<'_>) -> TokenStream {
    let Shipment { path, name, .. } = shipment;
    let snippet = shipment.snippet.text();
    let wasm_bindgen = quote!(wasm_bindgen = #path::__private::wasm_bindgen);
    let attribute = quote!(__lend::wasm_bindgen::prelude::wasm_bindgen);
    let (bind, start) = (shipment.symbol("bind", name), shipment.symbol("start", name));
    // Declared as functions, because wasm-bindgen obeys `skip_typescript` on functions only.
    let reexports = shipment.exports.iter().map(|export| {
        let (import, local) = (shipment.symbol("reexport", export), format!("{export}$"));
        quote! {
            #[wasm_bindgen(reexport = #export, js_name = #local, skip_typescript)]
            fn #import();
        }
    });
    let (binds, parts) = (shipment.snippet.starts(), shipment.snippet.parts());
    let Learned { parameters, before, arguments } = learned(&shipment.learns);
    let bind_import = binds.then(|| {
        quote! {
            #[wasm_bindgen(js_name = "bind$$")]
            fn #bind(#parameters);
        }
    });
    let bound = binds.then(|| quote!(#before #bind(#arguments);));
    let started = (binds || !parts.is_empty()).then(|| {
        quote! {
            #[#attribute(#wasm_bindgen, start, private, skip_typescript)]
            fn #start() {
                __lend::attach();
                #(__lend::parts::#parts();)*
                #bound
            }
        }
    });
    let declarations = declarations(path, &shipment.declarations);
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[#attribute(#wasm_bindgen, inline_js = #snippet)]
            extern "C" {
                #(#reexports)*
                #bind_import
            }

            #started

            #declarations
        };
    }
}

/// The constants that wasm-bindgen puts into the `.d.ts`.
pub fn declarations(path: &Path, declarations: &[Vec<Piece>]) -> TokenStream {
    let attribute = quote!(__lend::wasm_bindgen::prelude::wasm_bindgen);
    let section =
        quote!(#attribute(wasm_bindgen = #path::__private::wasm_bindgen, typescript_custom_section));
    let declarations = declarations.iter().map(|pieces| {
        let constant = declaration(&section, pieces);
        quote! {
            const _: () = {
                // On constants wasm-bindgen (0.2.130) ignores the path of the attribute, and writes this one.
                #[allow(unused_imports)]
                use __lend::wasm_bindgen;
                #constant
            };
        }
    });
    quote!(#(#declarations)*)
}

/// The parameters of `bind$$`, and their arguments.
struct Learned {
    parameters: TokenStream,
    before: TokenStream,
    arguments: TokenStream,
}

fn learned(learns: &Learns) -> Learned {
    let nothing = TokenStream::new;
    match learns {
        Learns::Tags(tags) if tags.is_empty() => {
            Learned { parameters: nothing(), before: nothing(), arguments: nothing() }
        }
        Learns::Tags(tags) => Learned {
            parameters: quote!(tags: &[__lend::primitive::u32]),
            before: nothing(),
            arguments: quote!(&[#(#tags),*]),
        },
        Learns::Class(tag) => Learned {
            parameters: quote!(tag: __lend::primitive::u32),
            before: nothing(),
            arguments: quote!(#tag),
        },
        Learns::Record(ident) => Learned {
            parameters: quote!(tag: __lend::primitive::u32, size: __lend::primitive::u32, fields: __lend::JsValue),
            before: quote!(let (tag, size, fields) = __lend::describe_record::<#ident>();),
            arguments: quote!(tag, size, fields),
        },
    }
}

/// The constant that wasm-bindgen puts into the `.d.ts`.
fn declaration(section: &TokenStream, declaration: &[Piece]) -> TokenStream {
    if let [Piece::Text(text)] = declaration {
        return quote! {
            #[#section]
            const DECLARATION: &'static __lend::primitive::str = #text;
        };
    }
    let pieces = pieces(declaration);
    quote! {
        #pieces
        const TEXT: [__lend::primitive::u8; LENGTH] = __lend::ts_text(PIECES);
        #[#section]
        const DECLARATION: &'static __lend::primitive::str = __lend::ts_str(&TEXT);
    }
}
