//! `&[T; N]` and `&mut [T; N]`: a slice of a length that is known, borrowed for the call.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, Type};

use super::slice::{copy_back, held, lend, referenced, type_of_slice};
use super::{Access, Argument, ArgumentForm, Crossing, Parsed, Plain, Site, element, element_type};
use crate::errors;
use crate::numbers::Element;
use crate::syntax::plain;
use crate::typescript::TypeScript;

struct FixedArray {
    element: Element,
    length: Expr,
    is_exclusive: bool,
}

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    let Type::Reference(reference) = plain(ty) else { return None };
    let Type::Array(array) = plain(&reference.elem) else { return None };
    let (length, is_exclusive) = (array.len.clone(), reference.mutability.is_some());
    Some(element(&array.elem).map(|element| Box::new(FixedArray { element, length, is_exclusive }) as _))
}

impl FixedArray {
    fn array_type(&self) -> TokenStream {
        let (element, length) = (element_type(&self.element), &self.length);
        quote!([#element; #length])
    }
}

impl ArgumentForm for FixedArray {
    fn crossing(&self) -> Crossing {
        Crossing::Handle
    }

    // JavaScript splits the code at the first space, so the length has none.
    fn code(&self, _written: &Type) -> String {
        let length = self.length.to_token_stream().to_string().replace(' ', "");
        format!("{}{}*{length}", if self.is_exclusive { "w" } else { "r" }, self.element.code())
    }

    fn element(&self) -> Option<&Element> {
        Some(&self.element)
    }

    fn slice(&self) -> Option<Access> {
        Some(if self.is_exclusive { Access::Exclusive } else { Access::Shared })
    }

    fn across_await(&self, argument: &Argument) -> Option<syn::Error> {
        Some(errors::borrowed_across_await(&argument.written))
    }

    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        let (local, position, array) = (site.local(), site.position(), self.array_type());
        let acquire = if self.is_exclusive { quote!(exclusive_array) } else { quote!(shared_array) };
        let guard = quote!(__lend::#acquire::<#array>(#local, #position)?);
        Some(held(site, self.is_exclusive, &guard))
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        referenced(site, self.is_exclusive)
    }

    fn lend(&self, plain: &Plain<'_>) -> Option<String> {
        Some(lend(plain, self.is_exclusive))
    }

    fn end(&self, name: &str) -> Option<String> {
        self.is_exclusive.then(|| copy_back(name))
    }

    fn type_of(&self, _argument: &Argument, ts: &mut TypeScript) {
        type_of_slice(&self.element, self.is_exclusive, ts);
    }
}
