//! Mistakes in types that derive `FromJs` or `IntoJs`.

use proc_macro2::Span;
use quote::ToTokens;
use syn::Error;

use super::at;

pub fn unknown_type_option(span: Span) -> Error {
    Error::new(
        span,
        "unknown option of `#[lend]` on a type\nhint: the options are `name = \"…\"`, `rename_all = \"camelCase\"`, `tag = \"…\"`, `object`, `skip_typescript` and `crate = path`",
    )
}

pub fn unknown_data_field_option(span: Span) -> Error {
    Error::new(
        span,
        "unknown option of `#[lend]` on a field\nhint: the options are `name = \"…\"`, `default`, `default = …` and `ts = \"…\"`",
    )
}

pub fn derived_union(tokens: &dyn ToTokens) -> Error {
    at(tokens, "a `union` cannot be derived: nothing says which field it has\nhint: write an `enum`")
}

pub fn derived_without_fields(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "this struct has no fields, so nothing of it could cross\nhint: add a field, or take and return `()`",
    )
}

pub fn derived_without_data(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "no variant of this enum has data\nhint: write `#[export]` on it instead, and its variants are numbers or strings; or `#[lend(tag = \"type\")]`, and they are objects such as `{ type: 'A' }`",
    )
}

pub fn generic_plain_data(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a type that is an object or an Array in JavaScript cannot be generic: the `.d.ts` declares it once, by its name\nhint: write a type for each concrete one",
    )
}

pub fn long_tuple(tokens: &dyn ToTokens, most: usize) -> Error {
    at(
        tokens,
        format!(
            "more than {most} fields without names cannot cross\nhint: name the fields: `{{ … }}` instead of `(…)`"
        ),
    )
}

pub fn option_of_unnamed_field(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "this field is no property in JavaScript, so it has no options\nhint: name the fields: `{ … }` instead of `(…)`; a struct with one field crosses as that field, unless it has `#[lend(object)]`",
    )
}

pub fn option_of_newtype(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a struct with one field crosses as that field, and the `.d.ts` does not name it\nhint: `#[lend(object)]` makes it an object with one property",
    )
}

pub fn object_of_another(span: Span) -> Error {
    Error::new(
        span,
        "`object` is for a struct with one field that has a name\nhint: remove it, or name the field: `{ … }` instead of `(…)`",
    )
}

pub fn tag_of_struct(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`tag` is for an enum: it is the property that names the variant\nhint: remove it, or give the struct a field of that name",
    )
}

pub fn field_hides_tag(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "the property `{name}` names the variant already\nhint: give the field another name, `#[lend(name = \"…\")]`, or the tag: `#[lend(tag = \"…\")]` on the enum"
        ),
    )
}

pub fn second_field_of_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "another field is called `{name}` in JavaScript already\nhint: give one of the two another name: `#[lend(name = \"…\")]`"
        ),
    )
}

pub fn property_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "every object of JavaScript has a `{name}` already\nhint: use another name: `#[lend(name = \"…\")]`"
        ),
    )
}
