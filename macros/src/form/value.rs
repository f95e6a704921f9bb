//! All other types: converted by their `FromJs` and `IntoJs`, or by wasm-bindgen's traits; instances of classes by value.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::nested::within;
use super::{Argument, ArgumentForm, Crossing, InJob, Parsed, ResultCrossing, ResultForm, ResultSite, Site};
use crate::syntax::{last_segment, named, plain, sole_argument_of, unwrapped};
use crate::typescript::{Direction, TypeScript};

pub struct Value;

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    may_be_value(ty).then(|| within(ty).map(|()| Box::new(Value) as _))
}

pub fn result(ty: &Type) -> Parsed<dyn ResultForm> {
    may_be_value(ty).then(|| within(ty).map(|()| Box::new(Value) as _))
}

/// Types that are no `Result` by another name.
const NO_RESULTS: [&str; 8] = ["Vec", "Option", "Box", "Serde", "Iter", "AsyncIter", "Clamped", "JsValue"];

fn may_be_value(ty: &Type) -> bool {
    matches!(plain(ty), Type::Path(_) | Type::Tuple(_) | Type::Array(_))
}

impl ArgumentForm for Value {
    fn crossing(&self) -> Crossing {
        Crossing::Value
    }

    // The trait of the whole type converts `undefined`.
    fn includes_option(&self) -> bool {
        true
    }

    fn is_signal(&self, written: &Type) -> bool {
        last_segment(unwrapped(written)).is_some_and(|last| last.ident == "AbortSignal")
    }

    fn into_job(self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        Some((self, InJob::Taken))
    }

    fn conversion(&self, site: &Site<'_>) -> Option<TokenStream> {
        let (local, position, call_site) = (site.local(), site.position(), site.call_site());
        let (inner, span) = (&site.argument.inner, site.argument.written.span());
        // The shim's own name: it has no span of the type.
        let call = quote!(__lend_call);
        // Autoref specialization: `use dispatch::*` has the traits, and this reference has the most specific of them.
        let converted = quote_spanned! {span=>
            #call.read(__lend::converted((&&&&&&&&__lend::Probe::<#inner>::at(#call_site)).__lend_from_js(#local), #position))?
        };
        Some(match &site.argument.default {
            Some(default) => {
                let default = quote!(__lend::Held::ready(#default));
                quote!(let #local = if __lend::is_absent(&#local) { #default } else { #converted };)
            }
            None => quote!(let #local = #converted;),
        })
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let local = site.local();
        quote!(__lend::IntoArgument::get(#local))
    }

    fn type_of(&self, argument: &Argument, ts: &mut TypeScript) {
        ts.value(&argument.inner, Direction::In);
    }

    fn rest(&self, argument: &Argument) -> Option<TypeScript> {
        let element = sole_argument_of(&argument.written, "Vec")?;
        let mut ts = TypeScript::default();
        ts.array_of(element, Direction::In);
        Some(ts)
    }

    fn typescript(&self, argument: &Argument, absent: &str, ts: &mut TypeScript) {
        let inner = sole_argument_of(&argument.inner, "Option");
        ts.value(inner.unwrap_or(&argument.inner), Direction::In);
        if inner.is_some() {
            ts.text(absent);
        }
        if argument.may_be_absent() {
            ts.text(absent);
        }
    }
}

impl ResultForm for Value {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Value
    }

    fn includes_option(&self) -> bool {
        true
    }

    fn rust_type(&self, written: Option<&Type>) -> TokenStream {
        quote!(#written)
    }

    fn is_assumed(&self) -> bool {
        false
    }

    fn may_be_result(&self, written: &Type) -> bool {
        named(written).is_some_and(|last| !NO_RESULTS.contains(&last.ident.to_string().as_str()))
    }

    fn raw_value(&self, local: &Ident, ty: &TokenStream, _option: bool) -> TokenStream {
        let span = local.span();
        quote_spanned!(span=> __lend::give((&&&__lend::Probe::<#ty>::NEW).__lend_into_js(#local)))
    }

    fn raw(&self, _ty: &TokenStream) -> TokenStream {
        quote!(())
    }

    fn made(&self, _raw: &str, _site: &ResultSite<'_>) -> Option<String> {
        Some("$value()".to_owned())
    }

    fn typescript(&self, written: Option<&Type>, ts: &mut TypeScript) {
        if let Some(written) = written {
            ts.value(written, Direction::Out);
        }
    }
}
