//! The arguments of a function that runs on another thread.

use syn::Type;

use crate::errors::{self, Errors};
use crate::form::Argument;
use crate::model::Worker;
use crate::syntax::{path, referent, sole_argument_of, unwrapped};

/// True if the argument is a `Progress<T>`, which the job makes.
pub fn takes_progress(worker: &mut Worker, ty: &Type, place: usize, errors: &mut Errors) -> bool {
    let Some(reported) = sole_argument_of(ty, "Progress") else { return false };
    match worker.progress {
        Some(_) => errors.push(errors::second_progress(ty)),
        None => worker.progress = Some((place, reported.clone())),
    }
    true
}

/// The argument as the other thread has it.
pub fn sent(argument: Argument, errors: &mut Errors) -> Option<Argument> {
    if argument.is_signal() {
        errors.push(errors::signal_in_worker(&argument.written));
        return None;
    }
    let sent = if is_of_javascript(&argument.inner) { None } else { argument.form.into_job() };
    match sent {
        Some((form, in_job)) => Some(Argument { form, in_job, ..argument }),
        None => {
            errors.push(errors::not_sent(&argument.written));
            None
        }
    }
}

/// True for types whose values belong to a thread in builds with threads, and could be sent in all others.
fn is_of_javascript(ty: &Type) -> bool {
    path(referent(unwrapped(ty))).is_some_and(|path| {
        path.path
            .segments
            .iter()
            .any(|segment| ["JsValue", "js_sys", "web_sys"].iter().any(|name| segment.ident == name))
    })
}
