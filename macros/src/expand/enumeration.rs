//! Exported enums: their conversions in Rust, and their objects in JavaScript.

use std::fmt::Write;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ItemEnum, Path};

use super::hidden::hidden;
use super::jsdoc;
use super::ship::{Learns, Shipment};
use super::snippet::Snippet;
use crate::enumeration::{Enumeration, Value, Variant, key};
use crate::names;
use crate::typescript::Piece;
use crate::unique;

/// The items beside an exported enum.
pub fn enumeration(path: &Path, enumeration: &Enumeration) -> TokenStream {
    let name = &enumeration.name;
    let shipment = Shipment {
        backend: enumeration.backend,
        path,
        name: name.clone(),
        id: unique::id(&format!("enum {name}")),
        snippet: snippet(enumeration),
        exports: vec![name.clone()],
        learns: Learns::Tags(Vec::new()),
        described: Vec::new(),
        declarations: if enumeration.skip_typescript {
            Vec::new()
        } else {
            vec![vec![Piece::Text(declaration(enumeration))]]
        },
    };
    let (conversions, shipped) = (conversions(enumeration), shipment.expand());
    hidden(path, &quote!(#conversions #shipped))
}

/// The conversions of an enum with mistakes, so that its users have no further ones.
pub fn fallback(path: &Path, item: &ItemEnum) -> Option<TokenStream> {
    if !item.generics.params.is_empty() {
        return None;
    }
    let (ident, key) = (&item.ident, key(&names::plain(&item.ident)));
    let nothing = quote!(__lend::not_expanded());
    let items = traits(
        ident,
        &names::plain(ident),
        &key,
        [&nothing, &nothing, &nothing],
        &quote!(__lend::primitive::f64),
    );
    Some(hidden(path, &items))
}

fn conversions(enumeration: &Enumeration) -> TokenStream {
    let Enumeration { ident, name, variants, .. } = enumeration;
    let (is_text, expected) = (enumeration.is_text(), enumeration.expected());
    let from = variants.iter().map(|Variant { ident: variant, value, .. }| {
        let pattern = match value {
            Value::Number(number) => Literal::i64_suffixed(*number),
            Value::Text(text) => Literal::string(text),
        };
        quote!(__lend::Some(#pattern) => __lend::Ok(#ident::#variant))
    });
    let of_variants = |literal: &dyn Fn(&Value) -> Literal| {
        let arms = variants.iter().map(|Variant { ident: variant, value, .. }| {
            let value = literal(value);
            quote!(#ident::#variant => #value)
        });
        quote!(match self { #(#arms),* })
    };
    let raw = of_variants(&|value| match value {
        Value::Number(number) => Literal::f64_suffixed(*number as f64),
        Value::Text(text) => Literal::string(text),
    });
    let (read, refuse, raw_type, js) = if is_text {
        (
            quote!(value.as_string().as_deref()),
            quote!(no_variant_of_strings),
            quote!(&'static __lend::primitive::str),
            quote!(__lend::JsValue::from_str(#raw)),
        )
    } else {
        (
            quote!(__lend::whole_number(&value)),
            quote!(no_variant_of_numbers),
            quote!(__lend::primitive::f64),
            quote!(__lend::JsValue::from_f64(#raw)),
        )
    };
    let from_js = quote! {
        match #read {
            #(#from,)*
            _ => __lend::Err(__lend::#refuse(&value, #expected)),
        }
    };
    let into_js = quote!(__lend::Ok(#js));
    let passed = quote!(<#raw_type as __lend::Pass>::pass(#raw));
    let asserted = asserted(enumeration);
    let traits = traits(ident, name, &key(name), [&from_js, &into_js, &passed], &raw_type);
    quote!(#asserted #traits)
}

/// Checks that each variant has the number that the macro has read.
fn asserted(enumeration: &Enumeration) -> TokenStream {
    let ident = &enumeration.ident;
    let asserted = enumeration.variants.iter().filter_map(|Variant { ident: variant, value, .. }| {
        let Value::Number(number) = value else { return None };
        let number = Literal::i128_suffixed(i128::from(*number));
        let span = Span::mixed_site().located_at(variant.span());
        Some(quote_spanned! {span=>
            __lend::assert_discriminant(#ident::#variant as __lend::primitive::i128 == #number);
        })
    });
    quote!(const _: () = { #(#asserted)* };)
}

/// The traits of an enum, with the bodies of `from_js`, `into_js` and `pass`. `raw` is what it is passed to callbacks as.
fn traits(
    ident: &Ident,
    name: &str,
    key: &str,
    [from_js, into_js, passed]: [&TokenStream; 3],
    raw: &TokenStream,
) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl __lend::Enum for #ident {
            const KEY: &'static __lend::primitive::str = #key;
        }

        #[automatically_derived]
        impl __lend::FromJs for #ident {
            const TS: __lend::Ts = __lend::Ts::Text(#name);

            fn from_js(value: __lend::JsValue) -> __lend::Result<Self, __lend::ConversionError> {
                #from_js
            }
        }

        #[automatically_derived]
        impl __lend::IntoJs for #ident {
            const TS: __lend::Ts = __lend::Ts::Text(#name);

            fn into_js(self) -> __lend::Result<__lend::JsValue, __lend::ConversionError> {
                #into_js
            }
        }

        #[automatically_derived]
        impl __lend::Pass for #ident {
            const KIND: __lend::primitive::u32 = <#raw as __lend::Pass>::KIND;
            type Passed = <#raw as __lend::Pass>::Passed;

            fn pass(self) -> Self::Passed {
                #passed
            }

            fn number(passed: &Self::Passed) -> __lend::primitive::f64 {
                <#raw as __lend::Pass>::number(passed)
            }
        }

        #[automatically_derived]
        impl __lend::Parameter for #ident {
            const TS: __lend::Ts = __lend::Ts::Text(#name);
            type At<'lend> = #ident;
        }
    }
}

/// A value in JavaScript and TypeScript.
fn written(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => names::quoted(text),
    }
}

/// The object of an enum. It has its functions in the prototype, which the snippets of `impl` blocks add. In a plugin the snippet makes that
/// prototype itself, because it has nothing of the runtime before its start.
fn snippet(enumeration: &Enumeration) -> Snippet {
    let Enumeration { backend, name, variants, .. } = enumeration;
    let key = key(name);
    let (before, open, close, start) = if backend.is_plugin() {
        (
            "\nconst functions$$ = {};",
            "Object.freeze(Object.assign(Object.create(functions$$), {".to_owned(),
            "}))",
            format!("  $shareEnum('{key}', functions$$);\n"),
        )
    } else {
        ("", format!("$enum('{key}', {{"), "})", String::new())
    };
    let mut body = format!("{before}\nexport const {name}$ = /* @__PURE__ */ {open}\n");
    for Variant { name, value, .. } in variants {
        let _ = writeln!(body, "  {name}: {},", written(value));
    }
    let _ = writeln!(body, "{close};");
    Snippet { backend: *backend, body, start, ..Snippet::default() }
}

/// The object, as an interface to which `impl` blocks add functions, and the union of its values.
fn declaration(enumeration: &Enumeration) -> String {
    let Enumeration { name, docs, variants, .. } = enumeration;
    let comment = jsdoc::plain_comment(docs, "");
    let mut ts = format!("export interface {name}Enum {{\n");
    for Variant { name, docs, value, .. } in variants {
        let _ = writeln!(ts, "{}  readonly {name}: {};", jsdoc::plain_comment(docs, "  "), written(value));
    }
    let values: Vec<_> = variants.iter().map(|variant| written(&variant.value)).collect();
    let _ = write!(
        ts,
        "}}\n{comment}export const {name}: {name}Enum;\n{comment}export type {name} = {};\n",
        values.join(" | ")
    );
    ts
}
