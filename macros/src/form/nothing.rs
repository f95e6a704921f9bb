//! `()` as a result.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::value::Value;
use super::{Parsed, ResultCrossing, ResultForm, ResultSite};
use crate::syntax::is_unit;
use crate::typescript::TypeScript;

pub struct Nothing;

pub fn result(ty: &Type) -> Parsed<dyn ResultForm> {
    is_unit(ty).then(|| Ok(Box::new(Nothing) as _))
}

impl ResultForm for Nothing {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Number
    }

    fn is_nothing(&self) -> bool {
        true
    }

    // `Option<()>` is `undefined` either way.
    fn within_option(&self) -> Option<Box<dyn ResultForm>> {
        Some(Box::new(Value))
    }

    fn direct(&self) -> Option<String> {
        Some("()".to_owned())
    }

    fn rust_type(&self, _written: Option<&Type>) -> TokenStream {
        quote!(())
    }

    fn checked(&self) -> Option<&'static str> {
        Some("$checked")
    }

    fn made(&self, _raw: &str, _site: &ResultSite<'_>) -> Option<String> {
        None
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        ts.text("void");
    }
}
