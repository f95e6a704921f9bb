//! The Rust half of a function's shim.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use crate::model::{Argument, ArgumentType, Element, Function, ResultKind, Scalar};
use crate::types::written_element;

/// The name of a function's shim among the exports of the wasm module: an identifier of JavaScript, for wasm-bindgen writes
/// it into the `.d.ts` as it is, but none of Rust, so that no other export has it.
pub fn symbol(function: &Function) -> String {
    format!("lend${}", function.name)
}

/// ```ignore
/// #[cfg_attr(target_arch = "wasm32", unsafe(export_name = "lend$scale"))]
/// extern "C" fn __lend_scale(__lend_samples: __lend::Handle, __lend_gain: f32) -> … {
///     __lend::call("scale", || {
///         let mut __lend_samples = __lend::exclusive::<f32>(__lend_samples, 0)?;
///         __lend::Return::into_raw(scale(&mut __lend_samples, __lend_gain as f32))
///     })
/// }
/// ```
pub fn shim(function: &Function) -> TokenStream {
    let Function { ident, name, cfgs, arguments, .. } = function;
    let shim = format_ident!("__lend_{}", name);
    let symbol = symbol(function);
    let parameters = arguments.iter().map(|argument| {
        let (local, raw) = (local(argument), raw_type(argument.kind));
        quote!(#local: #raw)
    });
    let guards = arguments.iter().enumerate().filter_map(|(index, argument)| guard(index, argument));
    let passed = arguments.iter().map(passed);
    let result = result_type(function.result.kind);
    let assertions = assertions(function);
    // Exporting a name is unsafe because two functions might have it: the names of one package's exports are distinct,
    // or wasm-bindgen refuses them.
    quote! {
        #(#cfgs)*
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = #symbol))]
        #[allow(dead_code)]
        extern "C" fn #shim(#(#parameters),*) -> <#result as __lend::Return>::Raw {
            #assertions
            __lend::call(#name, || {
                #(#guards)*
                let __lend_result: #result = #ident(#(#passed),*);
                __lend::Return::into_raw(__lend_result)
            })
        }
    }
}

/// The shim's name for an argument: not the user's own, which might be that of a constant or static.
fn local(argument: &Argument) -> proc_macro2::Ident {
    let span = proc_macro2::Span::mixed_site().located_at(argument.ident.span());
    format_ident!("__lend_{}", argument.name, span = span)
}

fn scalar_type(scalar: Scalar) -> TokenStream {
    let name = format_ident!("{}", scalar.rust());
    quote!(__lend::primitive::#name)
}

fn element_type(element: Element) -> TokenStream {
    match element.rust() {
        "Clamped<u8>" => quote!(__lend::Clamped<__lend::primitive::u8>),
        name => {
            let name = format_ident!("{}", name);
            quote!(__lend::primitive::#name)
        }
    }
}

fn raw_type(kind: ArgumentType) -> TokenStream {
    match kind {
        ArgumentType::Scalar(Scalar::F32) => quote!(__lend::primitive::f32),
        ArgumentType::Scalar(Scalar::F64) => quote!(__lend::primitive::f64),
        ArgumentType::Scalar(Scalar::I8 | Scalar::I16 | Scalar::I32) => quote!(__lend::primitive::i32),
        ArgumentType::Scalar(_) => quote!(__lend::primitive::u32),
        _ => quote!(__lend::Handle),
    }
}

fn guard(index: usize, argument: &Argument) -> Option<TokenStream> {
    let local = local(argument);
    let position = index as u32;
    let (acquire, element, mutability) = match argument.kind {
        ArgumentType::Scalar(_) => return None,
        ArgumentType::Shared(element) => (quote!(shared), element, None),
        ArgumentType::Exclusive(element) => (quote!(exclusive), element, Some(quote!(mut))),
        ArgumentType::Keep(element) => (quote!(keep), element, None),
        ArgumentType::Take(element) | ArgumentType::TakeVec(element) => (quote!(take), element, None),
    };
    let element = element_type(element);
    Some(quote!(let #mutability #local = __lend::#acquire::<#element>(#local, #position)?;))
}

fn passed(argument: &Argument) -> TokenStream {
    let local = local(argument);
    match argument.kind {
        ArgumentType::Scalar(Scalar::Bool) => quote!(#local != 0),
        ArgumentType::Scalar(scalar) => {
            let ty = scalar_type(scalar);
            quote!(#local as #ty)
        }
        ArgumentType::Shared(_) => quote!(&#local),
        ArgumentType::Exclusive(_) => quote!(&mut #local),
        ArgumentType::Keep(_) | ArgumentType::Take(_) => quote!(#local.into_buffer()),
        ArgumentType::TakeVec(_) => quote!(#local.into_vec()),
    }
}

fn result_type(kind: ResultKind) -> TokenStream {
    match kind {
        ResultKind::Unit => quote!(()),
        ResultKind::Scalar(scalar) => scalar_type(scalar),
        ResultKind::Copied(element) => container(&quote!(Vec), element),
        ResultKind::ReadOnly(element) => container(&quote!(Buffer), element),
        ResultKind::Mutable(element) => container(&quote!(BufferMut), element),
    }
}

fn container(name: &TokenStream, element: Element) -> TokenStream {
    let element = element_type(element);
    quote!(__lend::#name<#element>)
}

/// Checks that each type is the one its tokens name: `type u8 = f64` is an error under the argument's type.
fn assertions(function: &Function) -> TokenStream {
    let arguments = function.arguments.iter().map(|argument| {
        let assumed = match argument.kind {
            ArgumentType::Scalar(scalar) => scalar_type(scalar),
            ArgumentType::Shared(element) | ArgumentType::Exclusive(element) => element_type(element),
            ArgumentType::Keep(element) => container(&quote!(Buffer), element),
            ArgumentType::Take(element) => container(&quote!(BufferMut), element),
            ArgumentType::TakeVec(element) => container(&quote!(Vec), element),
        };
        let written = written_element(&argument.written).unwrap_or(&argument.written);
        quote_spanned!(written.span()=> __lend::assert_is::<#written, #assumed>();)
    });
    let result = function.result.written.iter().map(|written| {
        let assumed = result_type(function.result.kind);
        quote_spanned!(written.span()=> __lend::assert_is::<#written, #assumed>();)
    });
    quote!(const { #(#arguments)* #(#result)* })
}
