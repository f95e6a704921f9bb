//! The job of a function that runs on another thread, and the promise of its end.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::promise::settled;
use super::user_call::passed;
use crate::form::InJob;
use crate::model::{Function, Worker};

/// The raw parameter with the flags of the call.
pub fn flags() -> Ident {
    format_ident!("__lend_flags")
}

/// Makes the job, without its work.
pub fn new_job(worker: &Worker) -> TokenStream {
    let (flags, is_parallel) = (flags(), worker.is_parallel);
    quote!(let __lend_job = __lend::NewJob::new(#flags, #is_parallel)?;)
}

/// Moves the guards and what the function takes into a job, starts that, and gives its promise.
pub fn job(function: &Function, path: &str, worker: &Worker) -> TokenStream {
    let mut before = Vec::new();
    let mut arguments = Vec::new();
    for site in function.sites(path) {
        let value = passed(&site);
        if site.argument.in_job == InJob::Held {
            arguments.push(value);
            continue;
        }
        let local = site.local();
        let check = assert_sent(&site.argument.written);
        before.push(quote! {
            #check
            let mut #local = __lend::Some(#value);
        });
        // The work is called once. It may not consume what it holds, because its guards have to outlive a panic.
        arguments.push(quote!(__lend::taken(&mut #local)));
    }
    let mut reports = quote!(|_| {});
    if let Some((place, ty)) = &worker.progress {
        let span = ty.span();
        before.push(quote!(let (__lend_progress, __lend_reports) = __lend_job.progress::<#ty>();));
        arguments.insert(*place, quote!(__lend::Clone::clone(&__lend_progress)));
        let value = quote_spanned!(span=> (&&&__lend::Probe::<#ty>::NEW).__lend_into_js(value));
        reports = quote! {
            |id| while let __lend::Some(value) = __lend_reports.next() {
                __lend::progressed(#path, id, #value);
            }
        };
    }
    let call = &function.ident;
    let ended = quote! {
        match __lend_started.ended(#reports).await {
            __lend::Ok(value) => value,
            __lend::Err(reason) => return __lend::Err(reason),
        }
    };
    let settled = settled(function, path, ended);
    quote! {
        #(#before)*
        let __lend_started = __lend_job.start(move || #call(#(#arguments),*));
        __lend::give_job(__lend_started.id(), async move { #settled })
    }
}

/// Errors show the type, where a value of it cannot go to another thread.
fn assert_sent(ty: &Type) -> TokenStream {
    quote_spanned!(ty.span()=> __lend::assert_sent::<#ty>();)
}

/// Checks what a job borrows, and what it returns: the caller's thread has both.
pub fn assertions(function: &Function) -> TokenStream {
    let references = function.arguments.iter().filter_map(|argument| {
        let class = argument.class()?;
        let is_exclusive =
            matches!(&argument.inner, Type::Reference(reference) if reference.mutability.is_some());
        let check = if is_exclusive { quote!(assert_sent) } else { quote!(assert_shared) };
        Some(quote_spanned!(class.span()=> __lend::#check::<#class>();))
    });
    let result = function.result.written.iter().map(assert_sent);
    quote!(#(#references)* #(#result)*)
}
