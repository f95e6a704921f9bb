//! Mistakes in exported enums and their functions.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::Error;

use super::at;

pub fn variant_with_data(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` exports an enum whose variants have no data: each is a number or a string\nhint: with data, write `#[derive(FromJs, IntoJs)]` instead: JavaScript gets objects such as `{ type: 'Circle', radius: 1 }`",
    )
}

pub fn empty_enum(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "this enum has no variants, so JavaScript could pass none\nhint: add a variant, or remove `#[export]`",
    )
}

pub fn generic_enum(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported enum cannot be generic: JavaScript has one object for it\nhint: remove the parameters",
    )
}

pub fn enum_option(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an enum does not have this option\nhint: it takes `name = \"…\"`, `rename_all = \"camelCase\"`, `skip_typescript` and `crate = path`",
    )
}

pub fn unknown_variant_option(span: Span) -> Error {
    Error::new(
        span,
        "unknown option of `#[lend]` on a variant\nhint: the options are `\"…\"`, the string that the variant is in JavaScript, and `name = \"…\"`",
    )
}

pub fn unreadable_discriminant(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` cannot read this number: JavaScript gets it in the text of the package\nhint: write it out, as in `10`, `-1`, `0x10` or `1 << 4`",
    )
}

pub fn discriminant_too_large(tokens: &dyn ToTokens, number: i128) -> Error {
    at(
        tokens,
        format!(
            "this variant is {number}, which a number of JavaScript does not hold exactly\nhint: use numbers from -9007199254740991 to 9007199254740991"
        ),
    )
}

pub fn variant_without_text(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "other variants of this enum are strings in JavaScript, and this one has none\nhint: give it one: `#[lend(\"{name}\")]`"
        ),
    )
}

pub fn second_variant_of_text(tokens: &dyn ToTokens, text: &str) -> Error {
    at(
        tokens,
        format!(
            "another variant is `{text:?}` in JavaScript already\nhint: give one of the two another string"
        ),
    )
}

pub fn second_variant_of_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "another variant is called `{name}` in JavaScript already\nhint: give one of the two another name: `#[lend(name = \"…\")]`"
        ),
    )
}

pub fn variant_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "every object of JavaScript has a `{name}` already\nhint: give the variant another name: `#[lend(name = \"…\")]`"
        ),
    )
}

pub fn exclusive_self_of_enum(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an enum is a plain value in JavaScript, so nobody would see what this function changes\nhint: take `self` and return the new value",
    )
}

pub fn async_reference_to_enum(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an `async fn` cannot hold `&self` across an await: the value of the enum belongs to the call\nhint: take `self`",
    )
}

pub fn member_of_enum(tokens: &dyn ToTokens, option: &str) -> Error {
    at(
        tokens,
        format!(
            "an enum has no {option}: it is a plain value in JavaScript\nhint: without `#[lend({option})]` it is a function of the enum's object"
        ),
    )
}

pub fn function_hides_variant(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "the enum has a variant that is called `{name}` in JavaScript\nhint: `#[lend(name = \"…\")]` gives the function another name"
        ),
    )
}

pub fn text_as_number(variant: &Ident, text: &syn::LitStr) -> Error {
    let text = text.value();
    at(
        variant,
        format!(
            "the string of a variant stands in `#[lend(…)]`\nhint: write `#[lend(\"{text}\")] {variant}`"
        ),
    )
}
