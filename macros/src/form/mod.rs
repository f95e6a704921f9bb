//! The forms of arguments and results, one file each.
//!
//! A form says everything about one kind of type: how its tokens are recognised, what the Rust shim does with it, what the JavaScript
//! shim does, its TypeScript, and where it may not stand. `expand` has the skeletons of the shims. It knows no form by name, except that
//! `expand/promise.rs` looks for an `AbortSignal`, and that the shims pack records.
//!
//! A new form is a new file here, and one line in [`ARGUMENTS`] or [`RESULTS`], before `value`. Numbers are listed in `numbers.rs`,
//! and the classes of js-sys and web-sys in `host_classes.rs`.

mod argument;
mod borrowed;
mod callback;
#[cfg(test)]
mod codes_tests;
mod duration;
mod enum_receiver;
mod fixed_array;
mod instance;
mod ndarray;
mod nested;
mod nothing;
mod object;
mod owned_buffer;
mod receiver;
mod refused;
mod result;
mod scalar;
mod slice;
mod text;
mod value;
mod value_types;

pub use argument::{Access, Argument, ArgumentForm, Crossing, Direct, Earlier, InJob, Plain, Site};
pub use result::{ResultCrossing, ResultForm, ResultSite, ResultType};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use crate::errors;
use crate::numbers::Element;
use crate::syntax::{is_option, sole_argument_of};

/// A form that a type may have, or a mistake in it. `None` if another form may know the type.
type Parsed<T> = Option<syn::Result<Box<T>>>;

/// Looks at a type for one form.
type Parse<T> = fn(&Type) -> Parsed<T>;

/// The forms of arguments. The first that knows a type takes it.
const ARGUMENTS: &[Parse<dyn ArgumentForm>] = &[
    refused::argument,
    scalar::argument,
    text::argument,
    duration::argument,
    slice::argument,
    fixed_array::argument,
    owned_buffer::argument,
    object::argument,
    callback::argument,
    instance::argument,
    value::argument,
];

/// The forms of results. The first that knows a type takes it.
const RESULTS: &[Parse<dyn ResultForm>] = &[
    refused::result,
    nothing::result,
    scalar::result,
    text::result,
    duration::result,
    owned_buffer::result,
    object::result,
    value::result,
];

/// The form of an argument, whether it is in an `Option`, and the type inside.
///
/// # Errors
///
/// When the type cannot cross.
pub fn argument(ty: &Type) -> syn::Result<(Box<dyn ArgumentForm>, bool, &Type)> {
    let Some(inner) = sole_argument_of(ty, "Option") else { return Ok((required_argument(ty)?, false, ty)) };
    if is_option(inner) {
        return Err(errors::nested_option(ty));
    }
    let form = required_argument(inner)?;
    Ok(if form.includes_option() { (form, false, ty) } else { (form, true, inner) })
}

fn required_argument(ty: &Type) -> syn::Result<Box<dyn ArgumentForm>> {
    ARGUMENTS.iter().find_map(|parse| parse(ty)).unwrap_or_else(|| Err(errors::argument_type(ty)))
}

/// The form of a result (without its `Result`), and whether it is in an `Option`.
///
/// # Errors
///
/// When the type cannot cross.
pub fn result(ty: &Type) -> syn::Result<(Box<dyn ResultForm>, bool)> {
    let Some(inner) = sole_argument_of(ty, "Option") else { return Ok((required_result(ty)?, false)) };
    if is_option(inner) {
        return Err(errors::nested_option(ty));
    }
    let form = required_result(inner)?;
    let form = form.within_option().unwrap_or(form);
    let option = !form.includes_option();
    Ok((form, option))
}

/// The form of a member's result (without its `Result`), and whether it is in an `Option`. Two forms are results of members only: an
/// instance of the member's own class, and, if the member has a receiver, memory of the instance.
///
/// # Errors
///
/// When the type cannot cross.
pub fn result_of_member(
    ty: &Type,
    class: &Ident,
    class_name: &str,
    has_receiver: bool,
) -> syn::Result<(Box<dyn ResultForm>, bool)> {
    if let Some(instance) = instance::parse_result(ty, class, class_name) {
        return Ok(instance);
    }
    let borrowed = if has_receiver { borrowed::parse(ty) } else { None };
    borrowed.unwrap_or_else(|| result(ty))
}

/// The form of the result of an enum's function (without its `Result`), and whether it is in an `Option`. A `&str` is copied, because the value
/// of `self` belongs to the call.
///
/// # Errors
///
/// When the type cannot cross.
pub fn result_of_enum(ty: &Type, has_receiver: bool) -> syn::Result<(Box<dyn ResultForm>, bool)> {
    let text = if has_receiver { borrowed::text(ty) } else { None };
    text.map_or_else(|| result(ty), Ok)
}

/// The argument that stands for `self` of an enum's function.
pub fn enum_receiver(by_reference: bool, ident: &Ident) -> Argument {
    enum_receiver::EnumReceiver::argument(by_reference, ident)
}

/// The result of a function that returns nothing.
pub fn no_result() -> ResultType {
    let form = Box::new(nothing::Nothing);
    ResultType { form, option: false, fallible: false, none_throws: false, written: None }
}

/// The argument that stands for `self`.
pub fn receiver(access: Access, class: &Ident) -> Argument {
    receiver::Receiver::argument(access, class)
}

fn required_result(ty: &Type) -> syn::Result<Box<dyn ResultForm>> {
    RESULTS.iter().find_map(|parse| parse(ty)).unwrap_or_else(|| Err(errors::result_type(ty)))
}

/// The mistake of a plugin with buffers of these elements.
fn record_in_plugin(element: Option<&Element>) -> Option<syn::Error> {
    match element {
        Some(Element::Named(ty)) => Some(errors::record_in_plugin(ty)),
        _ => None,
    }
}

/// An element type, as the expansion names it.
pub fn element_type(element: &Element) -> TokenStream {
    match element {
        Element::Number(tag) => match Element::rust_number(*tag) {
            "Clamped<u8>" => quote!(__lend::Clamped<__lend::primitive::u8>),
            name => {
                let name = format_ident!("{}", name);
                quote!(__lend::primitive::#name)
            }
        },
        Element::Named(ty) => quote!(#ty),
    }
}

/// A container type of the runtime with elements.
fn container(name: &str, element: &Element) -> TokenStream {
    let (name, element) = (format_ident!("{}", name), element_type(element));
    quote!(__lend::#name<#element>)
}

/// The element type of a slice or buffer.
fn element(ty: &Type) -> syn::Result<Element> {
    if let Some(number) = crate::numbers::number(ty) {
        return Ok(number);
    }
    let Some(segment) = crate::syntax::last_segment(ty) else { return Err(errors::element_type(ty)) };
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

/// Calls `method` on the guard, or on the guard inside an `Option`.
fn each(site: &Site<'_>, method: &TokenStream) -> TokenStream {
    let local = site.local();
    if site.argument.may_be_absent() {
        quote!(#local.map(|guard| guard.#method()))
    } else {
        quote!(#local.#method())
    }
}
