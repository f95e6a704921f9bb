//! `self`: the instance that a method is called on, which JavaScript has as `this`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::{Access, Argument, ArgumentForm, Crossing, InJob, Site};
use crate::syntax::referent;
use crate::typescript::TypeScript;

pub struct Receiver(Access);

impl Receiver {
    /// The argument that stands for it.
    pub fn argument(access: Access, class: &Ident) -> Argument {
        let written: Type = match access {
            Access::Shared => syn::parse_quote!(&#class),
            Access::Exclusive => syn::parse_quote!(&mut #class),
            Access::Owned => syn::parse_quote!(#class),
        };
        Argument {
            // No parameter can have this name.
            ident: Ident::new("self", class.span()),
            name: "this".to_owned(),
            form: Box::new(Receiver(access)),
            option: false,
            default: None,
            ts: None,
            is_coerced: false,
            in_job: InJob::Held,
            inner: written.clone(),
            written,
        }
    }
}

impl ArgumentForm for Receiver {
    fn crossing(&self) -> Crossing {
        Crossing::Handle
    }

    fn is_taken(&self) -> bool {
        self.0 == Access::Owned
    }

    fn receiver(&self) -> Option<Access> {
        Some(self.0)
    }

    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        let (local, class, call_site) = (site.local(), referent(&site.argument.inner), site.call_site());
        let (acquire, mutability) = match self.0 {
            Access::Shared => (quote!(shared_instance), None),
            Access::Exclusive => (quote!(exclusive_instance), Some(quote!(mut))),
            Access::Owned => (quote!(take_instance), None),
        };
        Some(quote!(let #mutability #local = __lend::#acquire::<#class>(#local, #call_site)?;))
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let local = site.local();
        match self.0 {
            Access::Shared => quote!(&#local),
            Access::Exclusive => quote!(&mut #local),
            Access::Owned => quote!(#local.into_value()),
        }
    }

    // Only the class itself can see the handle.
    fn handle(&self, _argument: &Argument, place: &str) -> String {
        format!("of$$(this) || $noInstance(this, class$$, {place})")
    }

    // It is no parameter in JavaScript.
    fn type_of(&self, _argument: &Argument, _ts: &mut TypeScript) {}
}
