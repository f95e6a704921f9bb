//! Mistakes in types: those that do not cross.

use quote::ToTokens;
use syn::Error;

use super::{at, show};

const ELEMENTS: &str = "`T` is `u8`, `i8`, `u16`, `i16`, `u32`, `i32`, `u64`, `i64`, `f32`, `f64`, `Clamped<u8>`, or a struct that derives `Record`";

pub fn argument_type(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be an argument of an exported function\nhint: take a number, a string, `&[T]`, `Buffer<T>`, a `JsValue`, or a type that implements `FromJs`",
            show(tokens)
        ),
    )
}

pub fn result_type(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be the result of an exported function\nhint: return a number, a string, `Vec<T>`, `Buffer<T>`, a `JsValue`, or a type that implements `IntoJs`",
            show(tokens)
        ),
    )
}

pub fn element_type(tokens: &dyn ToTokens) -> Error {
    at(tokens, format!("`{}` is not an element type\nhint: {ELEMENTS}", show(tokens)))
}

pub fn known_non_element(tokens: &dyn ToTokens, way_out: &str) -> Error {
    at(tokens, format!("`{}` is not an element type\nhint: {way_out}", show(tokens)))
}

pub fn clamped(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` is the element of a buffer, and does not cross by itself\nhint: use `u8`; a `&[Clamped<u8>]`, `Buffer<Clamped<u8>>` or `Vec<Clamped<u8>>` is a `Uint8ClampedArray`",
            show(tokens)
        ),
    )
}

pub fn nested_option(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` has two kinds of `None`, but JavaScript has one `undefined`\nhint: use one `Option`",
            show(tokens)
        ),
    )
}

pub fn nested_result(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` inside the result cannot be thrown\nhint: make the function's own result the `Result`",
            show(tokens)
        ),
    )
}

pub fn result_argument(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be an argument: JavaScript throws its errors\nhint: take an `Option<T>`, or two arguments",
            show(tokens)
        ),
    )
}

pub fn unit_argument(tokens: &dyn ToTokens) -> Error {
    at(tokens, "`()` cannot be an argument: it carries nothing\nhint: remove it")
}

pub fn returned_view(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function cannot return a view: nothing would keep the memory alive in JavaScript\nhint: return an `Array`: its memory and shape move to JavaScript",
    )
}

pub fn returned_reference(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function cannot return a reference: nothing would keep the memory alive in JavaScript\nhint: return a `Buffer<T>`, which both sides hold, or a `Vec<T>`, which is copied",
    )
}

pub fn returned_from_method(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be lent to JavaScript\nhint: a method may return `&[T]` or `&mut [T]`, a buffer that keeps the instance borrowed, or `&str`, which is copied; return anything else by value",
            show(tokens)
        ),
    )
}

pub fn returned_object(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` is borrowed for the call only\nhint: return a `JsObject`: `to_object()` makes one",
            show(tokens)
        ),
    )
}

pub fn returned_str(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported function returns a `&str` only if it is `&'static str`\nhint: return a `String` or a `Cow<'static, str>`",
    )
}

pub fn reference_to_reference(tokens: &dyn ToTokens) -> Error {
    at(tokens, format!("`{}` is a reference to a reference\nhint: remove one `&`", show(tokens)))
}

pub fn reference_to_owned(tokens: &dyn ToTokens, way_out: &str) -> Error {
    at(
        tokens,
        format!(
            "`{}` is a reference to an owned type, which JavaScript does not have\nhint: take `{way_out}`",
            show(tokens)
        ),
    )
}

pub fn reference_to_scalar(tokens: &dyn ToTokens, scalar: &str) -> Error {
    at(
        tokens,
        format!(
            "`{}` is a reference to a value that JavaScript copies\nhint: take `{scalar}`, and return what changes",
            show(tokens)
        ),
    )
}

pub fn exclusive_text(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`&mut str` cannot be an argument: JavaScript's strings do not change\nhint: take a `String` and return it",
    )
}

pub fn reference_inside(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` inside another type cannot cross: a borrow lasts as long as the call's own arguments\nhint: use the owned type: `String`, `Buffer<T>`, `Vec<T>`",
            show(tokens)
        ),
    )
}

pub fn inside(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` inside another type cannot cross\nhint: use numbers, strings, buffers, and types that implement `FromJs` or `IntoJs`",
            show(tokens)
        ),
    )
}

pub fn container(tokens: &dyn ToTokens, way_out: &str) -> Error {
    at(tokens, format!("`{}` has no form in JavaScript\nhint: {way_out}", show(tokens)))
}

pub fn impl_trait(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`impl Trait` has no fixed form that JavaScript could pass or receive\nhint: write the concrete type; collect an iterator into a `Vec<T>` or a `Buffer<T>`, and make a function that returns a future `async`",
    )
}

pub fn trait_object(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` has no form in JavaScript\nhint: for a callback take a `Callback<'_, (A, B), R>`",
            show(tokens)
        ),
    )
}

pub fn function_pointer(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` is a Rust function pointer, and JavaScript cannot make one\nhint: take a `Callback<'_, (A, B), R>`",
            show(tokens)
        ),
    )
}

pub fn raw_pointer(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` would let JavaScript pass any address\nhint: take `&[T]`, or keep the memory in a `Buffer<T>`",
            show(tokens)
        ),
    )
}

pub fn bare_slice(tokens: &dyn ToTokens) -> Error {
    at(tokens, format!("`{0}` has no size\nhint: take `&{0}`", show(tokens)))
}

pub fn never(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`!` has no value: a function that returns it can only end in a panic, which ends the instance\nhint: return a `Result`, whose error is thrown",
    )
}

/// The message for a type that is not a path, a reference, a tuple or an array.
pub fn unusual(ty: &syn::Type) -> Option<Error> {
    use syn::Type;

    match ty {
        Type::ImplTrait(written) => Some(impl_trait(written)),
        Type::TraitObject(written) => Some(trait_object(written)),
        Type::FnPtr(written) => Some(function_pointer(written)),
        Type::Ptr(written) => Some(raw_pointer(written)),
        Type::Slice(written) => Some(bare_slice(written)),
        Type::Never(written) => Some(never(written)),
        _ => None,
    }
}
