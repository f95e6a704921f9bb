//! `&[T; N]` and `&mut [T; N]`: a slice of a length that is known, borrowed for the call.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, Type};

use super::slice::{Borrow, held};
use super::{Access, Argument, ArgumentForm, Crossing, InJob, Parsed, Plain, Site, element, element_type};
use crate::errors;
use crate::numbers::Element;
use crate::syntax::plain;
use crate::typescript::TypeScript;

struct FixedArray {
    borrow: Borrow,
    length: Expr,
}

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    let Type::Reference(reference) = plain(ty) else { return None };
    let Type::Array(array) = plain(&reference.elem) else { return None };
    let (length, is_exclusive) = (array.len.clone(), reference.mutability.is_some());
    Some(element(&array.elem).map(|element| {
        let borrow = Borrow { element, is_exclusive, is_sent: false };
        Box::new(FixedArray { borrow, length }) as _
    }))
}

impl FixedArray {
    fn array_type(&self) -> TokenStream {
        let (element, length) = (element_type(&self.borrow.element), &self.length);
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
        format!("{}*{length}", self.borrow.code())
    }

    fn element(&self) -> Option<&Element> {
        Some(&self.borrow.element)
    }

    fn slice(&self) -> Option<Access> {
        Some(self.borrow.access())
    }

    fn across_await(&self, argument: &Argument) -> Option<syn::Error> {
        Some(errors::borrowed_across_await(&argument.written))
    }

    fn into_job(mut self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        self.borrow.is_sent = true;
        Some((self, InJob::Held))
    }

    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        let (local, position, array) = (site.local(), site.position(), self.array_type());
        let acquire = if self.borrow.is_exclusive { quote!(exclusive_array) } else { quote!(shared_array) };
        let guard = self.borrow.kept(quote!(__lend::#acquire::<#array>(#local, #position)?), position);
        Some(held(site, self.borrow.is_exclusive, &guard))
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        self.borrow.referenced(site)
    }

    fn lend(&self, plain: &Plain<'_>) -> Option<String> {
        Some(self.borrow.copied(plain))
    }

    fn end(&self, name: &str) -> Option<String> {
        self.borrow.end(name)
    }

    fn type_of(&self, _argument: &Argument, ts: &mut TypeScript) {
        self.borrow.type_of(ts);
    }
}
