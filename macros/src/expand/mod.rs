//! From model to code: `rust` writes the `extern "C"` shims, `snippet` and `js` the JavaScript ones, `dts` their declarations, and
//! `ship` puts the last two into the package or plugin.

mod call;
mod class;
mod components;
mod derive;
mod derived;
mod derived_ts;
mod direct;
mod dts;
mod enumeration;
mod handles;
mod hidden;
mod import;
mod js;
mod jsdoc;
mod members;
mod objects;
#[cfg(test)]
mod plugin_tests;
mod promise;
mod record;
mod rust;
mod ship;
mod snippet;
mod tags;
#[cfg(all(test, not(feature = "plugin-host")))]
mod tests;
mod user_call;
mod worker;

pub use derive::{from_js, into_js};
pub use import::import;
pub use record::record;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemMod, Path};

use crate::attr::Options;
use crate::backend::Backend;
use crate::model::{Function, Member};
use crate::parse::{self, Exported};
use crate::{cfg, class_names, unique};
use hidden::hidden;
use ship::{Learns, Shipment};
use tags::Tags;

/// Expands `#[export(attribute)] item`. After a mistake the item stays there, so that no other error follows from it.
pub fn export(backend: Backend, attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut parsed = match parse::item(&item) {
        Ok(parsed) => parsed,
        Err(error) => {
            let error = error.into_compile_error();
            return quote!(#error #item);
        }
    };
    let path = parse::path(&attribute, &parsed);
    if let Some(detour) = cfg::detour(&quote!(export), &attribute, &path, &parsed) {
        return detour;
    }
    exported(backend, &attribute, &mut parsed)
}

/// The item without this macro's own attributes, and the items beside it. Mistakes in the options and in the item are reported
/// together. A struct with mistakes still becomes a class. So its methods and its users get no second errors.
fn exported(backend: Backend, attribute: &TokenStream, item: &mut Item) -> TokenStream {
    let (mut options, mistakes) = parse::options(attribute, item);
    options.backend = backend;
    let beside = match (shims_of(item, &options), mistakes) {
        (Ok(shims), None) => shims,
        (Ok(_), Some(mistakes)) => with_fallback(&mistakes, item, &options),
        (Err(error), None) => with_fallback(&error, item, &options),
        (Err(error), Some(mut mistakes)) => {
            mistakes.combine(error);
            with_fallback(&mistakes, item, &options)
        }
    };
    quote!(#item #beside)
}

fn with_fallback(error: &syn::Error, item: &Item, options: &Options) -> TokenStream {
    let error = error.to_compile_error();
    let fallback = match item {
        Item::Struct(item) if item.generics.params.is_empty() => {
            let name = class_names::of(&item.ident);
            Some(class::in_rust(&options.crate_path(), &item.ident, &name, &TokenStream::new()))
        }
        Item::Enum(item) => enumeration::fallback(&options.crate_path(), item),
        _ => None,
    };
    quote!(#error #fallback)
}

/// Expands the derive of an item that has taken the detour.
pub fn configured(backend: Backend, item: TokenStream) -> TokenStream {
    match cfg::configured(item) {
        Ok((_, _, None)) => TokenStream::new(),
        Ok((which, options, Some(item))) if which == "import" => import::configured(backend, &options, item),
        Ok((_, options, Some(mut item))) => exported(backend, &options, &mut item),
        Err(error) => error.into_compile_error(),
    }
}

fn shims_of(item: &mut Item, options: &Options) -> syn::Result<TokenStream> {
    let path = options.crate_path();
    match parse::exported(item, options)? {
        Exported::Functions(functions) => {
            let shims = shims(&path, functions);
            match item {
                // Inside the module, where the functions have their names.
                Item::Mod(ItemMod { content: Some((_, items)), .. }) => {
                    items.push(Item::Verbatim(shims));
                    Ok(TokenStream::new())
                }
                _ => Ok(shims),
            }
        }
        Exported::Enum(exported) => Ok(enumeration::enumeration(&path, &exported)),
        Exported::Class(class) => {
            let shell = class::class(&path, &class);
            let fields = (!class.fields.is_empty()).then(|| shims(&path, class.fields));
            Ok(quote!(#shell #fields))
        }
    }
}

fn shims(crate_path: &Path, mut functions: Vec<Function>) -> TokenStream {
    let unit = functions.first().map(|first| unique::id(&first.shim_name())).unwrap_or_default();
    for function in &mut functions {
        function.unit.clone_from(&unit);
    }
    let rust = functions.iter().map(rust::shim);
    let linked = functions.iter().filter(|function| function.backend.links_modules());
    let direct = linked.filter_map(direct::shim);
    let shipped = shipped(crate_path, &functions);
    let named = functions.first().and_then(class::named);
    // The macro has taken the type for an enum, and the compiler checks it.
    let of_enum = functions.first().and_then(|first| first.of_enum.as_ref());
    let assured = of_enum.map(|of| quote!(const _: &__lend::primitive::str = <#of as __lend::Enum>::KEY;));
    hidden(crate_path, &quote!(#named #assured #(#rust)* #(#direct)* #shipped))
}

/// The JavaScript half of functions that are exported together.
fn shipped(path: &Path, functions: &[Function]) -> Option<TokenStream> {
    let first = functions.first()?;
    let tags = Tags::of(functions);
    let exports = match &first.namespace {
        // The enum's own snippet has the object.
        Some(_) if first.of_enum.is_some() => Vec::new(),
        Some(namespace) => vec![namespace.clone()],
        None => functions
            .iter()
            .filter(|function| function.is_export())
            .map(|function| function.name.clone())
            .collect(),
    };
    let declarations = match (&first.member, &first.namespace) {
        (Some(Member { class_name, .. }), _) => vec![dts::members(class_name, functions)],
        (None, Some(name)) if first.of_enum.is_some() => vec![dts::of_enum(name, functions)],
        (None, Some(namespace)) => vec![dts::namespace(namespace, functions)],
        (None, None) => functions
            .iter()
            .filter(|function| !function.skip_typescript && function.is_export())
            .map(dts::declaration)
            .collect(),
    };
    let shipment = Shipment {
        backend: first.backend,
        path,
        name: first.shim_name(),
        id: first.unit.clone(),
        snippet: snippet::snippet(functions, &tags),
        exports,
        learns: Learns::Tags(tags.in_rust()),
        described: functions.iter().map(described).collect(),
        declarations,
    };
    Some(shipment.expand())
}

/// One line for the loader: the name, and, separated by tabs, the symbol and the signature for other modules. A function that modules
/// cannot call has no symbol, and its arguments as messages show them instead of the signature.
fn described(function: &Function) -> String {
    let path = function.own_path();
    match function.direct_signature() {
        Some(signature) => format!("{path}\t{}\t{signature}", direct::symbol(function)),
        None => {
            let shown: Vec<_> = function.arguments.iter().map(|argument| argument.shown()).collect();
            format!("{path}\t\tfn({})", shown.join(", "))
        }
    }
}
