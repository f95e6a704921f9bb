//! Mistakes in plugins: forms that a plugin cannot have, and forms that only a plugin can have.

use quote::ToTokens;
use syn::Error;

use super::{at, show};

pub fn async_in_plugin(function: &dyn ToTokens) -> Error {
    at(
        function,
        "a plugin has no `async fn`: promises are wasm-bindgen's, which a plugin is loaded without\nhint: export a plain `fn`, and wait in JavaScript or in the host",
    )
}

pub fn start_in_plugin(function: &dyn ToTokens) -> Error {
    at(
        function,
        "a plugin has no function that runs at its start: its host may not be ready\nhint: export it, and call it when `lend.loadPlugin()` has returned",
    )
}

pub fn handler_in_plugin(function: &dyn ToTokens) -> Error {
    at(
        function,
        "a plugin has no `register_call_rust!`: its exported functions are called by name as they are\nhint: put `#[export]` on the functions, and call `lend.callRust('plugin.function')`",
    )
}

pub fn record_in_plugin(element: &dyn ToTokens) -> Error {
    at(
        element,
        format!(
            "a plugin has no buffers of records such as `{}`\nhint: take the numbers, `&[f32]`, and cast them: `bytemuck::cast_slice`",
            show(element)
        ),
    )
}

pub fn import_of_no_block(item: &dyn ToTokens) -> Error {
    at(
        item,
        "`#[import(\"module\")]` stands on a block of functions: `unsafe extern \"C\" { fn sum(values: &[f32]) -> f32; }`",
    )
}

pub fn import_without_module(tokens: &dyn ToTokens) -> Error {
    at(
        tokens,
        "`#[import]` needs the module's name: `#[import(\"filters\")]`, or `\"host\"` for the package that loads this plugin",
    )
}

pub fn import_of_no_function(item: &dyn ToTokens) -> Error {
    at(item, "only functions are imported from other modules")
}

pub fn unimportable(signature: &dyn ToTokens) -> Error {
    at(
        signature,
        "this signature cannot cross between modules\nhint: arguments are numbers, `bool`, `char`, `&str`, `String`, `&[T]`, `&mut [T]`, `Vec<T>`, `Buffer<T>`, `BufferMut<T>`, `JsRef` or `JsObject`; the result is a number, `String`, `Vec<T>`, `Buffer<T>`, `BufferMut<T>` or `JsObject`; an `Option` of those, or a `Result` whose error is a `String`",
    )
}

pub fn import_of_error(ty: &dyn ToTokens) -> Error {
    at(ty, "the error of an imported function must be `String`: only its message crosses")
}
