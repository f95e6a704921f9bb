//! The tags that a snippet learns at its start: the tags of element types that the macro does not know, and the tag of the class.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use crate::model::{Function, Member};
use crate::numbers::Element;

/// The tags of the functions of one expansion, in the order of the snippet's `tags$`.
#[derive(Default)]
pub struct Tags {
    /// The element types, and their tokens.
    elements: Vec<(String, Type)>,
    class: Option<TokenStream>,
}

impl Tags {
    pub fn of(functions: &[Function]) -> Tags {
        let mut tags = Tags::default();
        for element in functions.iter().flat_map(Function::elements) {
            let Element::Named(ty) = element else { continue };
            let tokens = ty.to_token_stream().to_string();
            if !tags.elements.iter().any(|(earlier, _)| *earlier == tokens) {
                tags.elements.push((tokens, (**ty).clone()));
            }
        }
        let member = functions.first().and_then(|first| first.member.as_ref());
        tags.class = member.map(|Member { class, .. }| quote!(__lend::class_tag::<#class>()));
        tags
    }

    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.class.is_none()
    }

    /// The place of the class's tag: after the tags of the elements.
    pub fn place_of_class(&self) -> usize {
        self.elements.len()
    }

    /// The tag of an element type, as an expression of JavaScript.
    pub fn expression(&self, element: &Element) -> String {
        match element {
            Element::Number(tag) => tag.to_string(),
            Element::Named(ty) => {
                let tokens = ty.to_token_stream().to_string();
                let place = self.elements.iter().position(|(earlier, _)| *earlier == tokens).unwrap_or(0);
                format!("tags$[{place}]")
            }
        }
    }

    /// The tags, as expressions of Rust.
    pub fn in_rust(&self) -> Vec<TokenStream> {
        let elements = self.elements.iter().map(|(_, ty)| quote!(<#ty as __lend::Element>::tag()));
        elements.chain(self.class.clone()).collect()
    }
}
