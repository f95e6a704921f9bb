//! The Rust half of a function's shim.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::named::{assertions, element_type, result_type};
use super::passed::passed;
use super::{promise, scalar};
use crate::lifetimes::without_lifetimes;
use crate::model::{
    Access, Argument, ArgumentType, Element, Function, Member, MemberKind, ResultKind, ResultType, Text,
};
use crate::types::referent;
use crate::{mode, unique};

/// The name of a function's shim among the exports of the wasm module: an identifier of JavaScript, for wasm-bindgen writes
/// it into the `.d.ts` as it is, but none of Rust, so that no other export has it. Two crates may have functions of one name.
pub fn symbol(function: &Function) -> String {
    let name = function.shim_name();
    let ascii: Vec<_> = name.split('$').map(unique::ascii).collect();
    format!("lend${}${}", ascii.join("$"), function.unit)
}

/// ```ignore
/// #[cfg_attr(target_arch = "wasm32", unsafe(export_name = "lend$scale$1a2b3c4d"))]
/// extern "C-unwind" fn __lend_scale(__lend_samples: __lend::Handle, __lend_gain: f32) -> … {
///     __lend::call_in_result_with_ends("scale", || {
///         let mut __lend_samples = __lend::exclusive::<f32>(__lend_samples, 0)?;
///         __lend::Return::into_raw(scale(&mut __lend_samples, __lend_gain as f32))
///     })
/// }
/// ```
pub fn shim(function: &Function) -> TokenStream {
    let arguments = &function.arguments;
    let symbol = symbol(function);
    let shim = format_ident!("__lend_{}", function.shim_name().replace('$', "_"));
    let parameters = arguments.iter().flat_map(parameters).map(|(name, ty)| quote!(#name: #ty));
    // Out of JavaScript's hands first, for what comes next may run code that makes other calls.
    let taken =
        arguments.iter().filter(|argument| argument.is_value()).enumerate().map(|(place, argument)| {
            let (local, place) = (local(argument), place as u32);
            quote!(let #local = __lend::take_value(#place);)
        });
    let path = function.path();
    let has_record = function.has_record();
    let begin = has_record.then(|| quote!(let __lend_call = __lend::begin()?;));
    let guards = arguments
        .iter()
        .enumerate()
        .filter_map(|(index, argument)| guard(&path, index, argument, has_record));
    let conversions =
        arguments.iter().enumerate().filter_map(|(index, argument)| conversion(&path, index, argument));
    let strings = arguments.iter().filter_map(|argument| own_string(argument, has_record));
    let before = function.is_async.then(|| promise::before(function));
    // Nothing is moved before every argument has been accepted.
    let moved = has_record.then(|| quote!(__lend_call.moved();));
    let (how, body) = match function {
        function if function.is_async => (quote!(call), promise::promise(function)),
        function if function.refuses_in_result() && function.has_ends() => {
            (quote!(call_in_result_with_ends), plain(function))
        }
        function if function.refuses_in_result() && function.has_record() => {
            (quote!(call_in_result_with_values), plain(function))
        }
        function if function.refuses_in_result() => {
            let (plain, ends) = (plain(function), ends(function));
            (quote!(call_in_result), quote!(let __lend_raw = { #plain }?; __lend::Ok((__lend_raw, #ends))))
        }
        function if !function.may_refuse() && !super::js::has_catch(function) => {
            (quote!(call_of_scalars), plain(function))
        }
        function if !function.may_refuse() => (quote!(call_with_catch), plain(function)),
        function => (quote!(call), plain(function)),
    };
    let raw = match raw_result(function) {
        raw if function.refuses_in_result() => quote!(<#raw as __lend::Raw>::Wire),
        raw => raw,
    };
    let assertions = assertions(function);
    let body = quote! {
        #[allow(unused_imports)]
        use __lend::dispatch::*;
        #assertions
        __lend::#how(#path, || {
            #(#taken)*
            #begin
            #(#guards)*
            #(#conversions)*
            #(#strings)*
            #before
            #moved
            #body
        })
    };
    // Exporting a name is unsafe because two functions might have it: the names of one package's exports are distinct,
    // or wasm-bindgen refuses them.
    let export = quote! {
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = #symbol))]
        #[allow(dead_code)]
    };
    let parameters: Vec<_> = parameters.collect();
    if !mode::PLUGIN {
        return quote! {
            #export
            extern "C-unwind" fn #shim(#(#parameters),*) -> #raw { #body }
        };
    }
    // A frame of the stack that has nothing but the note of the call, for after a trap.
    let names = arguments.iter().flat_map(self::parameters).map(|(name, _)| name);
    quote! {
        #export
        extern "C-unwind" fn #shim(#(#parameters),*) -> #raw {
            #[inline(never)]
            fn inside(#(#parameters),*) -> #raw { #body }
            __lend::entered(|| inside(#(#names),*))
        }
    }
}

/// The shim's name for an argument: not the user's own, which might be that of a constant or static.
pub(super) fn local(argument: &Argument) -> Ident {
    let span = proc_macro2::Span::mixed_site().located_at(argument.ident.span());
    format_ident!("__lend_{}", crate::names::plain(&argument.ident), span = span)
}

fn parameters(argument: &Argument) -> Vec<(Ident, TokenStream)> {
    let local = local(argument);
    match argument.kind {
        ArgumentType::Scalar(kind) => scalar::parameters(kind, wire_option(argument), &local),
        ArgumentType::Text(_) => vec![(local, quote!(__lend::RawText))],
        ArgumentType::Object(_) => vec![(local, quote!(__lend::RawObject))],
        ArgumentType::Value | ArgumentType::Reference | ArgumentType::ExclusiveReference => Vec::new(),
        _ => vec![(local, quote!(__lend::Handle))],
    }
}

/// True if the argument may be absent on the wire.
pub(super) fn wire_option(argument: &Argument) -> bool {
    argument.option || argument.default.is_some()
}

/// What holds the memory of an argument while the call lasts.
///
/// A string of the function's own is made of the guard after the conversions, if there are any: what one of them throws would lose it.
fn guard(path: &str, index: usize, argument: &Argument, has_record: bool) -> Option<TokenStream> {
    let local = local(argument);
    let position = index as u32;
    let (acquire, mutability) = match &argument.kind {
        ArgumentType::Shared(_) => (quote!(shared), None),
        ArgumentType::Exclusive(_) => (quote!(exclusive), Some(quote!(mut))),
        ArgumentType::Keep(_) => (quote!(keep), None),
        ArgumentType::Take(_) => (quote!(take), None),
        ArgumentType::TakeVec(_) => (quote!(take_vec), None),
        ArgumentType::This(access) => {
            let (class, origin) = (referent(&argument.inner), origin(path, position));
            let (acquire, mutability) = match access {
                Access::Shared => (quote!(shared_instance), None),
                Access::Exclusive => (quote!(exclusive_instance), Some(quote!(mut))),
                Access::Owned => (quote!(take_instance), None),
            };
            return Some(quote!(let #mutability #local = __lend::#acquire::<#class>(#local, #origin)?;));
        }
        ArgumentType::Object(object) => {
            let take = if object.is_owned() { quote!(owned_object) } else { quote!(borrowed_object) };
            return Some(quote!(let #local = __lend::#take(#local);));
        }
        // In JavaScript's hands until all guards are there: to copy it takes memory.
        ArgumentType::Text(text) if text.is_owned() && !has_record => return None,
        ArgumentType::Text(_) => {
            let take = if wire_option(argument) { quote!(optional_text) } else { quote!(text) };
            return Some(quote!(let #local = __lend::#take(#local);));
        }
        _ => return None,
    };
    let element = element_type(argument.element()?);
    let guard = if argument.is_array() {
        let (ty, span) = (without_lifetimes(&argument.inner), argument.inner.span());
        quote_spanned!(span=> <#ty as __lend::ArrayArgument>::guard(#local, #position)?)
    } else {
        quote!(__lend::#acquire::<#element>(#local, #position)?)
    };
    Some(if wire_option(argument) {
        quote!(let #mutability #local = if #local == 0 { __lend::None } else { __lend::Some(#guard) };)
    } else {
        quote!(let #mutability #local = #guard;)
    })
}

/// Makes a string of the function's own, of its guard if the call has values.
fn own_string(argument: &Argument, has_record: bool) -> Option<TokenStream> {
    let local = local(argument);
    argument.is_owned_text().then(|| {
        let string = match (has_record, wire_option(argument)) {
            (true, true) => quote!(#local.map(|text| text.into_string())),
            (true, false) => quote!(#local.into_string()),
            (false, true) => quote!(__lend::optional_string(#local)),
            (false, false) => quote!(__lend::string(#local)),
        };
        quote!(let #local = #string;)
    })
}

/// Ends the guards, in reverse: true if one of them has left something to be destroyed.
fn ends(function: &Function) -> TokenStream {
    let guards = function.arguments.iter().filter(|argument| argument.has_guard()).map(local).rev();
    quote!(false #(| __lend::End::end(#guards))*)
}

/// What an argument of an instance is called in messages: a static, for the instance keeps who has it.
fn origin(path: &str, position: u32) -> TokenStream {
    quote!(const { &__lend::Origin::new(#path, #position) })
}

/// What makes an argument of a JavaScript value; after the guards, so that what it runs finds the borrows in place.
fn conversion(path: &str, index: usize, argument: &Argument) -> Option<TokenStream> {
    let (local, position, inner) = (local(argument), index as u32, &argument.inner);
    let origin = origin(path, position);
    // With the span of the shim's own names, whatever the type's is.
    let call = quote!(__lend_call);
    let converted = match argument.kind {
        ArgumentType::Value => {
            let span = argument.written.span();
            // `use dispatch::*` has the traits, the most specific of which this reference has.
            let converted = quote_spanned! {span=>
                #call.read(__lend::converted((&&&&&&&&__lend::Probe::<#inner>::at(#origin)).__lend_from_js(#local), #position))?
            };
            match &argument.default {
                Some(default) => {
                    let default = quote!(__lend::Ready(#default));
                    quote!(let #local = if __lend::is_absent(&#local) { #default } else { #converted };)
                }
                None => quote!(let #local = #converted;),
            }
        }
        ArgumentType::Reference => {
            let referent = referent(inner);
            let span = argument.written.span();
            let borrow = if argument.option { "__lend_borrow_optional" } else { "__lend_borrow" };
            let borrow = Ident::new(borrow, span);
            quote_spanned! {span=>
                let #local = #call.read((&&__lend::Probe::<#referent>::at(#origin)).#borrow(&#local))?;
            }
        }
        ArgumentType::ExclusiveReference => {
            let referent = referent(inner);
            let borrow = if argument.option {
                quote!(optional_exclusive_argument)
            } else {
                quote!(exclusive_argument)
            };
            let span = argument.written.span();
            quote_spanned!(span=> let mut #local = #call.read(__lend::#borrow::<#referent>(&#local, #origin))?;)
        }
        _ => return None,
    };
    Some(quote!(__lend_call.converting(#position); #converted))
}

pub(super) fn call(function: &Function) -> TokenStream {
    let ident = &function.ident;
    if let Some(Member { field: Some(field), kind, .. }) = &function.member {
        let this = local(&function.arguments[0]);
        return if *kind == MemberKind::Getter {
            quote!(__lend::Clone::clone(&#this.#field))
        } else {
            let value = passed(&function.path(), 1, &function.arguments[1]);
            quote!(#this.#field = #value)
        };
    }
    let path = function.path();
    let passed =
        function.arguments.iter().enumerate().map(|(index, argument)| passed(&path, index, argument));
    match &function.member {
        Some(Member { class, .. }) => quote!(#class::#ident(#(#passed),*)),
        None => quote!(#ident(#(#passed),*)),
    }
}

/// The call and its result.
fn plain(function: &Function) -> TokenStream {
    let call = call(function);
    let result = &function.result;
    match &result.kind {
        ResultKind::Inside(element) => return inside(function, element, quote!(lend_from)),
        ResultKind::InsideMut(element) => return inside(function, element, quote!(lend_from_mut)),
        _ => {}
    }
    let (ty, span) = (
        result_type(result),
        result.written.as_ref().map_or_else(proc_macro2::Span::mixed_site, Spanned::span),
    );
    let value = if result.fallible {
        quote! {
            match #call {
                __lend::Ok(value) => value,
                __lend::Err(error) => return __lend::Err(__lend::thrown((&&&&__lend::Caught::new(error)).__lend_throw())),
            }
        }
    } else {
        call
    };
    // What is lent from the instance is copied while that is borrowed.
    let value = match (&result.kind, result.option) {
        (ResultKind::Text(Text::Inside), true) => quote!((#value).map(__lend::String::from)),
        (ResultKind::Text(Text::Inside), false) => quote!(__lend::String::from(#value)),
        _ => value,
    };
    // Errors show the type, which may come out of a `macro_rules!`: a local is looked for where its own name stands.
    let local = Ident::new("__lend_result", span);
    let into_raw = match result.kind {
        ResultKind::Instance if result.option => {
            quote!(#local.map_or(__lend::Ok(0), __lend::into_handle))
        }
        ResultKind::Instance => quote!(__lend::into_handle(#local)),
        ResultKind::Value => {
            quote_spanned!(span=> __lend::give((&&&__lend::Probe::<#ty>::NEW).__lend_into_js(#local)))
        }
        _ => quote!(__lend::Return::into_raw(#local)),
    };
    quote! {
        let #local: #ty = #value;
        #into_raw
    }
}

/// The call of a method whose result is lent from its instance, which stays borrowed with it.
fn inside(function: &Function, element: &Element, lend: TokenStream) -> TokenStream {
    let ResultType { option, fallible, .. } = function.result;
    let this = local(&function.arguments[0]);
    let Some(Member { class, .. }) = &function.member else { return TokenStream::new() };
    let (ident, path, element) = (&function.ident, function.path(), element_type(element));
    let others = function.arguments.iter().enumerate().skip(1);
    let others = others.map(|(index, argument)| passed(&path, index, argument));
    let call = quote!(#class::#ident(instance #(, #others)*));
    let value = if fallible {
        quote!(match #call {
            __lend::Ok(value) => value,
            __lend::Err(error) => return __lend::Err(__lend::thrown((&&&&__lend::Caught::new(error)).__lend_throw())),
        })
    } else {
        call
    };
    let value = if option { value } else { quote!(__lend::Some(#value)) };
    quote! {
        __lend::#lend::<#class, #element>(
            #this,
            const { &__lend::Origin::of_result(#path) },
            |instance| __lend::Ok(#value),
        )
    }
}

fn raw_result(function: &Function) -> TokenStream {
    if function.is_async || matches!(function.result.kind, ResultKind::Value) {
        return quote!(());
    }
    if matches!(function.result.kind, ResultKind::Instance | ResultKind::Inside(_) | ResultKind::InsideMut(_))
    {
        return quote!(__lend::Handle);
    }
    let result = result_type(&function.result);
    quote!(<#result as __lend::Return>::Raw)
}
