//! Types that cross in no form, each with a way out.

use syn::Type;

use super::{ArgumentForm, Parsed, ResultForm, callback};
use crate::errors;
use crate::syntax::{is_unit, named, plain, sole_argument_of};

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    let error = match plain(ty) {
        Type::Reference(reference) => match plain(&reference.elem) {
            Type::ImplTrait(written) => errors::impl_trait(written),
            Type::TraitObject(written) => errors::trait_object(written),
            Type::Reference(_) => errors::reference_to_reference(ty),
            _ => return None,
        },
        Type::Path(_) if is_result(ty) => errors::result_argument(ty),
        Type::Path(_) if is_clamped(ty) => errors::clamped(ty),
        _ if is_unit(ty) => errors::unit_argument(ty),
        other => errors::unusual(other)?,
    };
    Some(Err(error))
}

pub fn result(ty: &Type) -> Parsed<dyn ResultForm> {
    let error = match plain(ty) {
        Type::Reference(reference) => {
            let is_str = matches!(plain(&reference.elem), Type::Path(path) if path.path.is_ident("str"));
            if is_str {
                return None;
            }
            errors::returned_reference(ty)
        }
        Type::Path(_) if is_result(ty) => errors::nested_result(ty),
        Type::Path(_) if is_clamped(ty) => errors::clamped(ty),
        Type::Path(_) if callback::is_borrowed(ty) => errors::returned_object(ty),
        Type::Never(_) => errors::never(ty),
        other => errors::unusual(other)?,
    };
    Some(Err(error))
}

/// True for `Clamped<u8>`, which is an element of buffers.
fn is_clamped(ty: &Type) -> bool {
    // wasm-bindgen's `Clamped<Vec<u8>>` crosses as a value.
    sole_argument_of(ty, "Clamped").is_some_and(|inner| sole_argument_of(inner, "Vec").is_none())
}

/// True for `Result<…>`. A plain `Result` is the user's alias, and the macro does not know what it is.
fn is_result(ty: &Type) -> bool {
    named(ty).is_some_and(|segment| segment.ident == "Result" && !segment.arguments.is_none())
}
