//! The pieces of a declaration: text, and constants of types that only the compiler knows.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

pub enum Piece {
    Text(String),
    /// The TypeScript of the type's `FromJs` or `IntoJs`, or else this.
    Named(Direction, Box<Type>, String),
    /// The TypeScript of a type that wasm-bindgen may convert, or of a list of it. A class or enum of this name may be declared.
    Declared {
        direction: Direction,
        ty: Box<Type>,
        inner: Option<Box<Type>>,
        name: String,
    },
    /// The signature of a callback.
    Callback(Box<Type>),
    /// These pieces, unless `#[derive(IntoJs)]` of the type declares it.
    UnlessDeclared(Ident, Vec<Piece>),
    /// A constant of an element type: its array, or the plain values that may stand in for a buffer of it.
    Element(Box<Type>, &'static str),
}

/// The way a value takes: from JavaScript or to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
}

impl Piece {
    /// An expression of the constant type `__lend::Ts`.
    pub fn expression(&self) -> TokenStream {
        match self {
            Piece::Text(text) => quote!(__lend::Ts::Text(#text)),
            Piece::Named(Direction::In, ty, name) => quote!(__lend::Probe::<#ty>::IN.or(#name)),
            Piece::Named(Direction::Out, ty, name) => {
                quote!(__lend::Probe::<#ty>::OUT.or_else(__lend::Probe::<#ty>::OK).or(#name))
            }
            Piece::Declared { direction, ty, inner, name } => {
                let constant = if *direction == Direction::In { quote!(IN) } else { quote!(OUT) };
                let of = inner.as_ref().unwrap_or(ty);
                let global = format!("LendGlobal<'{name}'>");
                let declared = quote!(__lend::declared!(#of, #name, #global));
                let ts = match inner {
                    Some(_) => {
                        quote!(__lend::Ts::Concat(&[__lend::Ts::Text("Array<"), #declared, __lend::Ts::Text(">")]))
                    }
                    None => declared,
                };
                let ok = (*direction == Direction::Out && inner.is_none())
                    .then(|| quote!(.or_else(__lend::Probe::<#ty>::OK)));
                quote!(__lend::Probe::<#ty>::#constant #ok.or_else(#ts))
            }
            Piece::Callback(ty) => {
                let ty = crate::syntax::without_lifetimes(ty);
                quote!(<#ty as __lend::Signature>::TS)
            }
            Piece::UnlessDeclared(ident, pieces) => {
                let pieces = pieces.iter().map(Piece::expression);
                quote!({
                    const DECLARATION: &[__lend::Ts] = &[#(#pieces),*];
                    __lend::Ts::Concat(if __lend::Probe::<#ident>::IS_DECLARED { &[] } else { DECLARATION })
                })
            }
            Piece::Element(ty, constant) => {
                let constant = quote::format_ident!("{}", constant);
                quote!(<#ty as __lend::Element>::#constant)
            }
        }
    }
}
