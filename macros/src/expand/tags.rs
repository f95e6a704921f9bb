//! The tags that a snippet learns at its start: the tags of element types that the macro does not know, the tag of the class that its
//! functions are members of, and the tags of the classes that its functions borrow.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use crate::form::Argument;
use crate::model::{Function, Member};
use crate::numbers::Element;

/// The tags of the functions of one expansion, in the order of the snippet's `tags$$`.
#[derive(Default)]
pub struct Tags {
    elements: Types,
    class: Option<TokenStream>,
    /// The types of references, which may be classes.
    references: Types,
}

/// Distinct types, each with its tokens.
#[derive(Default)]
struct Types(Vec<(String, Type)>);

impl Types {
    fn add(&mut self, ty: &Type) {
        if self.place(ty).is_none() {
            self.0.push((ty.to_token_stream().to_string(), ty.clone()));
        }
    }

    fn place(&self, ty: &Type) -> Option<usize> {
        let tokens = ty.to_token_stream().to_string();
        self.0.iter().position(|(earlier, _)| *earlier == tokens)
    }
}

impl Tags {
    pub fn of(functions: &[Function]) -> Tags {
        let mut tags = Tags::default();
        for element in functions.iter().flat_map(Function::elements) {
            if let Element::Named(ty) = element {
                tags.elements.add(ty);
            }
        }
        let member = functions.first().and_then(|first| first.member.as_ref());
        tags.class = member.map(|Member { class, .. }| tag_of(class));
        let arguments = functions.iter().flat_map(|function| &function.arguments);
        arguments.filter_map(Argument::class).for_each(|class| tags.references.add(class));
        tags
    }

    pub fn is_empty(&self) -> bool {
        self.elements.0.is_empty() && self.class.is_none() && self.references.0.is_empty()
    }

    /// The place of the class's tag: after the tags of the elements.
    pub fn place_of_class(&self) -> usize {
        self.elements.0.len()
    }

    /// The tag of an element type, as an expression of JavaScript.
    pub fn expression(&self, element: &Element) -> String {
        match element {
            Element::Number(tag) => tag.to_string(),
            Element::Named(ty) => format!("tags$$[{}]", self.elements.place(ty).unwrap_or(0)),
        }
    }

    /// The variable with the function that reads the handle of an instance of a class.
    pub fn reader(&self, class: &Type) -> String {
        format!("of{}$$", self.references.place(class).unwrap_or(0))
    }

    /// The tag of that class, as an expression of JavaScript.
    pub fn tag_of_reference(&self, class: &Type) -> String {
        format!("tags$$[{}]", self.first_reference() + self.references.place(class).unwrap_or(0))
    }

    fn first_reference(&self) -> usize {
        self.elements.0.len() + usize::from(self.class.is_some())
    }

    /// Each such variable, and the place of its class's tag.
    pub fn readers(&self) -> impl Iterator<Item = (String, usize)> {
        let first = self.first_reference();
        (0..self.references.0.len()).map(move |place| (format!("of{place}$$"), first + place))
    }

    /// The tags, as expressions of Rust.
    pub fn in_rust(&self) -> Vec<TokenStream> {
        let elements = self.elements.0.iter().map(|(_, ty)| quote!(<#ty as __lend::Element>::tag()));
        // 0 of a type that is no class.
        let references = self.references.0.iter().map(|(_, ty)| tag_of(ty));
        elements.chain(self.class.clone()).chain(references).collect()
    }
}

/// The tag of a class, or 0 of another type. It is no error here: the shim of each function says so.
fn tag_of(ty: &impl quote::ToTokens) -> TokenStream {
    quote!({
        use __lend::dispatch::*;
        (&&__lend::Probe::<#ty>::NEW).__lend_class_tag()
    })
}
