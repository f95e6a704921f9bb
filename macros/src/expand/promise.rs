//! The promise of an `async fn`. An `AbortSignal` among the arguments rejects it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;

use super::rust::{given, outcome};
use super::user_call::{call, passed};
use super::worker;
use crate::form::Access;
use crate::model::{Function, Member};

/// The call of an `async fn` and a promise of its result.
pub fn promise(function: &Function, path: &str) -> TokenStream {
    if function.has_receiver() {
        return promise_of_method(function, path);
    }
    let (call, give) = (call(function, path), give(function));
    let settled = settled(function, path, quote!(__lend_future.await));
    quote! {
        let __lend_future = #call;
        #give(async move { #settled })
    }
}

/// What may refuse the call, before anything is moved: an `AbortSignal` among the arguments that has aborted, or no memory for a job.
pub fn before(function: &Function, path: &str) -> Option<TokenStream> {
    if let Some(of_worker) = &function.worker {
        // The shim has looked at the signal.
        return Some(worker::new_job(of_worker));
    }
    let signals: Vec<_> =
        function.sites(path).filter(|site| site.argument.is_signal()).map(|site| site.local()).collect();
    (!signals.is_empty()).then(|| {
        quote! {
            let __lend_signals = __lend::Vec::from([#(#signals.__lend_signal()),*]);
            if let __lend::Some(reason) = __lend::aborted(&__lend_signals) {
                return __lend::Err(__lend::rejected(&reason));
            }
        }
    })
}

/// The function that makes a promise of the future.
fn give(function: &Function) -> TokenStream {
    if function.arguments.iter().any(|argument| argument.is_signal()) {
        quote!((|future| __lend::give_promise(__lend::until_aborted(__lend_signals, future))))
    } else {
        quote!(__lend::give_promise)
    }
}

/// The end of the future: its value for JavaScript, or its error.
pub fn settled(function: &Function, path: &str, future: TokenStream) -> TokenStream {
    let (result, ty) = (&function.result, function.result.rust_type());
    let value = if result.fallible { or_rejected(&future) } else { future };
    if result.may_be_result() {
        let local = proc_macro2::Ident::new("__lend_result", ty.span());
        let (value, given) = (or_rejected(&outcome(&value, &ty)), given(&local));
        return quote! {
            let #local = #value;
            __lend::fulfilled(#path, #given)
        };
    }
    quote! {
        let __lend_result: #ty = #value;
        __lend::fulfilled(#path, (&&&__lend::Probe::<#ty>::NEW).__lend_into_js(__lend_result))
    }
}

/// The value of a `Result`, or the end of the future with its error.
fn or_rejected(result: &TokenStream) -> TokenStream {
    quote! {
        match #result {
            __lend::Ok(value) => value,
            __lend::Err(error) => return __lend::Err((&&&&__lend::Caught::new(error)).__lend_throw()),
        }
    }
}

/// The call and promise of an async method. Its instance stays borrowed until the promise settles.
fn promise_of_method(function: &Function, path: &str) -> TokenStream {
    let (ident, give) = (&function.ident, give(function));
    let mut sites = function.sites(path);
    let (Some(Member { class, .. }), Some(receiver)) = (&function.member, sites.next()) else {
        return TokenStream::new();
    };
    let this = receiver.local();
    let (locals, others): (Vec<_>, Vec<_>) = sites.map(|site| (site.local(), passed(&site))).unzip();
    // An owned instance is moved at once. A guard moves into the future as it is.
    let (mutability, reference, taken) = match receiver.argument.form.receiver() {
        Some(Access::Exclusive) => (Some(quote!(mut)), quote!(&mut #this), None),
        Some(Access::Owned) => (None, quote!(#this), Some(quote!(let #this = #this.into_value();))),
        _ => (None, quote!(&#this), None),
    };
    let call = quote!(#class::#ident(#reference #(, #locals)*).await);
    let settled = settled(function, path, call);
    let site = receiver.call_site();
    // Taking checks it too.
    let outlives = taken.is_none().then(|| quote!(#this.outlives_call(#site)?;));
    quote! {
        #outlives
        #(let #locals = #others;)*
        #taken
        #give(async move {
            let #mutability #this = #this;
            #settled
        })
    }
}
