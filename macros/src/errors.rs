//! Every wording, and the sink that collects them so that one compile shows all mistakes.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Error;

/// Collects mistakes; must be emptied with [`Errors::finish`].
#[derive(Default)]
pub struct Errors(Vec<Error>);

impl Errors {
    pub fn push(&mut self, error: Error) {
        self.0.push(error);
    }

    /// # Errors
    ///
    /// All mistakes as one error, each under its own tokens.
    pub fn finish(mut self) -> syn::Result<()> {
        let all = core::mem::take(&mut self.0);
        all.into_iter()
            .reduce(|mut first, next| {
                first.combine(next);
                first
            })
            .map_or(Ok(()), Err)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.is_empty(), "forgot to report {} errors", self.0.len());
        }
    }
}

fn at(tokens: &dyn ToTokens, message: impl core::fmt::Display) -> Error {
    let mut stream = TokenStream::new();
    tokens.to_tokens(&mut stream);
    Error::new_spanned(stream, message)
}

/// Tokens as a person would write them in a message.
pub fn show(tokens: &dyn ToTokens) -> String {
    let spaced = tokens.to_token_stream().to_string();
    let mut text = String::with_capacity(spaced.len());
    let tight_after = ['&', '<', '[', '(', '\''];
    let tight_before = ['<', '>', ']', ')', ',', ':', ';'];
    for word in spaced.split(' ') {
        let glue = text.is_empty()
            || text.ends_with(tight_after)
            || text.ends_with("::")
            || word.starts_with(tight_before);
        if !glue {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

const ACCEPTED_ARGUMENTS: &str = "an argument is a number of up to 32 bits, `f64`, `bool`, `&[T]`, `&mut [T]`, `Vec<T>`, `Buffer<T>` or `BufferMut<T>`";
const ACCEPTED_RESULTS: &str =
    "a result is `()`, a number of up to 32 bits, `f64`, `bool`, `Vec<T>`, `Buffer<T>` or `BufferMut<T>`";
const ELEMENTS: &str =
    "`T` is `u8`, `i8`, `u16`, `i16`, `u32`, `i32`, `u64`, `i64`, `f32`, `f64` or `Clamped<u8>`";

pub fn unknown_option(span: Span) -> Error {
    Error::new(
        span,
        "unknown option of `#[export]`\nhint: the one option is `crate = path`, the path of wasm-lend where it is not `::wasm_lend`",
    )
}

pub fn not_a_function(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` goes on a function or on an inline module\nhint: put it on a `fn`, or on `mod name { … }` to export each `pub fn` inside",
    )
}

pub fn module_elsewhere(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` cannot see into a module that is in another file\nhint: write `mod name { … }` here, or put `#[export]` on each function in the file",
    )
}

pub fn nothing_to_export(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "this module has no `pub fn`, so `#[export]` has nothing to export\nhint: make the functions `pub`",
    )
}

pub fn generic(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function cannot be generic: JavaScript calls one compiled function\nhint: export a function for each concrete type that calls the generic one",
    )
}

pub fn receiver(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` takes free functions, not methods\nhint: take the data as an argument: `&[T]`, `Buffer<T>`, …",
    )
}

pub fn pattern(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an argument of an exported function needs a plain name, which errors and the `.d.ts` show\nhint: name it here and take it apart in the body",
    )
}

pub fn argument_type(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be an argument of an exported function\nhint: {ACCEPTED_ARGUMENTS}",
            show(tokens)
        ),
    )
}

pub fn result_type(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!("`{}` cannot be the result of an exported function\nhint: {ACCEPTED_RESULTS}", show(tokens)),
    )
}

pub fn element_type(tokens: &dyn ToTokens) -> Error {
    at(tokens, format!("`{}` is not an element type\nhint: {ELEMENTS}", show(tokens)))
}

pub fn returned_reference(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function cannot return a reference: nothing would keep the memory alive in JavaScript\nhint: return a `Buffer<T>`, which both sides hold, or a `Vec<T>`, which is copied",
    )
}

pub fn impl_trait(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`impl Trait` has no fixed form that JavaScript could pass or receive\nhint: write the concrete type; collect an iterator into a `Vec<T>` or a `Buffer<T>`",
    )
}

pub fn asynchronous(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function cannot be `async`: wasm-lend has no promises yet\nhint: export it with `#[wasm_bindgen]`, or export the part that does the work as a plain `fn`",
    )
}

pub fn borrowed_across_await(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be held across an await: JavaScript goes on, and may free or change the memory\nhint: take a `Buffer<T>`, which keeps the memory, or a `BufferMut<T>` and return it",
            show(tokens)
        ),
    )
}

pub fn foreign_abi(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function cannot be `extern`: `#[export]` writes the `extern \"C\"` shim itself\nhint: remove the `extern`",
    )
}

pub fn variadic(tokens: &dyn ToTokens) -> Error {
    at(tokens, "an exported function cannot be variadic\nhint: take a slice: `values: &[f64]`")
}

pub fn constant(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function cannot be `const`: JavaScript calls it at run time only\nhint: remove the `const`, or export a plain `fn` that calls it",
    )
}

pub fn unsafe_function(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function cannot be `unsafe`: JavaScript cannot uphold its conditions\nhint: export a safe function that checks them and calls it",
    )
}

pub fn reserved_name(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` is a reserved word of JavaScript, so no function can be exported under it\nhint: give the function another name",
            show(tokens)
        ),
    )
}

pub fn package_name(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "every package of wasm-lend exports a `{}` of its own already\nhint: give the function another name",
            show(tokens)
        ),
    )
}
