//! Mistakes in the kind of an item, and in a function's signature.

use quote::ToTokens;
use syn::Error;

use super::{at, show};

pub fn not_a_function(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` goes on a function, an inline module, a struct, an enum or an `impl`\nhint: put it on a `fn`, on `mod name { … }` to export each `pub fn` inside, on a `struct` and its `impl` blocks to make a class, or on an `enum` of numbers or strings",
    )
}

pub fn trait_block(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[export]` goes on an inherent `impl`: JavaScript has no traits\nhint: write a method that calls the trait's",
    )
}

pub fn async_is_off(function: &dyn ToTokens) -> Error {
    at(
        function,
        "an exported `async fn` needs the feature `async` of wasm-lend\nhint: in Cargo.toml, `wasm-lend = { …, features = [\"async\"] }`",
    )
}

pub fn generic_class(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "an exported class cannot be generic: JavaScript has one class\nhint: export a struct that has the generic one inside, for each concrete type",
    )
}

pub fn class_type(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "the `impl` must name the class directly\nhint: `impl Name { … }`, beside `#[export] struct Name`",
    )
}

pub fn class_option(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a struct or `impl` block does not have this option\nhint: it takes `name = \"…\"`, `rename_all`, `skip_typescript`, `skip_jsdoc` and `crate = path`; write the options of a method in `#[lend(…)]` on the method",
    )
}

/// The text of an error that the compiler makes: only it knows both names. Braces would be a format.
pub fn another_class_name(known: &str) -> String {
    format!(
        "this block calls the class `{known}`, and `#[export(name = \"…\")]` on its struct gives it another name\nhint: write the block below the struct, or write the same `name = \"…\"` in the `#[export]` of the block"
    )
}

pub fn class_namespace(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a class is in no namespace: a namespace is one object, which is made with all that it has, and a class is an export of its own\nhint: remove it; `#[export(name = \"…\")]` on the struct gives the class another name",
    )
}

pub fn start_of_member(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a method does not run at the start: there is no instance yet\nhint: put `#[export(start)]` on a function that makes one",
    )
}

pub fn start_signature(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a function that runs at the start takes no arguments, and returns nothing or a `Result<(), E>`\nhint: without `start`, JavaScript calls it",
    )
}

pub fn variadic_without_arguments(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a `variadic` function needs an argument that takes the rest of JavaScript's arguments\nhint: `rest: &[f64]`, or a `Vec<T>`",
    )
}

pub fn variadic_type(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        format!(
            "`{}` cannot take the rest of JavaScript's arguments, which is an array\nhint: the last argument of a `variadic` function is a `&[T]` of numbers or a `Vec<T>`",
            show(tokens)
        ),
    )
}

pub fn no_members(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "this block has no `pub fn`, so `#[export]` has nothing to export\nhint: make the methods `pub`",
    )
}

pub fn member_outside(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "only a method of an exported `impl` is a constructor, getter or setter\nhint: put `#[export]` on the `impl` block",
    )
}

pub fn second_constructor(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a class has one constructor, and this is the second\nhint: make it a static: without `#[lend(constructor)]`, and not named `new`",
    )
}

pub fn constructor_signature(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a constructor takes no `self`, is not `async`, and returns `Self`, `Result<Self, E>` or `Option<Self>`\nhint: without `#[lend(constructor)]` it is a static",
    )
}

pub fn getter_signature(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a getter takes `&self`, `&mut self` or no `self`, has no arguments, and returns a value\nhint: without `#[lend(getter)]` it is a method",
    )
}

pub fn setter_signature(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "a setter takes `&mut self`, `&self` or no `self`, has one argument, is not `async`, and returns nothing or a `Result<(), E>`\nhint: without `#[lend(setter)]` it is a method",
    )
}

pub fn member_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "every class already has a `{name}`\nhint: `#[lend(name = \"…\")]` gives the member another name in JavaScript"
        ),
    )
}

pub fn second_member_of_name(tokens: &dyn ToTokens, name: &str) -> Error {
    at(
        tokens,
        format!(
            "this class has another member `{name}` already\nhint: give one of the two another name: `#[lend(name = \"…\")]`"
        ),
    )
}

pub fn typed_receiver(tokens: &dyn ToTokens) -> Error {
    at(tokens, "this type of `self` is not supported\nhint: take `&self`, `&mut self` or `self`")
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
        "a method is exported with its class\nhint: put `#[export]` on the `struct` and on the `impl` block, not on the method",
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
    at(
        tokens,
        "an exported function cannot be variadic as in C\nhint: `#[export(variadic)]`, with a slice as the last argument: `values: &[f64]`",
    )
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
