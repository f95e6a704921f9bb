//! Mistakes in functions of `#[export(worker)]`.

use proc_macro2::Span;
use quote::ToTokens;
use syn::Error;

use super::{at, show};

pub fn not_sent(ty: &dyn ToTokens) -> Error {
    at(
        ty,
        format!(
            "`{}` cannot go to another thread\nhint: a function of `#[export(worker)]` takes numbers, strings, `&[T]`, `&mut [T]`, `Buffer<T>`, `BufferMut<T>`, `Vec<T>`, `Progress<T>`, and values and classes that are `Send`",
            show(ty)
        ),
    )
}

pub fn signal_in_worker(ty: &dyn ToTokens) -> Error {
    at(
        ty,
        "a function of `#[export(worker)]` takes its signal in the options of the call: `await f(…, { signal })`\nhint: remove the argument, and ask `wasm_lend::worker::check()?` in the function",
    )
}

pub fn second_progress(ty: &dyn ToTokens) -> Error {
    at(ty, "a function reports its progress to one listener\nhint: remove the second `Progress`")
}

pub fn worker_method(function: &dyn ToTokens) -> Error {
    at(
        function,
        "a method cannot run on another thread by itself\nhint: export a function that takes the instance: `#[export(worker)] fn name(of: &Class, …)`",
    )
}

pub fn worker_at_start(function: &dyn ToTokens) -> Error {
    at(
        function,
        "a function that runs at the start has no caller that could wait for another thread\nhint: remove `worker` or `start`",
    )
}

pub fn variadic_worker(function: &dyn ToTokens) -> Error {
    at(
        function,
        "the options of a call come last, so a function of `#[export(worker)]` cannot be `variadic`\nhint: take a slice",
    )
}

pub fn async_worker(function: &dyn ToTokens) -> Error {
    at(
        function,
        "a function of `#[export(worker)]` is no `async fn`: it runs on a thread of its own, and its promise comes from that\nhint: remove `async`",
    )
}

pub fn worker_in_plugin(function: &dyn ToTokens) -> Error {
    at(
        function,
        "a plugin has no threads of its own\nhint: let its host run it: export a function of the host with `#[export(worker)]`",
    )
}

pub fn worker_is_off(function: &dyn ToTokens) -> Error {
    at(
        function,
        "`#[export(worker)]` needs the feature `async` of wasm-lend\nhint: in Cargo.toml, `wasm-lend = { …, features = [\"async\"] }`",
    )
}

pub fn parallel_without_worker(span: Span) -> Error {
    Error::new(
        span,
        "several threads run a function together only on the pool, whose caller does not wait\nhint: `#[export(worker, parallel)]`",
    )
}

pub fn parallel_is_off(function: &dyn ToTokens) -> Error {
    at(
        function,
        "`#[export(worker, parallel)]` needs the feature `rayon` of wasm-lend\nhint: in Cargo.toml, `wasm-lend = { …, features = [\"rayon\"] }`, and `rayon` beside it",
    )
}
