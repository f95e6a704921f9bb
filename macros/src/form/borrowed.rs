//! Results that lie in the instance's memory: a method's `&[T]`, `&mut [T]` and `&str`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::{ResultCrossing, ResultForm, ResultSite, container, element, text};
use crate::errors;
use crate::numbers::Element;
use crate::syntax::{plain, sole_argument_of};
use crate::typescript::TypeScript;

/// A slice: the instance stays borrowed as long as JavaScript has the buffer.
struct Slice {
    element: Element,
    is_exclusive: bool,
}

/// A string, which is copied.
struct Str;

/// The form of a method's result that is a reference, and whether it is in an `Option`. `None` for all other types.
pub fn parse(ty: &Type) -> Option<syn::Result<(Box<dyn ResultForm>, bool)>> {
    let (inner, option) = match sole_argument_of(ty, "Option") {
        Some(inner) => (inner, true),
        None => (ty, false),
    };
    let Type::Reference(reference) = plain(inner) else { return None };
    Some(match plain(&reference.elem) {
        Type::Path(path) if path.path.is_ident("str") => Ok((Box::new(Str), option)),
        Type::Slice(slice) => element(&slice.elem).map(|element| {
            let is_exclusive = reference.mutability.is_some();
            (Box::new(Slice { element, is_exclusive }) as _, option)
        }),
        _ => Err(errors::returned_from_method(ty)),
    })
}

/// The form of a `&str`, and whether it is in an `Option`. `None` for all other types.
pub fn text(ty: &Type) -> Option<(Box<dyn ResultForm>, bool)> {
    let (inner, option) = match sole_argument_of(ty, "Option") {
        Some(inner) => (inner, true),
        None => (ty, false),
    };
    let Type::Reference(reference) = plain(inner) else { return None };
    let is_str = matches!(plain(&reference.elem), Type::Path(path) if path.path.is_ident("str"));
    is_str.then(|| (Box::new(Str) as _, option))
}

impl ResultForm for Slice {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Handle
    }

    fn element(&self) -> Option<&Element> {
        Some(&self.element)
    }

    // The written type has a lifetime, which has a name inside the `impl` block only.
    fn rust_type(&self, _written: Option<&Type>) -> TokenStream {
        container("Buffer", &self.element)
    }

    fn is_assumed(&self) -> bool {
        false
    }

    fn lends(&self) -> Option<&'static str> {
        Some(if self.is_exclusive { "borrowed_result_mut" } else { "borrowed_result" })
    }

    fn raw(&self, _ty: &TokenStream) -> TokenStream {
        quote!(__lend::Handle)
    }

    fn made(&self, raw: &str, site: &ResultSite<'_>) -> Option<String> {
        let make = if self.is_exclusive { "$mutable" } else { "$readOnly" };
        Some(site.call(make, raw, &[site.tag?]))
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        ts.of(if self.is_exclusive { "MutableBuffer" } else { "ReadOnlyBuffer" }, &self.element);
    }
}

impl ResultForm for Str {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Text
    }

    fn rust_type(&self, _written: Option<&Type>) -> TokenStream {
        quote!(__lend::String)
    }

    fn is_assumed(&self) -> bool {
        false
    }

    // It is copied while the instance is borrowed.
    fn value(&self, returned: TokenStream, option: bool) -> TokenStream {
        if option {
            quote!((#returned).map(__lend::String::from))
        } else {
            quote!(__lend::String::from(#returned))
        }
    }

    fn made(&self, raw: &str, site: &ResultSite<'_>) -> Option<String> {
        Some(text::string(raw, site))
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        ts.text("string");
    }
}
