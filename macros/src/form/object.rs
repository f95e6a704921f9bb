//! `JsRef` and `JsObject`: any JavaScript value, as an index into the object table.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{PathArguments, Type};

use super::{
    Argument, ArgumentForm, Crossing, Direct, Earlier, Parsed, ResultCrossing, ResultForm, ResultSite, Site,
};
use crate::errors;
use crate::syntax::named;
use crate::typescript::TypeScript;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Object {
    /// `JsRef<'_>`
    Borrowed,
    /// `JsObject`
    Owned,
}

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    object(ty).map(|object| Ok(Box::new(object) as _))
}

pub fn result(ty: &Type) -> Parsed<dyn ResultForm> {
    match object(ty)? {
        Object::Owned => Some(Ok(Box::new(Object::Owned))),
        Object::Borrowed => Some(Err(errors::returned_object(ty))),
    }
}

fn object(ty: &Type) -> Option<Object> {
    let segment = named(ty)?;
    match segment.ident.to_string().as_str() {
        "JsRef" => Some(Object::Borrowed),
        "JsObject" if matches!(segment.arguments, PathArguments::None) => Some(Object::Owned),
        _ => None,
    }
}

/// The guard of an argument that crosses as an index.
pub fn guard(site: &Site<'_>, is_owned: bool) -> TokenStream {
    let local = site.local();
    let take = if is_owned { quote!(owned_object) } else { quote!(borrowed_object) };
    quote!(let #local = __lend::#take(#local);)
}

/// The object of the guard.
pub fn passed(site: &Site<'_>) -> TokenStream {
    let local = site.local();
    if site.argument.may_be_absent() { quote!(#local.optional()) } else { quote!(#local.object()) }
}

/// The raw index. The shim pushes a borrowed object itself, because a call of the runtime would cost more than the call of wasm.
pub fn raw(argument: &Argument, is_owned: bool, earlier: &Earlier) -> String {
    let (name, local) = (&argument.name, format!("{}$", argument.name));
    match is_owned {
        true if earlier.owns_one_object => local,
        true => format!("{local} = $ownEarly({name})"),
        // An absent one needs no place.
        false if argument.may_be_absent() => format!("{local} = {name} == null ? 0 : -$stack.push({name})"),
        false => format!("{local} = -$stack.push({name})"),
    }
}

impl ArgumentForm for Object {
    fn crossing(&self) -> Crossing {
        Crossing::Object { is_owned: *self == Object::Owned }
    }

    fn across_await(&self, argument: &Argument) -> Option<syn::Error> {
        (*self == Object::Borrowed)
            .then(|| errors::reference_across_await(&argument.written, &quote!(JsObject)))
    }

    fn direct(&self) -> Option<Direct> {
        let (signature, ty) = match self {
            Object::Borrowed => ("JsRef", quote!(__lend::JsRef<'_>)),
            Object::Owned => ("JsObject", quote!(__lend::JsObject)),
        };
        Some(Direct { signature: signature.to_owned(), ty })
    }

    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        Some(guard(site, *self == Object::Owned))
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        passed(site)
    }

    fn raw(&self, argument: &Argument, earlier: &mut Earlier) -> Vec<String> {
        vec![raw(argument, *self == Object::Owned, earlier)]
    }

    fn type_of(&self, _argument: &Argument, ts: &mut TypeScript) {
        ts.text("any");
    }

    // `any` has `undefined` in it.
    fn typescript(&self, argument: &Argument, _absent: &str, ts: &mut TypeScript) {
        self.type_of(argument, ts);
    }
}

impl ResultForm for Object {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Object
    }

    fn direct(&self) -> Option<String> {
        Some("JsObject".to_owned())
    }

    fn rust_type(&self, _written: Option<&Type>) -> TokenStream {
        quote!(__lend::JsObject)
    }

    // The shim has fetched it from the table right after the call.
    fn made(&self, raw: &str, _site: &ResultSite<'_>) -> Option<String> {
        Some(raw.to_owned())
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        ts.text("any");
    }
}
