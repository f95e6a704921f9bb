//! The macros of [wasm-lend](https://docs.rs/wasm-lend), which re-exports them: depend on that crate, not on this one.
//!
//! A small compiler. `parse` makes a model of the signature, with a form for each type, and `validate` checks it: both collect every
//! mistake. `expand` turns a model without mistakes into the Rust shim, the JavaScript shim and the TypeScript declaration.

mod attr;
mod backend;
mod cfg;
mod class_names;
mod data_attr;
mod enumeration;
mod errors;
mod expand;
mod form;
mod host_classes;
mod known_enums;
mod model;
mod names;
mod numbers;
mod parse;
mod plain_data;
mod record;
mod runtime_folder;
mod syntax;
mod typescript;
mod unique;
mod validate;

use backend::Backend;
use proc_macro::TokenStream;

/// This macro is part of [wasm-lend-macros](https://docs.rs/wasm-lend-macros), which must have the same version as wasm-lend.
#[proc_macro_attribute]
pub fn export(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand::export(Backend::of_package(), attribute.into(), item.into()).into()
}

/// [`macro@export`] of a wasm-lend that is compiled for a plugin.
#[proc_macro_attribute]
pub fn export_in_plugin(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand::export(Backend::Plugin, attribute.into(), item.into()).into()
}

/// This macro is part of [wasm-lend-macros](https://docs.rs/wasm-lend-macros), which must have the same version as wasm-lend.
#[proc_macro_attribute]
pub fn import(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand::import(Backend::of_package(), attribute.into(), item.into()).into()
}

/// [`macro@import`] of a wasm-lend that is compiled for a plugin.
#[proc_macro_attribute]
pub fn import_in_plugin(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand::import(Backend::Plugin, attribute.into(), item.into()).into()
}

/// Expands an item with `#[cfg]`s inside, for `#[export]` and `#[import]`.
#[doc(hidden)]
#[proc_macro_derive(Configured)]
pub fn configured(item: TokenStream) -> TokenStream {
    expand::configured(Backend::of_package(), item.into()).into()
}

/// [`macro@Configured`] of a wasm-lend that is compiled for a plugin.
#[doc(hidden)]
#[proc_macro_derive(ConfiguredInPlugin)]
pub fn configured_in_plugin(item: TokenStream) -> TokenStream {
    expand::configured(Backend::Plugin, item.into()).into()
}

/// Removes the enum that such an item was in.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn unconfigured(_: TokenStream, _: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// Makes buffers of a `#[repr(C)]` struct usable from JavaScript.
#[proc_macro_derive(Record, attributes(lend))]
pub fn record(item: TokenStream) -> TokenStream {
    expand::record(item.into()).into()
}

/// Lets an exported function take plain data: a newtype, a struct, or an enum with data.
#[proc_macro_derive(FromJs, attributes(lend))]
pub fn from_js(item: TokenStream) -> TokenStream {
    expand::from_js(item.into()).into()
}

/// Lets an exported function return plain data: a newtype, a struct, or an enum with data.
#[proc_macro_derive(IntoJs, attributes(lend))]
pub fn into_js(item: TokenStream) -> TokenStream {
    expand::into_js(item.into()).into()
}

/// An error if packages have the JavaScript half in another folder than snippets expect. wasm-lend alone uses it.
#[doc(hidden)]
#[proc_macro]
pub fn check_runtime_folder(_: TokenStream) -> TokenStream {
    runtime_folder::check().into()
}
