//! Which type a type's tokens name. `expand::rust` has the compiler check that they really do.

use syn::{GenericArgument, PathArguments, PathSegment, Type, TypePath};

use crate::arrays::{self, Access};
use crate::errors;
use crate::inside::{mutable_buffer_within, within};
use crate::model::{ArgumentType, Element, Object, ResultKind, Scalar, Text};

/// What an argument is, whether in an `Option`, and its type within that.
pub fn argument(ty: &Type) -> syn::Result<(ArgumentType, bool, &Type)> {
    if let Some(inner) = sole_argument_of(ty, "Option") {
        if is_option(inner) {
            return Err(errors::nested_option(ty));
        }
        let kind = required_argument(inner)?;
        // For a value the trait of the whole says what is absent.
        return Ok(if matches!(kind, ArgumentType::Value) { (kind, false, ty) } else { (kind, true, inner) });
    }
    Ok((required_argument(ty)?, false, ty))
}

fn required_argument(ty: &Type) -> syn::Result<ArgumentType> {
    match plain(ty) {
        Type::Reference(reference) => {
            let exclusive = reference.mutability.is_some();
            match plain(&reference.elem) {
                Type::Slice(slice) => {
                    let element = element(&slice.elem)?;
                    Ok(if exclusive {
                        ArgumentType::Exclusive(element)
                    } else {
                        ArgumentType::Shared(element)
                    })
                }
                Type::ImplTrait(written) => Err(errors::impl_trait(written)),
                Type::TraitObject(written) => Err(errors::trait_object(written)),
                Type::Reference(_) => Err(errors::reference_to_reference(ty)),
                Type::Array(array) => Err(errors::reference_to_array(ty, &array.elem)),
                Type::Path(path) => referenced(ty, path, exclusive),
                _ => Err(errors::argument_type(ty)),
            }
        }
        Type::Path(path) => match named(path) {
            Some(Named::Array(Access::Shared, inner)) => Ok(ArgumentType::Shared(element(inner)?)),
            Some(Named::Array(Access::Exclusive, inner)) => Ok(ArgumentType::Exclusive(element(inner)?)),
            Some(Named::Array(Access::Owned, inner)) => Ok(ArgumentType::Take(element(inner)?)),
            Some(Named::Scalar(scalar)) => Ok(ArgumentType::Scalar(scalar)),
            Some(Named::Text(text)) => Ok(ArgumentType::Text(text)),
            Some(Named::Object(object)) => Ok(ArgumentType::Object(object)),
            Some(Named::Buffer(inner)) => Ok(ArgumentType::Keep(element(inner)?)),
            Some(Named::BufferMut(inner)) => Ok(ArgumentType::Take(element(inner)?)),
            Some(Named::Vec(inner)) => match number(inner) {
                Some(element) => Ok(ArgumentType::TakeVec(element)),
                None => value(ty),
            },
            Some(Named::Result) => Err(errors::result_argument(ty)),
            None => value(ty),
        },
        Type::Tuple(tuple) if tuple.elems.is_empty() => Err(errors::unit_argument(ty)),
        Type::Tuple(_) | Type::Array(_) => value(ty),
        other => Err(unusual(other).unwrap_or_else(|| errors::argument_type(ty))),
    }
}

/// An argument that crosses as a value.
fn value(ty: &Type) -> syn::Result<ArgumentType> {
    within(ty)?;
    match mutable_buffer_within(ty) {
        Some(buffer) => Err(errors::mutable_buffer_inside(buffer)),
        None => Ok(ArgumentType::Value),
    }
}

/// `&T` and `&mut T` of a named type.
fn referenced(ty: &Type, path: &TypePath, exclusive: bool) -> syn::Result<ArgumentType> {
    let Some(segment) = path.path.segments.last() else { return Err(errors::argument_type(ty)) };
    let name = segment.ident.to_string();
    match (name.as_str(), exclusive) {
        ("str", false) => Ok(ArgumentType::Text(Text::Borrowed)),
        ("str", true) => Err(errors::exclusive_text(ty)),
        ("String", _) => Err(errors::reference_to_owned(ty, "&str")),
        ("Vec" | "Buffer" | "BufferMut", _) => {
            let element = sole_argument(segment).map_or_else(|| "T".to_owned(), |inner| errors::show(inner));
            let way_out = if exclusive { format!("&mut [{element}]") } else { format!("&[{element}]") };
            Err(errors::reference_to_owned(ty, &way_out))
        }
        (name, _) if Scalar::named(name).is_some() => Err(errors::reference_to_scalar(ty, name)),
        (_, true) => Ok(ArgumentType::ExclusiveReference),
        (_, false) => Ok(ArgumentType::Reference),
    }
}

/// What a result is (without its `Result`), and whether in an `Option`.
pub fn result(ty: &Type) -> syn::Result<(ResultKind, bool)> {
    if let Some(inner) = sole_argument_of(ty, "Option") {
        if is_option(inner) {
            return Err(errors::nested_option(ty));
        }
        let kind = required_result(inner)?;
        return Ok(match kind {
            ResultKind::Value | ResultKind::Unit => (ResultKind::Value, false),
            kind => (kind, true),
        });
    }
    Ok((required_result(ty)?, false))
}

fn required_result(ty: &Type) -> syn::Result<ResultKind> {
    match plain(ty) {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Ok(ResultKind::Unit),
        Type::Reference(reference) => {
            let is_str = matches!(plain(&reference.elem), Type::Path(path) if path.path.is_ident("str"));
            let is_static = reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static");
            match (is_str, is_static) {
                (true, true) => Ok(ResultKind::Text(Text::Borrowed)),
                (true, false) => Err(errors::returned_str(ty)),
                _ => Err(errors::returned_reference(ty)),
            }
        }
        Type::Path(path) => match named(path) {
            Some(Named::Array(Access::Owned, inner)) => Ok(ResultKind::Mutable(element(inner)?)),
            Some(Named::Array(..)) => Err(errors::returned_view(ty)),
            Some(Named::Scalar(scalar)) => Ok(ResultKind::Scalar(scalar)),
            Some(Named::Text(text)) => Ok(ResultKind::Text(text)),
            Some(Named::Buffer(inner)) => Ok(ResultKind::ReadOnly(element(inner)?)),
            Some(Named::BufferMut(inner)) => Ok(ResultKind::Mutable(element(inner)?)),
            Some(Named::Vec(inner)) => match number(inner) {
                Some(element) => Ok(ResultKind::Copied(element)),
                None => within(ty).map(|()| ResultKind::Value),
            },
            Some(Named::Object(Object::Owned)) => Ok(ResultKind::Object),
            Some(Named::Object(Object::Borrowed | Object::Callback)) => Err(errors::returned_object(ty)),
            Some(Named::Result) => Err(errors::nested_result(ty)),
            Some(Named::Object(Object::Function)) | None => {
                within(ty)?;
                Ok(ResultKind::Value)
            }
        },
        Type::Tuple(_) | Type::Array(_) => {
            within(ty)?;
            Ok(ResultKind::Value)
        }
        Type::Never(_) => Err(errors::never(ty)),
        other => Err(unusual(other).unwrap_or_else(|| errors::result_type(ty))),
    }
}

/// True if it is an instance of the class, or else an `Option` of one.
pub fn instance_of(ty: &Type, class: &proc_macro2::Ident) -> Option<bool> {
    let (inner, option) = match sole_argument_of(ty, "Option") {
        Some(inner) => (inner, true),
        None => (ty, false),
    };
    let Type::Path(path) = plain(inner) else { return None };
    (path.path.is_ident(class)).then_some(option)
}

/// The result of a method, which may lend from its instance.
pub fn result_of_method(ty: &Type) -> syn::Result<(ResultKind, bool)> {
    let (inner, option) = match sole_argument_of(ty, "Option") {
        Some(inner) => (inner, true),
        None => (ty, false),
    };
    let Type::Reference(reference) = plain(inner) else { return result(ty) };
    match plain(&reference.elem) {
        Type::Path(path) if path.path.is_ident("str") => Ok((ResultKind::Text(Text::Inside), option)),
        Type::Slice(slice) => {
            let element = element(&slice.elem)?;
            let is_exclusive = reference.mutability.is_some();
            let kind =
                if is_exclusive { ResultKind::InsideMut(element) } else { ResultKind::Inside(element) };
            Ok((kind, option))
        }
        _ => Err(errors::returned_from_method(ty)),
    }
}

/// The `T` of `Result<T, E>`, or of an alias of that name with one parameter.
pub fn ok_of_result(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = plain(ty) else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == "Result")?;
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(ty)) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// The message for a type that is not a path, a reference, a tuple or an array.
pub fn unusual(ty: &Type) -> Option<syn::Error> {
    match ty {
        Type::ImplTrait(written) => Some(errors::impl_trait(written)),
        Type::TraitObject(written) => Some(errors::trait_object(written)),
        Type::FnPtr(written) => Some(errors::function_pointer(written)),
        Type::Ptr(written) => Some(errors::raw_pointer(written)),
        Type::Slice(written) => Some(errors::bare_slice(written)),
        Type::Never(written) => Some(errors::never(written)),
        _ => None,
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

/// What a reference refers to.
pub fn referent(ty: &Type) -> &Type {
    match plain(ty) {
        Type::Reference(reference) => plain(&reference.elem),
        other => other,
    }
}

pub fn is_option(ty: &Type) -> bool {
    sole_argument_of(ty, "Option").is_some()
}

/// An element that is a number, by its name.
pub fn number(ty: &Type) -> Option<Element> {
    let Type::Path(path) = plain(ty) else { return None };
    let segment = path.path.segments.last()?;
    let name = match sole_argument(segment) {
        Some(inner) => format!("{}<{}>", segment.ident, errors::show(plain(inner))),
        None => segment.ident.to_string(),
    };
    Element::number(&name)
}

fn element(ty: &Type) -> syn::Result<Element> {
    if let Some(number) = number(ty) {
        return Ok(number);
    }
    let Type::Path(path) = plain(ty) else { return Err(errors::element_type(ty)) };
    let Some(segment) = path.path.segments.last() else { return Err(errors::element_type(ty)) };
    let name = segment.ident.to_string();
    let way_out = match name.as_str() {
        "usize" => Some("use `u32`, which has the size of `usize` in wasm"),
        "isize" => Some("use `i32`, which has the size of `isize` in wasm"),
        "bool" => Some("use `u8`: JavaScript could write any byte, but a `bool` is 0 or 1"),
        "char" => Some("use `u32`, or a string"),
        "u128" | "i128" => Some("use pairs of `u64`: JavaScript has no array of 128-bit numbers"),
        "String" | "str" => Some("take a `Vec<String>`, which is converted"),
        "JsValue" => Some("take a `Vec<JsValue>`, which is converted"),
        _ => None,
    };
    match way_out {
        Some(way_out) => Err(errors::known_non_element(ty, way_out)),
        None if segment.arguments.is_none() => Ok(Element::Named(Box::new(ty.clone()))),
        None => Err(errors::element_type(ty)),
    }
}

enum Named<'a> {
    /// One of ndarray's.
    Array(Access, &'a Type),
    Scalar(Scalar),
    Text(Text),
    Object(Object),
    Buffer(&'a Type),
    BufferMut(&'a Type),
    Vec(&'a Type),
    Result,
}

fn named(path: &TypePath) -> Option<Named<'_>> {
    if path.qself.is_some() {
        return None;
    }
    let segment = path.path.segments.last()?;
    let name = segment.ident.to_string();
    if matches!(segment.arguments, PathArguments::None) {
        return match name.as_str() {
            "String" => Some(Named::Text(Text::String)),
            "JsRef" => Some(Named::Object(Object::Borrowed)),
            "JsObject" => Some(Named::Object(Object::Owned)),
            _ => Scalar::named(&name).map(Named::Scalar),
        };
    }
    if let Some((access, element)) = arrays::array(segment) {
        return Some(Named::Array(access, element));
    }
    match name.as_str() {
        "JsRef" => Some(Named::Object(Object::Borrowed)),
        "Callback" if has_parameters(segment) => Some(Named::Object(Object::Callback)),
        "Function" if has_parameters(segment) => Some(Named::Object(Object::Function)),
        "Buffer" => sole_argument(segment).map(Named::Buffer),
        "BufferMut" => sole_argument(segment).map(Named::BufferMut),
        "Vec" => sole_argument(segment).map(Named::Vec),
        "Box" if is_str(sole_argument(segment)?) => Some(Named::Text(Text::Boxed)),
        "Cow" if is_str(last_argument(segment)?) => Some(Named::Text(Text::Cow)),
        "Result" => Some(Named::Result),
        _ => None,
    }
}

/// True if the first type is a tuple, as that of a function's parameters is: js-sys has a `Function` too.
fn has_parameters(segment: &PathSegment) -> bool {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return false };
    let first = arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    matches!(first.map(plain), Some(Type::Tuple(_)))
}

fn is_str(ty: &Type) -> bool {
    matches!(plain(ty), Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "str"))
}

/// The `T` of `Container<T>`.
pub fn sole_argument_of<'a>(ty: &'a Type, container: &str) -> Option<&'a Type> {
    let Type::Path(path) = plain(ty) else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == container)?;
    sole_argument(segment)
}

pub fn sole_argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match (arguments.args.first(), arguments.args.len()) {
        (Some(GenericArgument::Type(ty)), 1) => Some(ty),
        _ => None,
    }
}

fn last_argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.last() {
        Some(GenericArgument::Type(ty)) => Some(ty),
        _ => None,
    }
}

/// The type without parentheses, or the invisible group that a `macro_rules!` fragment comes in.
pub fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => plain(&group.elem),
        Type::Paren(paren) => plain(&paren.elem),
        other => other,
    }
}
