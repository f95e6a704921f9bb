//! Mistakes in the arguments of the attributes.

use proc_macro2::Span;
use quote::ToTokens;
use syn::Error;

use super::at;

pub fn unknown_option(span: Span) -> Error {
    Error::new(
        span,
        "unknown option of `#[export]`\nhint: the options are `name = \"…\"`, `namespace = \"…\"`, `rename_all = \"camelCase\"`, `skip_typescript`, `skip_jsdoc`, `coerce`, `ts_return = \"…\"`, `variadic`, `start`, `worker`, `parallel` and `crate = path`",
    )
}

pub fn unknown_convention(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "names can be `\"camelCase\"` in JavaScript, or stay as they are\nhint: `#[lend(name = \"…\")]` gives one function another name",
    )
}

pub fn unknown_parameter_option(span: Span) -> Error {
    Error::new(
        span,
        "unknown option of `#[lend]` on a parameter\nhint: the options are `name = …`, `ts = \"…\"` and `default = …`",
    )
}

pub fn unknown_field_option(span: Span) -> Error {
    Error::new(
        span,
        "unknown option of `#[lend]` on a field\nhint: the options are `name = …`, `ts = \"…\"`, `readonly`, without a setter, `skip`, for a field that JavaScript does not see, `skip_typescript` and `skip_jsdoc`",
    )
}

pub fn repeated_option(span: Span, key: &str) -> Error {
    Error::new(span, format!("`{key}` is given twice\nhint: remove one of the two"))
}

pub fn second_lend(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a second `#[lend]` on the same item\nhint: write all options into one: `#[lend(name = …, ts = \"…\")]`",
    )
}

pub fn needs_text(span: Span, option: &str) -> Error {
    Error::new(span, format!("`{option}` takes a string\nhint: `{option} = \"…\"`"))
}

pub fn not_an_identifier(literal: &syn::LitStr) -> Error {
    at(
        literal,
        format!(
            "\"{}\" is not a name that JavaScript could call\nhint: letters, digits and `_`, and no digit at the start",
            literal.value()
        ),
    )
}

pub fn function_option_on_module(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`name`, `ts_return`, `start`, `variadic`, `worker` and `parallel` are for functions, and this is a module\nhint: put `#[lend(name = \"…\")]` on a function inside; `namespace = \"…\"` goes on the module",
    )
}

pub fn namespace_in_module(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "the functions of one module have one namespace\nhint: write `#[export(namespace = \"…\")]` on the module",
    )
}

pub fn second_of_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "this module exports another function as `{name}` already\nhint: give one of the two another name"
        ),
    )
}

pub fn second_argument_of_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "another argument is called `{name}` in JavaScript already\nhint: give one of the two another name: `#[lend(name = …)]`"
        ),
    )
}

pub fn reserved_argument(span: Span, name: &str) -> Error {
    Error::new(
        span,
        format!(
            "`{name}` is a reserved word of JavaScript, so no argument can have it\nhint: use another name"
        ),
    )
}

pub fn default_of_option(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an `Option` has a default already, which is `None`\nhint: take the type without `Option`, or remove the `default`",
    )
}

pub fn default_of_reference(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a reference to a JavaScript object has no default: nothing in Rust would own it\nhint: take an `Option<&T>`",
    )
}

pub fn reserved_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "`{name}` is a reserved word of JavaScript, so nothing can be exported under it\nhint: export it as something else: `#[export(name = \"{name}_\")]`"
        ),
    )
}

pub fn then_name(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`import()` takes a package that exports a `then` for a promise, and calls it\nhint: export it as something else: `#[export(name = \"then_\")]`",
    )
}

pub fn package_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "every package already exports `{name}` of wasm-lend\nhint: export it as something else: `#[export(name = \"{name}_\")]`"
        ),
    )
}

pub fn unknown_record_option(span: Span) -> Error {
    Error::new(span, "unknown option of `#[lend]` on a record\nhint: the one option is `crate = path`")
}

pub fn record_layout(tokens: &dyn ToTokens) -> Error {
    at(tokens, "a record needs a layout that JavaScript can rely on\nhint: write `#[repr(C)]` on the struct")
}

pub fn generic_record(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a record cannot be generic: JavaScript knows it by one name and layout\nhint: write a struct for each concrete type",
    )
}

pub fn not_a_record(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a record is a struct with named fields, which JavaScript reads by name\nhint: name the fields",
    )
}

pub fn record_field(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot be the field of a record\nhint: a field is a number of up to 64 bits (not `usize`), `f32`, `f64`, or an array of those",
            super::show(tokens)
        ),
    )
}
