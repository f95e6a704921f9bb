//! `Callback` and `Function`: functions of JavaScript that Rust calls.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::{Argument, ArgumentForm, Crossing, Earlier, Parsed, Site, object};
use crate::errors;
use crate::syntax::{named, plain, type_arguments};
use crate::typescript::TypeScript;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Callable {
    /// `Callback<'_, Parameters, Result>`
    Callback,
    /// `Function<Parameters, Result>`
    Function,
}

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    callable(ty).map(|callable| Ok(Box::new(callable) as _))
}

/// True if the type is a callback that is borrowed for a call.
pub fn is_borrowed(ty: &Type) -> bool {
    callable(ty) == Some(Callable::Callback)
}

fn callable(ty: &Type) -> Option<Callable> {
    let segment = named(ty)?;
    // The parameters stand in a tuple: js-sys has a `Function` too.
    let first = type_arguments(segment).first().copied().map(plain);
    if !matches!(first, Some(Type::Tuple(_))) {
        return None;
    }
    match segment.ident.to_string().as_str() {
        "Callback" => Some(Callable::Callback),
        "Function" => Some(Callable::Function),
        _ => None,
    }
}

impl Callable {
    fn is_owned(self) -> bool {
        self == Callable::Function
    }
}

impl ArgumentForm for Callable {
    fn crossing(&self) -> Crossing {
        Crossing::Object { is_owned: self.is_owned() }
    }

    fn code(&self, _written: &Type) -> String {
        "f".to_owned()
    }

    fn across_await(&self, argument: &Argument) -> Option<syn::Error> {
        (!self.is_owned()).then(|| errors::reference_across_await(&argument.written, &quote!(Function)))
    }

    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        Some(object::guard(site, self.is_owned()))
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let value = object::passed(site);
        let class = if self.is_owned() { quote!(Function) } else { quote!(Callback) };
        let (path, position, span) = (site.path, site.position(), site.argument.written.span());
        if site.argument.may_be_absent() {
            quote_spanned!(span=> #value.map(|object| __lend::#class::from_argument(object, #path, #position)))
        } else {
            quote_spanned!(span=> __lend::#class::from_argument(#value, #path, #position))
        }
    }

    fn test(&self, name: &str) -> Option<String> {
        Some(format!("typeof {name} === 'function'"))
    }

    fn raw(&self, argument: &Argument, earlier: &mut Earlier) -> Vec<String> {
        vec![object::raw(argument, self.is_owned(), earlier)]
    }

    fn type_of(&self, argument: &Argument, ts: &mut TypeScript) {
        let has_brackets = argument.may_be_absent();
        ts.text(if has_brackets { "(" } else { "" });
        ts.callback(&argument.inner);
        ts.text(if has_brackets { ")" } else { "" });
    }
}
