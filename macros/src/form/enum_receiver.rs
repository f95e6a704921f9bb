//! `self` of a function of an enum: the first argument, which crosses as any value of the enum does.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::value::Value;
use super::{Argument, ArgumentForm, Crossing, InJob, Site};
use crate::typescript::TypeScript;

pub struct EnumReceiver {
    by_reference: bool,
}

impl EnumReceiver {
    /// The argument that stands for it.
    pub fn argument(by_reference: bool, ident: &Ident) -> Argument {
        let written: Type = syn::parse_quote!(#ident);
        Argument {
            // No parameter can have this name.
            ident: Ident::new("self", ident.span()),
            name: "self".to_owned(),
            form: Box::new(EnumReceiver { by_reference }),
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

impl ArgumentForm for EnumReceiver {
    fn crossing(&self) -> Crossing {
        Value.crossing()
    }

    fn conversion(&self, site: &Site<'_>) -> Option<TokenStream> {
        Value.conversion(site)
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let value = Value.passed(site);
        if self.by_reference { quote!(&#value) } else { value }
    }

    fn type_of(&self, argument: &Argument, ts: &mut TypeScript) {
        Value.type_of(argument, ts);
    }
}
