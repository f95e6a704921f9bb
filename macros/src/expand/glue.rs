//! Ships the JavaScript half with wasm-bindgen's public features: `inline_js`, `reexport`, a start function and a
//! custom TypeScript section.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Path;

use super::{dts, js};
use crate::model::Function;

pub fn glue(crate_path: &Path, functions: &[Function]) -> TokenStream {
    let snippet = js::snippet(functions);
    let wasm_bindgen = quote!(wasm_bindgen = #crate_path::__private::wasm_bindgen);
    let attribute = quote!(__lend::wasm_bindgen::prelude::wasm_bindgen);
    let reexports = functions.iter().map(|function| {
        let (cfgs, name) = (&function.cfgs, &function.name);
        let import = format_ident!("__lend_reexport_{}", name);
        // Declared as a function, for only that honours `skip_typescript`.
        quote! {
            #(#cfgs)*
            #[wasm_bindgen(reexport, js_name = #name, skip_typescript)]
            fn #import();
        }
    });
    let declarations = functions.iter().map(|function| {
        let (cfgs, text) = (&function.cfgs, dts::declaration(function));
        quote! {
            #(#cfgs)*
            const _: () = {
                // On constants wasm-bindgen (0.2.130) ignores the path it is told, and writes this one.
                #[allow(unused_imports)]
                use __lend::wasm_bindgen;
                #[#attribute(#wasm_bindgen, typescript_custom_section)]
                const DECLARATION: &'static __lend::primitive::str = #text;
            };
        }
    });
    // A function alone takes its snippet with it when it is configured out. In a module's snippet its shim stays, which
    // nothing exports.
    let whole = match functions {
        [only] => only.cfgs.as_slice(),
        _ => &[],
    };
    // wasm-bindgen makes symbols of these two names, so they are distinct throughout the package as exports are.
    let distinct = functions.first().map_or("", |function| &function.name);
    let (bind, start) =
        (format_ident!("__lend_bind_{}", distinct), format_ident!("__lend_start_{}", distinct));
    quote! {
        #(#whole)*
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[#attribute(#wasm_bindgen, inline_js = #snippet)]
            extern "C" {
                #(#reexports)*
                #[wasm_bindgen(js_name = "bind$")]
                fn #bind(runtime: &__lend::JsValue);
            }

            #[#attribute(#wasm_bindgen, start, private, skip_typescript)]
            fn #start() {
                #bind(&__lend::attach());
            }

            #(#declarations)*
        };
    }
}
