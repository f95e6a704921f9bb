//! The Rust half of a function's shim.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::user_call::{call, passed};
use super::{promise, worker};
use crate::form::Argument;
use crate::model::{Function, Member};
use crate::syntax::written_element;
use crate::unique;

/// The name of a function's shim among the exports of the wasm module: an identifier of JavaScript, because wasm-bindgen writes
/// it into the `.d.ts` as it is. It is no identifier of Rust, so no other export has it. It ends in the id of the expansion, because two
/// crates may have functions of one name.
pub fn symbol(function: &Function) -> String {
    let name = function.shim_name();
    let ascii: Vec<_> = name.split('$').map(unique::ascii).collect();
    // `runtime/js/names.js` looks for two exports of one name. It passes over members of classes and enums, which are in several expansions, and
    // over names that are not the same in ASCII.
    let is_free = function.member.is_none() && function.of_enum.is_none();
    let is_exported = is_free && !function.is_handler && !function.is_start;
    let is_name = is_exported && name.is_ascii();
    format!("lend${}{}${}", if is_name { "" } else { "$" }, ascii.join("$"), function.unit)
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
    let path = function.path();
    let symbol = symbol(function);
    let shim = format_ident!("__lend_{}", function.shim_name().replace('$', "_"));
    let raw_parameters = || function.sites(&path).flat_map(|site| site.argument.form.parameters(&site));
    let mut parameters: Vec<_> = raw_parameters().map(|(name, ty)| quote!(#name: #ty)).collect();
    if function.worker.is_some() {
        let flags = worker::flags();
        parameters.push(quote!(#flags: __lend::primitive::u32));
    }
    // Values are taken first: the next steps may run code that makes other calls.
    let values = function.sites(&path).filter(|site| site.argument.is_value()).enumerate();
    let taken = values.map(|(place, site)| {
        let (value, place) = (site.value(), place as u32);
        match site.argument.class() {
            Some(class) => quote!(let #value = (&&&__lend::Probe::<#class>::NEW).__lend_take_value(#place);),
            None => quote!(let #value = __lend::take_value(#place);),
        }
    });
    let has_record = function.has_record();
    let references = function.sites(&path).filter(|site| site.argument.is_value()).map(|site| site.value());
    let begin = if function.records_values_only() {
        Some(
            quote!(let __lend_call = __lend::begin_if(false #(|| __lend::TakenValue::is_value(&#references))*)?;),
        )
    } else {
        has_record.then(|| quote!(let __lend_call = __lend::begin()?;))
    };
    let guards = function.sites(&path).filter_map(|site| site.argument.form.guard(&site));
    let conversions = function.sites(&path).filter_map(|site| {
        let (position, converted) = (site.position(), site.argument.form.conversion(&site)?);
        // A reference converts nothing if it is an instance.
        let converting = site.argument.class().is_none().then(|| quote!(__lend_call.converting(#position);));
        Some(quote!(#converting #converted))
    });
    let owned = function.sites(&path).filter_map(|site| site.argument.form.owned(&site));
    let before = function.is_async.then(|| promise::before(function, &path));
    // Nothing is moved before every argument has been accepted.
    let moved = has_record.then(|| quote!(__lend_call.moved();));
    let (how, body) = frame(function, &path);
    let raw = raw_result(function);
    let raw = if function.refuses_in_result() { quote!(<#raw as __lend::Raw>::Wire) } else { raw };
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
            #(#owned)*
            #before
            #moved
            #body
        })
    };
    // To export a name is unsafe because two functions might have it. The names of one package's exports are distinct,
    // or wasm-bindgen refuses them.
    let export = quote! {
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = #symbol))]
        #[allow(dead_code)]
    };
    if !function.backend.is_plugin() {
        return quote! {
            #export
            extern "C-unwind" fn #shim(#(#parameters),*) -> #raw { #body }
        };
    }
    // The outer function has only the note of the active call in its frame. After a trap, JavaScript finds the stack pointer from it.
    let names = raw_parameters().map(|(name, _)| name);
    quote! {
        #export
        extern "C-unwind" fn #shim(#(#parameters),*) -> #raw {
            #[inline(never)]
            fn inside(#(#parameters),*) -> #raw { #body }
            __lend::entered(|| inside(#(#names),*))
        }
    }
}

/// The runtime's function that a call runs in, and the body that it runs last.
fn frame(function: &Function, path: &str) -> (TokenStream, TokenStream) {
    if let Some(of_worker) = &function.worker {
        return (quote!(call), worker::job(function, path, of_worker));
    }
    if function.is_async {
        return (quote!(call), promise::promise(function, path));
    }
    let plain = plain(function, path);
    let how = if !function.refuses_in_result() {
        match (function.may_refuse(), function.has_catch()) {
            (true, _) => quote!(call),
            (false, true) => quote!(call_with_catch),
            (false, false) => quote!(call_of_scalars),
        }
    } else if function.has_ends() {
        quote!(call_in_result_with_ends)
    } else if function.has_record() && !function.records_values_only() {
        quote!(call_in_result_with_values)
    } else {
        let ends = ends(function, path);
        return (
            quote!(call_in_result),
            quote!(let __lend_raw = { #plain }?; __lend::Ok((__lend_raw, #ends))),
        );
    };
    (how, plain)
}

/// Ends the guards, in reverse: true if one of them has left something to be destroyed.
fn ends(function: &Function, path: &str) -> TokenStream {
    let guards = function.sites(path).filter(|site| site.argument.has_guard()).map(|site| site.local()).rev();
    quote!(false #(| __lend::End::end(#guards))*)
}

/// The call and its result.
fn plain(function: &Function, path: &str) -> TokenStream {
    let result = &function.result;
    if let Some(lend) = result.form.lends() {
        return borrowed(function, path, &format_ident!("{}", lend));
    }
    let value = if result.fallible { or_thrown(&call(function, path)) } else { call(function, path) };
    let value = if result.none_throws {
        let message = format!("{path}() has made no instance");
        or_thrown(&quote!(__lend::Option::ok_or(#value, #message)))
    } else {
        value
    };
    let value = result.form.value(value, result.option);
    let ty = result.rust_type();
    // Errors show the type, which may come from a `macro_rules!`. The local has the same span, so that it is found there.
    let span = result.written.as_ref().map_or_else(proc_macro2::Span::mixed_site, Spanned::span);
    let local = Ident::new("__lend_result", span);
    if result.may_be_result() {
        let (value, given) = (or_thrown(&outcome(&value, &ty)), given(&local));
        return quote! {
            let #local = #value;
            __lend::give(#given)
        };
    }
    let into_raw = result.form.raw_value(&local, &ty, result.option);
    quote! {
        let #local: #ty = #value;
        #into_raw
    }
}

/// The returned value as a `Result`, where only the compiler knows whether it is one.
pub fn outcome(value: &TokenStream, ty: &TokenStream) -> TokenStream {
    quote!((&&__lend::Probe::<#ty>::NEW).__lend_outcome(#value))
}

/// The conversion of a value whose type only the compiler knows. Errors point at the type, whose span the local has.
pub fn given(local: &Ident) -> TokenStream {
    let span = local.span();
    quote_spanned!(span=> (&&&__lend::Probe::of(&#local)).__lend_into_js(#local))
}

/// The value of a `Result`, or the end of the call with its error.
fn or_thrown(call: &TokenStream) -> TokenStream {
    quote! {
        match #call {
            __lend::Ok(value) => value,
            __lend::Err(error) => return __lend::Err(__lend::thrown((&&&&__lend::Caught::new(error)).__lend_throw())),
        }
    }
}

/// The call of a method whose result lies in its instance, which stays borrowed with it.
fn borrowed(function: &Function, path: &str, lend: &Ident) -> TokenStream {
    let result = &function.result;
    let mut sites = function.sites(path);
    let (Some(Member { class, .. }), Some(this), Some(element)) =
        (&function.member, sites.next(), result.form.element())
    else {
        return TokenStream::new();
    };
    let (this, ident, element) = (this.local(), &function.ident, crate::form::element_type(element));
    let others = sites.map(|site| passed(&site));
    let call = quote!(#class::#ident(instance #(, #others)*));
    let value = if result.fallible { or_thrown(&call) } else { call };
    let value = if result.option { value } else { quote!(__lend::Some(#value)) };
    quote! {
        __lend::#lend::<#class, #element>(
            #this,
            const { &__lend::CallSite::of_result(#path) },
            |instance| __lend::Ok(#value),
        )
    }
}

fn raw_result(function: &Function) -> TokenStream {
    let result = &function.result;
    if function.is_async { quote!(()) } else { result.form.raw(&result.rust_type()) }
}

/// Checks that each type is the one that its tokens name, where the compiler would not notice another one. So `type u8 = f64` is an
/// error under the argument's type.
fn assertions(function: &Function) -> TokenStream {
    let argument = |argument: &Argument| {
        let assumed = argument.form.assumed()?;
        let written = written_element(&argument.inner).unwrap_or(&argument.inner);
        Some(quote_spanned!(written.span()=> __lend::assert_is::<#written, #assumed>();))
    };
    let arguments = function.arguments.iter().filter_map(argument);
    let of_job = function.worker.is_some().then(|| worker::assertions(function));
    let result = &function.result;
    let result = result.written.iter().filter(|_| result.form.is_assumed()).map(|written| {
        let assumed = result.rust_type();
        quote_spanned!(written.span()=> __lend::assert_is::<#written, #assumed>();)
    });
    quote!(const { #(#arguments)* #of_job #(#result)* })
}
