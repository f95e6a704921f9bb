//! Mistakes in what a function is.

use quote::ToTokens;
use syn::Error;

use super::{at, show};

pub fn not_a_function(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` goes on a function or on an inline module\nhint: put it on a `fn`, or on `mod name { … }` to export each `pub fn` inside",
    )
}

pub fn method_block(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` does not export methods yet\nhint: export free functions that take the data; `#[wasm_bindgen]` classes work beside them",
    )
}

pub fn exported_type(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` does not export types\nhint: `#[derive(Record)]` lends a `#[repr(C)]` struct in buffers, `#[derive(FromJs, IntoJs)]` passes a newtype, `#[wasm_bindgen]` makes a class or an enum",
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

pub fn borrowed_across_await(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be held across an await: JavaScript goes on, and may free or change the memory\nhint: take a `Buffer<T>`, which keeps the memory, or a `BufferMut<T>` and return it",
            show(tokens)
        ),
    )
}

pub fn text_across_await(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be held across an await: the next call may overwrite it\nhint: take a `String`",
            show(tokens)
        ),
    )
}

pub fn reference_across_await(tokens: &dyn ToTokens, owned: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be held across an await\nhint: take it by value: `{}`",
            show(tokens),
            show(owned)
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
