//! What a plugin has in the place of wasm-bindgen's glue: a custom section that describes its functions and brings their
//! shims, which the loader (`runtime/js/plugins.js`) reads.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{direct, dts, js, section};
use crate::model::{Element, Function};
use crate::{errors, mode, unique};

/// One record of the section: its length, and then each field with its length before it; little-endian, UTF-8.
fn record(fields: &[&str]) -> TokenStream {
    let mut bytes = Vec::new();
    for field in fields {
        bytes.extend((field.len() as u32).to_le_bytes());
        bytes.extend(field.bytes());
    }
    let whole = (bytes.len() as u32).to_le_bytes();
    let bytes = [&whole[..], &bytes].concat();
    let (length, literal) = (bytes.len(), Literal::byte_string(&bytes));
    quote! {
        #[unsafe(link_section = "wasm-lend")]
        #[used]
        static RECORD: [__lend::primitive::u8; #length] = *#literal;
    }
}

/// The text of a module as the body of a function that returns its exports.
fn body(module: &str, exports: &[&str]) -> String {
    // Strict, as modules are.
    format!(
        "'use strict';\n{}return {{ bind$, {} }};\n",
        module.replace("\nexport ", "\n"),
        exports.iter().map(|name| format!("{name}: {name}$")).collect::<Vec<_>>().join(", ")
    )
}

/// What `functions` need of the loader: their shims in JavaScript, and a function that gives the tags these want.
pub fn functions(
    functions: &[Function],
    parts: &[proc_macro2::Ident],
    tags: Option<&[TokenStream]>,
    declarations: &[Vec<dts::Piece>],
) -> TokenStream {
    let Some(first) = functions.first() else { return TokenStream::new() };
    let exports: Vec<&str> = match &first.namespace {
        Some(namespace) => vec![namespace],
        None => functions
            .iter()
            .filter(|function| function.is_export())
            .map(|function| function.name.as_str())
            .collect(),
    };
    let shims = body(&js::snippet(functions), &exports);
    let declarations = declarations.iter().map(|pieces| section::embedded(pieces));
    let described: Vec<_> = functions.iter().map(describe).collect();
    let parts: Vec<_> = parts.iter().map(ToString::to_string).collect();
    let record = |start: &str| {
        record(&[
            "functions",
            &mode::crate_name(),
            start,
            &parts.join(" "),
            &described.join("\n"),
            &exports.join(" "),
            &shims,
        ])
    };
    let started = started(&format!("{}$start", super::rust::symbol(first)), tags, record);
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #started
            #(const _: () = { #declarations };)*
        };
    }
}

/// `name`, the symbol for other modules, and the signature, or its arguments as messages show them, with tabs between.
fn describe(function: &Function) -> String {
    let path = function.own_path();
    match direct::signature(function) {
        Some(signature) => format!("{path}\t{}\t{signature}", direct::symbol(function)),
        None => {
            let shown: Vec<_> = function.arguments.iter().map(crate::model::Argument::shown).collect();
            format!("{path}\t\tfn({})", shown.join(", "))
        }
    }
}

/// The same for a class.
pub fn class(ident: &Ident, name: &str, snippet: &str, declaration: Option<String>) -> TokenStream {
    let shims = body(snippet, &[name]);
    let symbol = format!("lend${}${}$class$start", unique::ascii(name), unique::id(&format!("class {name}")));
    let record =
        |start: &str| record(&["class", &mode::crate_name(), start, "attach_classes", "", name, &shims]);
    let started = started(&symbol, Some(&[quote!(__lend::class_tag::<#ident>())]), record);
    let declaration = declaration.map(|text| section::embedded(&[dts::Piece::Text(text)]));
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #started
            #declaration
        };
    }
}

fn started(symbol: &str, tags: Option<&[TokenStream]>, record: impl Fn(&str) -> TokenStream) -> TokenStream {
    let Some(tags) = tags else {
        let record = record("");
        return quote!(#record);
    };
    let record = record(symbol);
    let count = tags.len();
    quote! {
        #record

        /// The tags, as many as the shims want.
        #[unsafe(export_name = #symbol)]
        extern "C" fn start() -> *const __lend::primitive::u32 {
            static TAGS: __lend::Tags<#count> = __lend::Tags::new();
            TAGS.set([#(#tags),*])
        }
    }
}

/// That the plugin calls a function of another module.
pub fn import(module: &str, name: &str, signature: &str) -> TokenStream {
    record(&["import", &mode::crate_name(), module, name, signature])
}

/// What a function has that a plugin cannot have.
pub fn unfit(function: &Function) -> Option<syn::Error> {
    if function.is_async {
        return Some(errors::async_in_plugin(&function.ident));
    }
    if function.is_handler {
        return Some(errors::handler_in_plugin(&function.ident));
    }
    js::elements_of(function).find_map(|element| match element {
        Element::Named(ty) => Some(errors::record_in_plugin(ty)),
        Element::Number(_) => None,
    })
}
