//! What an `async fn` becomes: a promise, which an `AbortSignal` among the arguments rejects.

use proc_macro2::TokenStream;
use quote::quote;

use super::named::{result_type, unwrapped};
use super::passed::passed;
use super::rust::{call, local};
use crate::model::{Access, Argument, ArgumentType, Function, Member};

/// The call of an `async fn` and a promise of its result.
pub fn promise(function: &Function) -> TokenStream {
    let (call, path) = (call(function), function.path());
    let ty = result_type(&function.result);
    if function.has_receiver() {
        return promise_of_method(function);
    }
    let value = if function.result.fallible {
        quote! {
            match __lend_future.await {
                __lend::Ok(value) => value,
                __lend::Err(error) => return __lend::Err((&&&&__lend::Caught::new(error)).__lend_throw()),
            }
        }
    } else {
        quote!(__lend_future.await)
    };
    let give = give(function);
    quote! {
        let __lend_future = #call;
        #give(async move {
            let __lend_result: #ty = #value;
            __lend::fulfilled(#path, (&&&__lend::Probe::<#ty>::NEW).__lend_into_js(__lend_result))
        })
    }
}

/// Looks whether an `AbortSignal` among the arguments has aborted, before anything is moved.
pub fn before(function: &Function) -> Option<TokenStream> {
    let signals: Vec<_> =
        function.arguments.iter().filter(|argument| is_signal(argument)).map(local).collect();
    (!signals.is_empty()).then(|| {
        quote! {
            let __lend_signals = __lend::Vec::from([#(#signals.__lend_signal()),*]);
            if let __lend::Some(reason) = __lend::aborted(&__lend_signals) {
                return __lend::Err(__lend::rejected(&reason));
            }
        }
    })
}

/// What makes a promise of the future.
fn give(function: &Function) -> TokenStream {
    if function.arguments.iter().any(is_signal) {
        quote!((|future| __lend::give_promise(__lend::until_aborted(__lend_signals, future))))
    } else {
        quote!(__lend::give_promise)
    }
}

fn is_signal(argument: &Argument) -> bool {
    let inner = unwrapped(&argument.inner);
    let syn::Type::Path(path) = crate::types::plain(inner) else { return false };
    matches!(argument.kind, ArgumentType::Value)
        && path.path.segments.last().is_some_and(|last| last.ident == "AbortSignal")
}

/// The same for a method: its instance stays borrowed until the promise settles.
fn promise_of_method(function: &Function) -> TokenStream {
    let (path, ty) = (function.path(), result_type(&function.result));
    let (ident, result) = (&function.ident, &function.result);
    let Some(Member { class, .. }) = &function.member else { return TokenStream::new() };
    let this = local(&function.arguments[0]);
    let locals: Vec<_> = function.arguments.iter().skip(1).map(local).collect();
    let others = function.arguments.iter().enumerate().skip(1);
    let others = others.map(|(index, argument)| passed(&path, index, argument));
    let (mutability, receiver) = match function.arguments[0].kind {
        ArgumentType::This(Access::Exclusive) => (Some(quote!(mut)), quote!(&mut #this)),
        ArgumentType::This(Access::Owned) => (None, quote!(#this)),
        _ => (None, quote!(&#this)),
    };
    // Out of JavaScript's hands at once; a borrow is moved along as it is.
    let taken = matches!(function.arguments[0].kind, ArgumentType::This(Access::Owned))
        .then(|| quote!(let #this = #this.into_value();));
    let call = quote!(#class::#ident(#receiver #(, #locals)*).await);
    let value = if result.fallible {
        quote! {
            match #call {
                __lend::Ok(value) => value,
                __lend::Err(error) => return __lend::Err((&&&&__lend::Caught::new(error)).__lend_throw()),
            }
        }
    } else {
        call
    };
    let give = give(function);
    quote! {
        #(let #locals = #others;)*
        #taken
        #give(async move {
            let #mutability #this = #this;
            let __lend_result: #ty = #value;
            __lend::fulfilled(#path, (&&&__lend::Probe::<#ty>::NEW).__lend_into_js(__lend_result))
        })
    }
}
