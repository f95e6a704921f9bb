//! The TypeScript section of a declaration.

use proc_macro2::TokenStream;
use quote::quote;

use super::dts::Piece;

/// The constant that wasm-bindgen puts into the `.d.ts`.
pub fn constant(attribute: &TokenStream, pieces: &[Piece]) -> TokenStream {
    if let [Piece::Text(text)] = pieces {
        return quote! {
            #[#attribute]
            const DECLARATION: &'static __lend::primitive::str = #text;
        };
    }
    let expressions = pieces.iter().map(Piece::expression);
    quote! {
        #[allow(unused_imports)]
        use __lend::dispatch::*;
        const PIECES: &[__lend::Ts] = &[#(#expressions),*];
        const LENGTH: __lend::primitive::usize = __lend::ts_length(PIECES);
        const TEXT: [__lend::primitive::u8; LENGTH] = __lend::ts_text(PIECES);
        #[#attribute]
        const DECLARATION: &'static __lend::primitive::str = __lend::ts_str(&TEXT);
    }
}

/// The same in the custom section of a plugin.
pub fn embedded(pieces: &[Piece]) -> TokenStream {
    let expressions = pieces.iter().map(Piece::expression);
    quote! {
        #[allow(unused_imports)]
        use __lend::dispatch::*;
        const PIECES: &[__lend::Ts] = &[#(#expressions),*];
        const LENGTH: __lend::primitive::usize = __lend::ts_length(PIECES);
        #[unsafe(link_section = "wasm-lend.d.ts")]
        #[used]
        static TEXT: [__lend::primitive::u8; LENGTH] = __lend::ts_text(PIECES);
    }
}
