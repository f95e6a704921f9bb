//! The arrays and views of ndarray, by their names.

use syn::{PathArguments, Type};

use super::Access;
use crate::syntax::{last_argument, last_segment, named, type_arguments};

/// `ArrayView2<T>`, `ArrayViewMutD<T>`, `Array<T, Ix2>` and so on: how the function has the elements, and their type.
pub fn array(ty: &Type) -> Option<(Access, &Type)> {
    let segment = named(ty)?;
    let name = segment.ident.to_string();
    let (access, axes) = match name.strip_prefix("Array")? {
        rest if rest.starts_with("ViewMut") => (Access::Exclusive, &rest[7..]),
        rest if rest.starts_with("View") => (Access::Shared, &rest[4..]),
        rest => (Access::Owned, rest),
    };
    let types = type_arguments(segment);
    let (element, has_dimension) = (*types.first()?, types.len() > 1);
    // A name without a number of axes must have a dimension as its second parameter. Otherwise it is somebody else's `Array`.
    let is_named = matches!(axes, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "D");
    (is_named && !has_dimension || axes.is_empty() && has_dimension).then_some((access, element))
}

/// True if a plain typed array, which has one axis, may stand in for it.
pub fn may_be_plain(ty: &Type) -> bool {
    let Some(segment) = last_segment(ty) else { return false };
    let name = segment.ident.to_string();
    let dimension = match &segment.arguments {
        PathArguments::AngleBracketed(_) => last_argument(segment).and_then(last_segment),
        _ => None,
    };
    name.ends_with(['1', 'D']) || dimension.is_some_and(|last| last.ident == "Ix1" || last.ident == "IxDyn")
}

/// The end of a parameter's code: `/` and the number of axes, if the type says it.
pub fn code_of_axes(ty: &Type) -> String {
    let segment = last_segment(ty);
    let dimension = segment.map(type_arguments).and_then(|types| last_segment(types.get(1)?));
    let digit = match dimension.map(|dimension| dimension.ident.to_string()) {
        Some(name) => {
            name.strip_prefix("Ix").filter(|rest| rest.len() == 1).and_then(|rest| rest.chars().next())
        }
        None => segment.and_then(|segment| segment.ident.to_string().chars().next_back()),
    };
    format!("/{}", digit.filter(char::is_ascii_digit).map(String::from).unwrap_or_default())
}
