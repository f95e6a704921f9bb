//! Which type a type's tokens name. `expand::rust` has the compiler check that they really do.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

use crate::errors;
use crate::model::{ArgumentType, Element, ResultKind, Scalar};

pub fn argument(ty: &Type) -> syn::Result<ArgumentType> {
    match plain(ty) {
        Type::Reference(reference) => match plain(&reference.elem) {
            Type::Slice(slice) => {
                let element = element(&slice.elem)?;
                Ok(if reference.mutability.is_some() {
                    ArgumentType::Exclusive(element)
                } else {
                    ArgumentType::Shared(element)
                })
            }
            Type::ImplTrait(written) => Err(errors::impl_trait(written)),
            _ => Err(errors::argument_type(ty)),
        },
        Type::ImplTrait(written) => Err(errors::impl_trait(written)),
        Type::Path(_) => match named(ty) {
            Some(Named::Scalar(scalar)) => Ok(ArgumentType::Scalar(scalar)),
            Some(Named::Generic(Container::Buffer, inner)) => Ok(ArgumentType::Keep(element(inner)?)),
            Some(Named::Generic(Container::BufferMut, inner)) => Ok(ArgumentType::Take(element(inner)?)),
            Some(Named::Generic(Container::Vec, inner)) => Ok(ArgumentType::TakeVec(element(inner)?)),
            None => Err(errors::argument_type(ty)),
        },
        _ => Err(errors::argument_type(ty)),
    }
}

pub fn result(ty: &Type) -> syn::Result<ResultKind> {
    match plain(ty) {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Ok(ResultKind::Unit),
        Type::Reference(_) => Err(errors::returned_reference(ty)),
        Type::ImplTrait(written) => Err(errors::impl_trait(written)),
        Type::Path(_) => match named(ty) {
            Some(Named::Scalar(scalar)) => Ok(ResultKind::Scalar(scalar)),
            Some(Named::Generic(Container::Buffer, inner)) => Ok(ResultKind::ReadOnly(element(inner)?)),
            Some(Named::Generic(Container::BufferMut, inner)) => Ok(ResultKind::Mutable(element(inner)?)),
            Some(Named::Generic(Container::Vec, inner)) => Ok(ResultKind::Copied(element(inner)?)),
            None => Err(errors::result_type(ty)),
        },
        _ => Err(errors::result_type(ty)),
    }
}

/// The element type inside a slice or container, as the user wrote it.
pub fn written_element(ty: &Type) -> Option<&Type> {
    match plain(ty) {
        Type::Reference(reference) => match plain(&reference.elem) {
            Type::Slice(slice) => Some(&slice.elem),
            _ => None,
        },
        _ => None,
    }
}

fn element(ty: &Type) -> syn::Result<Element> {
    let name = match plain(ty) {
        Type::Path(path) => path.path.segments.last().map(|segment| match sole_argument(segment) {
            Some(inner) => format!("{}<{}>", segment.ident, errors::show(plain(inner))),
            None => segment.ident.to_string(),
        }),
        _ => None,
    };
    name.and_then(|name| Element::named(&name)).ok_or_else(|| errors::element_type(ty))
}

enum Container {
    Buffer,
    BufferMut,
    Vec,
}

enum Named<'a> {
    Scalar(Scalar),
    Generic(Container, &'a Type),
}

fn named(ty: &Type) -> Option<Named<'_>> {
    let Type::Path(path) = plain(ty) else { return None };
    if path.qself.is_some() {
        return None;
    }
    let segment = path.path.segments.last()?;
    let name = segment.ident.to_string();
    if matches!(segment.arguments, PathArguments::None) {
        return Scalar::named(&name).map(Named::Scalar);
    }
    let container = match name.as_str() {
        "Buffer" => Container::Buffer,
        "BufferMut" => Container::BufferMut,
        "Vec" => Container::Vec,
        _ => return None,
    };
    Some(Named::Generic(container, sole_argument(segment)?))
}

fn sole_argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match (arguments.args.first(), arguments.args.len()) {
        (Some(GenericArgument::Type(ty)), 1) => Some(ty),
        _ => None,
    }
}

/// The type without parentheses, or the invisible group that a `macro_rules!` fragment comes in.
fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => plain(&group.elem),
        Type::Paren(paren) => plain(&paren.elem),
        other => other,
    }
}
