//! Lifetimes have names in the user's function only.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

/// The type with `'_` for its lifetimes, which have names only in the user's function.
pub fn without_lifetimes(ty: &Type) -> TokenStream {
    fn replaced(tokens: TokenStream) -> TokenStream {
        let mut after_apostrophe = false;
        tokens
            .into_iter()
            .map(|token| {
                let is_lifetime = core::mem::take(&mut after_apostrophe);
                match token {
                    TokenTree::Group(group) => {
                        let mut inner = Group::new(group.delimiter(), replaced(group.stream()));
                        inner.set_span(group.span());
                        inner.into()
                    }
                    TokenTree::Ident(name) if is_lifetime => Ident::new("_", name.span()).into(),
                    TokenTree::Punct(punct) => {
                        after_apostrophe = punct.as_char() == '\'';
                        punct.into()
                    }
                    other => other,
                }
            })
            .collect()
    }
    replaced(ty.to_token_stream())
}
