//! Instances of classes: `&T` and `&mut T` as arguments, and a method's own class as its result.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Type};

use super::{
    Argument, ArgumentForm, Crossing, Earlier, InJob, Parsed, ResultCrossing, ResultForm, ResultSite, Site,
};
use crate::errors;
use crate::syntax::{path, plain, referent, sole_argument_of};
use crate::typescript::{Direction, TypeScript};

/// `&T` and `&mut T` of a named type.
struct Reference {
    is_exclusive: bool,
}

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    let Type::Reference(reference) = plain(ty) else { return None };
    path(&reference.elem)?.path.segments.last()?;
    Some(Ok(Box::new(Reference { is_exclusive: reference.mutability.is_some() })))
}

impl Reference {
    /// The method that autoref specialization looks up, with the span of the type.
    fn method(&self, step: &str, site: &Site<'_>) -> Ident {
        let optional = if site.argument.option { "_optional" } else { "" };
        let mutable = if self.is_exclusive { "_mut" } else { "" };
        Ident::new(&format!("__lend_{step}{optional}{mutable}"), site.argument.written.span())
    }
}

impl ArgumentForm for Reference {
    // A struct of `#[wasm_bindgen]` crosses as a value, and a class of JavaScript too.
    fn crossing(&self) -> Crossing {
        Crossing::Value
    }

    fn refuses_default(&self, default: &Expr) -> Option<syn::Error> {
        Some(errors::default_of_reference(default))
    }

    fn across_await(&self, argument: &Argument) -> Option<syn::Error> {
        Some(errors::reference_across_await(&argument.written, referent(&argument.inner)))
    }

    fn into_job(self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        Some((self, InJob::Held))
    }

    fn class<'a>(&self, written: &'a Type) -> Option<&'a Type> {
        Some(referent(written))
    }

    fn parameters(&self, site: &Site<'_>) -> Vec<(Ident, TokenStream)> {
        vec![(site.local(), quote!(__lend::Handle))]
    }

    // An exported struct is borrowed by its handle. Any other type has no handle, and crosses as a value.
    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        let (local, held, span) = (site.local(), site.held(), site.argument.written.span());
        let (referent, call_site) = (referent(&site.argument.inner), site.call_site());
        let hold = self.method("hold", site);
        Some(
            quote_spanned!(span=> let #held = (&&&__lend::Probe::<#referent>::at(#call_site)).#hold(#local)?;),
        )
    }

    fn conversion(&self, site: &Site<'_>) -> Option<TokenStream> {
        let (local, held, value, position) = (site.local(), site.held(), site.value(), site.position());
        let (referent, call_site) = (referent(&site.argument.inner), site.call_site());
        let span = site.argument.written.span();
        // The shim's own name: it has no span of the type.
        let call = quote!(__lend_call);
        let borrow = self.method("borrow", site);
        let mutable = self.is_exclusive.then(|| quote!(mut));
        let borrowed = quote_spanned!(span=>
            #call.read((&&&__lend::Probe::<#referent>::at(#call_site)).#borrow(#held, &#value))?
        );
        Some(quote! {
            #call.converting(#position);
            let #mutable #local = #borrowed;
        })
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let local = site.local();
        match (self.is_exclusive, site.argument.option) {
            (false, true) => quote!(#local.as_ref().map(|guard| &**guard)),
            (false, false) => quote!(&*#local),
            (true, true) => quote!(#local.as_deref_mut()),
            (true, false) => quote!(&mut *#local),
        }
    }

    fn raw(&self, argument: &Argument, _earlier: &mut Earlier) -> Vec<String> {
        vec![format!("{}$", argument.name)]
    }

    fn type_of(&self, argument: &Argument, ts: &mut TypeScript) {
        ts.value(referent(&argument.inner), Direction::In);
    }
}

/// An instance of the method's own class, which has this name in JavaScript.
struct OwnClass(String);

/// The form of a result that is an instance of the class, and whether it is in an `Option`.
pub fn parse_result(ty: &Type, class: &Ident, name: &str) -> Option<(Box<dyn ResultForm>, bool)> {
    let (inner, option) = match sole_argument_of(ty, "Option") {
        Some(inner) => (inner, true),
        None => (ty, false),
    };
    path(inner)?.path.is_ident(class).then(|| (Box::new(OwnClass(name.to_owned())) as _, option))
}

impl ResultForm for OwnClass {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Handle
    }

    fn is_own_class(&self) -> bool {
        true
    }

    fn rust_type(&self, written: Option<&Type>) -> TokenStream {
        quote!(#written)
    }

    // The written type has its `Option`.
    fn whole_type(&self, written: Option<&Type>, _option: bool) -> TokenStream {
        self.rust_type(written)
    }

    fn is_assumed(&self) -> bool {
        false
    }

    fn raw_value(&self, local: &Ident, _ty: &TokenStream, option: bool) -> TokenStream {
        if option {
            quote!(#local.map_or(__lend::Ok(0), __lend::into_handle))
        } else {
            quote!(__lend::into_handle(#local))
        }
    }

    fn raw(&self, _ty: &TokenStream) -> TokenStream {
        quote!(__lend::Handle)
    }

    fn made(&self, raw: &str, site: &ResultSite<'_>) -> Option<String> {
        Some(if site.is_constructor { format!("{raw} >>> 0") } else { site.call("make$$", raw, &[]) })
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        ts.text(&self.0);
    }
}
