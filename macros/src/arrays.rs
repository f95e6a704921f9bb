//! The arrays and views of ndarray, by their names.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

use crate::types::plain;

#[derive(Clone, Copy)]
pub enum Access {
    Shared,
    Exclusive,
    Owned,
}

/// `ArrayView2<T>`, `ArrayViewMutD<T>`, `Array<T, Ix2>` and so on: how it has its elements, and their type.
pub fn array(segment: &PathSegment) -> Option<(Access, &Type)> {
    let name = segment.ident.to_string();
    let (access, axes) = match name.strip_prefix("Array")? {
        rest if rest.starts_with("ViewMut") => (Access::Exclusive, &rest[7..]),
        rest if rest.starts_with("View") => (Access::Shared, &rest[4..]),
        rest => (Access::Owned, rest),
    };
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let element = types.next()?;
    // Those without a number of axes in the name have a dimension, which tells them from others of that name.
    let has_dimension = types.next().is_some();
    let is_named = matches!(axes, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "D");
    (is_named && !has_dimension || axes.is_empty() && has_dimension).then_some((access, element))
}

/// True if the type is an array or view of ndarray's.
pub fn is_array(ty: &Type) -> bool {
    let Type::Path(path) = plain(ty) else { return false };
    path.path.segments.last().is_some_and(|segment| array(segment).is_some())
}

/// True if a plain typed array, which has one axis, may stand in for it.
pub fn may_be_plain(ty: &Type) -> bool {
    let Type::Path(path) = plain(ty) else { return false };
    let Some(segment) = path.path.segments.last() else { return false };
    let name = segment.ident.to_string();
    let dimension = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.last() {
            Some(GenericArgument::Type(Type::Path(last))) => last.path.segments.last(),
            _ => None,
        },
        _ => None,
    };
    name.ends_with(['1', 'D']) || dimension.is_some_and(|last| last.ident == "Ix1" || last.ident == "IxDyn")
}
