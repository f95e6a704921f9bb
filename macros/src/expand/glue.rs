//! Ships the JavaScript half with wasm-bindgen's public features: `inline_js`, `reexport`, a start function and a
//! custom TypeScript section.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Path;

use super::named::element_type;
use super::{dts, js, plugin, section};
use crate::element::Optional;
use crate::model::{ArgumentType, Element, Function, Member, ResultKind, Scalar};
use crate::{mode, unique};

/// What wasm-bindgen makes symbols of, which are distinct in the whole package.
pub struct Names {
    pub bind: Ident,
    pub start: Ident,
    pub reexport: Ident,
}

impl Names {
    /// Those for an export of this name, of an expansion of this id.
    pub fn new(name: &str, unit: &str) -> Names {
        let of = |what: &str| format_ident!("__lend_{}_{}_{}", what, unique::ascii(name), unit);
        Names { bind: of("bind"), start: of("start"), reexport: of("reexport") }
    }

    fn of(function: Option<&Function>) -> Names {
        function
            .map_or_else(|| Names::new("", ""), |function| Names::new(&function.shim_name(), &function.unit))
    }
}

pub fn glue(crate_path: &Path, functions: &[Function]) -> TokenStream {
    if mode::PLUGIN {
        let declarations = declarations(functions);
        return plugin::functions(functions, &parts(functions), tags(functions).as_deref(), &declarations);
    }
    let snippet = js::snippet(functions);
    let wasm_bindgen = quote!(wasm_bindgen = #crate_path::__private::wasm_bindgen);
    let attribute = quote!(__lend::wasm_bindgen::prelude::wasm_bindgen);
    let reexports = reexports(functions);
    let declarations = declarations(functions).into_iter().map(|pieces| {
        let section = quote!(#attribute(#wasm_bindgen, typescript_custom_section));
        let constant = section::constant(&section, &pieces);
        quote! {
            const _: () = {
                // On constants wasm-bindgen (0.2.130) ignores the path it is told, and writes this one.
                #[allow(unused_imports)]
                use __lend::wasm_bindgen;
                #constant
            };
        }
    });
    let Names { bind, start, .. } = Names::of(functions.first());
    let parts = parts(functions);
    let tags = tags(functions);
    let (tags_parameter, tags_argument) = match &tags {
        Some(tags) => (quote!(, tags: &[__lend::primitive::u32]), quote!(, &[#(#tags),*])),
        None => (TokenStream::new(), TokenStream::new()),
    };
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[#attribute(#wasm_bindgen, inline_js = #snippet)]
            extern "C" {
                #(#reexports)*
                #[wasm_bindgen(js_name = "bind$")]
                fn #bind(runtime: &__lend::JsValue #tags_parameter);
            }

            #[#attribute(#wasm_bindgen, start, private, skip_typescript)]
            fn #start() {
                let runtime = __lend::attach();
                #(__lend::#parts(&runtime);)*
                #bind(&runtime #tags_argument);
            }

            #(#declarations)*
        };
    }
}

fn declarations(functions: &[Function]) -> Vec<Vec<dts::Piece>> {
    if let Some(Member { class, .. }) = functions.first().and_then(|first| first.member.as_ref()) {
        return vec![dts::members(&crate::names::plain(class), functions)];
    }
    match functions.first().and_then(|first| first.namespace.as_ref()) {
        Some(namespace) => vec![dts::namespace(namespace, functions)],
        None => functions
            .iter()
            .filter(|function| !function.skip_typescript && !function.is_handler)
            .map(dts::declaration)
            .collect(),
    }
}

/// Makes the functions, or the object that has them, exports of the package.
fn reexports(functions: &[Function]) -> Vec<TokenStream> {
    // Declared as a function, for only that honours `skip_typescript`.
    let reexport = |name: &str, unit: &str| {
        let (import, local) = (Names::new(name, unit).reexport, format!("{name}$"));
        quote! {
            #[wasm_bindgen(reexport = #name, js_name = #local, skip_typescript)]
            fn #import();
        }
    };
    match functions.first().and_then(|first| Some((first.namespace.as_ref()?, &first.unit))) {
        Some((namespace, unit)) => vec![reexport(namespace, unit)],
        None => functions
            .iter()
            .filter(|function| function.is_export())
            .map(|function| reexport(&function.name, &function.unit))
            .collect(),
    }
}

/// The parts of the JavaScript runtime that the shims use. What no function of a package uses does not get into it.
fn parts(functions: &[Function]) -> Vec<proc_macro2::Ident> {
    let any = |which: &dyn Fn(&Function) -> bool| functions.iter().any(which);
    let argument = |which: &dyn Fn(&ArgumentType) -> bool| {
        any(&|function| function.arguments.iter().any(|argument| which(&argument.kind)))
    };
    let result = |which: &dyn Fn(&ResultKind) -> bool| any(&|function| which(&function.result.kind));
    let handles = any(&|function| function.arguments.iter().any(crate::model::Argument::is_handle));
    let exclusive = argument(&|kind| matches!(kind, ArgumentType::Exclusive(_)));
    let owned = argument(&|kind| {
        matches!(kind, ArgumentType::Keep(_) | ArgumentType::Take(_) | ArgumentType::TakeVec(_))
    });
    let results = any(&|function| function.result.element().is_some());
    let records = !js::named_elements(functions).is_empty();
    let text = argument(&|kind| matches!(kind, ArgumentType::Text(_)))
        || result(&|kind| matches!(kind, ResultKind::Text(_)));
    // Those that are no plain numbers.
    let scalars = any(&|function| {
        let special = |kind: &Scalar, option| {
            *kind == Scalar::Char || kind.is_wide() || option && kind.optional() == Optional::Flag
        };
        function.arguments.iter().any(|argument| matches!(argument.kind, ArgumentType::Scalar(Scalar::Char)))
            || matches!(&function.result.kind, ResultKind::Scalar(kind) if special(kind, function.result.option))
    });
    let objects = any(&|function| {
        function.arguments.iter().any(crate::model::Argument::is_object)
            || matches!(function.result.kind, ResultKind::Object)
    });
    let values = any(&|function| {
        function.is_async
            || function.result.fallible
            || function.arguments.iter().any(crate::model::Argument::is_value)
            || matches!(function.result.kind, ResultKind::Value)
    });
    [
        (handles, "attach_slices"),
        (exclusive, "attach_exclusive"),
        (owned, "attach_owned"),
        (results, "attach_results"),
        (records, "attach_records"),
        (text, "attach_text"),
        (scalars, "attach_scalars"),
        (objects, "attach_objects"),
        (functions.iter().any(|function| function.member.is_some()), "attach_classes"),
        (values, "attach_values"),
    ]
    .into_iter()
    .filter(|(used, _)| *used)
    .map(|(_, part)| format_ident!("{}", part))
    .collect()
}

/// The tags of the element types that are known at the start only, in the order of `js::named_elements`.
fn tags(functions: &[Function]) -> Option<Vec<TokenStream>> {
    let names = js::named_elements(functions);
    let class = functions.first().and_then(|first| first.member.as_ref()).map(|member| {
        let class = &member.class;
        quote!(__lend::class_tag::<#class>())
    });
    let elements: Vec<&Element> = functions.iter().flat_map(js::elements_of).collect();
    let of = |name: &String| {
        let element = elements.iter().find(|element| match element {
            Element::Named(ty) => quote!(#ty).to_string() == *name,
            Element::Number(_) => false,
        });
        element.map(|element| {
            let ty = element_type(element);
            quote!(<#ty as __lend::Element>::tag())
        })
    };
    let tags: Vec<_> = names.iter().filter_map(of).chain(class).collect();
    (!tags.is_empty()).then_some(tags)
}
