//! Shims for calls from other modules, beside those for JavaScript: nothing is converted, for both share one memory.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::named::{element_type, result_type};
use super::{rust, scalar};
use crate::model::{Argument, ArgumentType, Element, Function, Object, ResultKind, Text};

/// The signature that importers have to have: without names, and a `Result` without the type of its error.
///
/// `None` for a function that only JavaScript can call.
pub fn signature(function: &Function) -> Option<String> {
    if function.is_async || function.is_handler || function.member.is_some() {
        return None;
    }
    let arguments: Option<Vec<_>> = function.arguments.iter().map(argument).collect();
    let mut signature = format!("fn({})", arguments?.join(", "));
    let result = match &function.result.kind {
        ResultKind::Unit => "()".to_owned(),
        ResultKind::Scalar(scalar) => scalar.rust().to_owned(),
        ResultKind::Text(Text::String) => "String".to_owned(),
        ResultKind::Copied(element @ Element::Number(_)) => format!("Vec<{}>", element.shown()),
        ResultKind::ReadOnly(element @ Element::Number(_)) => format!("Buffer<{}>", element.shown()),
        ResultKind::Mutable(element @ Element::Number(_)) if !is_array(function) => {
            format!("BufferMut<{}>", element.shown())
        }
        ResultKind::Object => "JsObject".to_owned(),
        _ => return None,
    };
    let result = if function.result.option { format!("Option<{result}>") } else { result };
    let result = if function.result.fallible { format!("Result<{result}>") } else { result };
    if result != "()" {
        let _ = write!(signature, " -> {result}");
    }
    Some(signature)
}

fn is_array(function: &Function) -> bool {
    let written = function.result.written.as_ref().map(super::named::unwrapped);
    written.is_some_and(crate::arrays::is_array)
}

fn argument(argument: &Argument) -> Option<String> {
    if argument.is_array() || argument.default.is_some() {
        return None;
    }
    if let Some(Element::Named(_)) = argument.element() {
        return None;
    }
    let shown = match &argument.kind {
        ArgumentType::Scalar(scalar) => scalar.rust().to_owned(),
        ArgumentType::Text(Text::Borrowed) => "&str".to_owned(),
        ArgumentType::Text(Text::String) => "String".to_owned(),
        ArgumentType::Shared(element) => format!("&[{}]", element.shown()),
        ArgumentType::Exclusive(element) => format!("&mut [{}]", element.shown()),
        ArgumentType::Keep(element) => format!("Buffer<{}>", element.shown()),
        ArgumentType::Take(element) => format!("BufferMut<{}>", element.shown()),
        ArgumentType::TakeVec(element) => format!("Vec<{}>", element.shown()),
        ArgumentType::Object(Object::Borrowed) => "JsRef".to_owned(),
        ArgumentType::Object(Object::Owned) => "JsObject".to_owned(),
        _ => return None,
    };
    Some(if argument.option { format!("Option<{shown}>") } else { shown })
}

/// The type of an argument that `signature` has named.
pub fn argument_type(argument: &Argument) -> TokenStream {
    let of = |container: TokenStream, element: &Element| {
        let element = element_type(element);
        quote!(#container<#element>)
    };
    let ty = match &argument.kind {
        ArgumentType::Scalar(kind) => scalar::rust_type(*kind),
        ArgumentType::Text(Text::String) => quote!(__lend::String),
        ArgumentType::Text(_) => quote!(&__lend::primitive::str),
        ArgumentType::Shared(element) => {
            let element = element_type(element);
            quote!(&[#element])
        }
        ArgumentType::Exclusive(element) => {
            let element = element_type(element);
            quote!(&mut [#element])
        }
        ArgumentType::Keep(element) => of(quote!(__lend::Buffer), element),
        ArgumentType::Take(element) => of(quote!(__lend::BufferMut), element),
        ArgumentType::TakeVec(element) => of(quote!(__lend::Vec), element),
        ArgumentType::Object(Object::Borrowed) => quote!(__lend::JsRef<'_>),
        _ => quote!(__lend::JsObject),
    };
    if argument.option { quote!(__lend::Option<#ty>) } else { ty }
}

pub fn symbol(function: &Function) -> String {
    format!("{}$direct", rust::symbol(function))
}

/// ```ignore
/// #[unsafe(export_name = "lend$scale$1a2b3c4d$direct")]
/// extern "C-unwind" fn __lend_direct_scale(exchange: *mut u8) {
///     unsafe { __lend::answer(exchange, |(samples, gain): (&mut [f32], f32)| scale(samples, gain)) }
/// }
/// ```
pub fn shim(function: &Function) -> Option<TokenStream> {
    signature(function)?;
    let (symbol, ident) = (symbol(function), &function.ident);
    let shim = format_ident!("__lend_direct_{}", function.shim_name().replace('$', "_"));
    let names: Vec<_> =
        (0..function.arguments.len()).map(|index| format_ident!("argument_{index}")).collect();
    let types = function.arguments.iter().map(argument_type);
    let call = quote!(#ident(#(#names),*));
    let ty = result_type(&function.result);
    // Whatever its error is, the caller gets the message.
    let body = if function.result.fallible {
        quote! {
            match #call {
                __lend::Ok(value) => __lend::Ok(value),
                __lend::Err(error) => __lend::Err(__lend::message((&&&&__lend::Caught::new(error)).__lend_throw())),
            }
        }
    } else {
        call
    };
    let ty = if function.result.fallible { quote!(__lend::Result<#ty, __lend::String>) } else { ty };
    Some(quote! {
        #[cfg(target_arch = "wasm32")]
        #[unsafe(export_name = #symbol)]
        extern "C-unwind" fn #shim(exchange: *mut __lend::primitive::u8) {
            #[allow(unused_imports)]
            use __lend::dispatch::*;
            // SAFETY: the loader gives it to who asks with this signature.
            unsafe {
                __lend::answer(exchange, |(#(#names,)*): (#(#types,)*)| -> #ty { #body })
            }
        }
    })
}

/// How a snippet tells the loader what other modules may call.
pub fn offers(functions: &[Function]) -> String {
    let mut js = String::from("  runtime.$offer?.({");
    for function in functions {
        if let Some(signature) = signature(function) {
            let _ = write!(js, "\n    '{}': ['{}', '{signature}'],", function.own_path(), symbol(function));
        }
    }
    js + "\n  });\n"
}
