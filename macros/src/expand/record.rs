//! `#[derive(Record)]`: a struct that buffers can be made of, with accessors in JavaScript.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Expr, Fields, Type};

use super::derive::crate_path;
use super::glue::Names;
use super::{dts, jsdoc, section};
use crate::errors::{self, Errors};
use crate::types::{number, plain};
use crate::{names, unique};

pub fn record(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    expand(&input).unwrap_or_else(|error| {
        let error = error.into_compile_error();
        // A record all the same, so that no buffer of it is a mistake too.
        let path = crate_path(&input).unwrap_or_else(|_| syn::parse_quote!(::wasm_lend));
        let fallback = input
            .generics
            .params
            .is_empty()
            .then(|| in_rust(&path, &input.ident, &[], &TokenStream::new(), true));
        quote!(#error #fallback)
    })
}

struct Field<'a> {
    ident: &'a syn::Ident,
    name: String,
    docs: Vec<String>,
    /// The number's type, and of an array of numbers the length.
    element: &'a Type,
    length: Option<&'a Expr>,
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let path = crate_path(input)?;
    let fields = fields(input)?;
    let (ident, name) = (&input.ident, names::plain(&input.ident));
    let descriptors = fields.iter().map(|field| {
        let Field { ident: member, name, element, length, .. } = field;
        let length = length.map_or_else(|| quote!(0), |length| quote!(#length));
        quote_spanned! {element.span()=>
            __lend::Field::new::<#element>(#name, __lend::offset_of!(#ident, #member), #length)
        }
    });
    let asserted = fields.iter().map(|field| {
        let element = field.element;
        quote_spanned!(element.span()=> __lend::assert_number::<#element>();)
    });
    let glue = glue(&path, &name, &declaration(input, &name, &fields), ident);
    let glue = quote!(const { #(#asserted)* }; #glue);
    Ok(in_rust(&path, ident, &descriptors.collect::<Vec<_>>(), &glue, false))
}

/// What makes a struct a record for the runtime, and what ships it.
fn in_rust(
    path: &syn::Path,
    ident: &syn::Ident,
    descriptors: &[TokenStream],
    glue: &TokenStream,
    is_fallback: bool,
) -> TokenStream {
    let name = names::plain(ident);
    // The lifetime has the compiler ask at each use whether the type is plain old data, not here, where it may be no mistake of its own.
    let clause = is_fallback.then(|| {
        let ident = ident.clone();
        quote!(where for<'lend> #ident: __lend::PlainData)
    });
    // SAFETY: of the `unsafe impl`: the registration is a static inside of the impl, so no other type has it; the fields are
    // those of the struct, at what `offset_of!` says.
    quote! {
        #[doc(hidden)]
        #[allow(missing_docs, clippy::all, clippy::pedantic)]
        const _: () = {
            #[allow(unused_imports)]
            use #path::__private as __lend;
            // SAFETY: the static is inside the function of this one type. The fields are read off the struct, their offsets are `offset_of!`.
            #[automatically_derived]
            unsafe impl __lend::Record for #ident #clause {
                const NAME: &'static __lend::primitive::str = #name;
                const FIELDS: &'static [__lend::Field] = &[#(#descriptors),*];
                fn registration() -> &'static __lend::Registration {
                    static REGISTRATION: __lend::Registration = __lend::Registration::new();
                    &REGISTRATION
                }
            }
            #glue
        };
    }
}

fn fields(input: &DeriveInput) -> syn::Result<Vec<Field<'_>>> {
    let mut errors = Errors::default();
    if !is_repr_c(input) {
        errors.push(errors::record_layout(&input.ident));
    }
    if !input.generics.params.is_empty() {
        errors.push(errors::generic_record(&input.generics));
    }
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(fields),
            _ => None,
        },
        _ => None,
    };
    let mut fields = Vec::new();
    match named {
        None => errors.push(errors::not_a_record(&input.ident)),
        Some(named) => {
            for field in &named.named {
                let Some(ident) = &field.ident else { continue };
                let (element, length) = match plain(&field.ty) {
                    Type::Array(array) => (plain(&array.elem), Some(&array.len)),
                    other => (other, None),
                };
                // Aliases are the compiler's to judge.
                if !matches!(element, Type::Path(_)) || known_non_number(element) {
                    errors.push(errors::record_field(&field.ty));
                }
                fields.push(Field {
                    ident,
                    name: names::plain(ident),
                    docs: crate::parse::docs(&field.attrs),
                    element,
                    length,
                });
            }
        }
    }
    errors.finish()?;
    Ok(fields)
}

fn known_non_number(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return true };
    path.path.segments.last().is_some_and(|last| {
        ["bool", "char", "usize", "isize", "u128", "i128", "String", "Vec", "Option", "Box"]
            .iter()
            .any(|name| last.ident == name)
    })
}

fn is_repr_c(input: &DeriveInput) -> bool {
    input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")).any(|attribute| {
        let mut c = false;
        // Whatever else stands there is rustc's to complain about.
        let _ = attribute.parse_nested_meta(|meta| {
            c |= meta.path.is_ident("C") || meta.path.is_ident("transparent");
            if meta.input.peek(syn::token::Paren) {
                let content;
                syn::parenthesized!(content in meta.input);
                content.parse::<TokenStream>()?;
            }
            Ok(())
        });
        c
    })
}

/// `export interface Particle { … }`, and the value of that name, with which JavaScript makes buffers.
fn declaration(input: &DeriveInput, name: &str, fields: &[Field<'_>]) -> String {
    let mut ts = jsdoc::plain_comment(&crate::parse::docs(&input.attrs), "");
    let _ = writeln!(ts, "export interface {name} {{");
    for field in fields {
        let array = match number(field.element) {
            Some(crate::model::Element::Number(tag)) => crate::model::Element::array_of_number(tag),
            _ => "Float64Array",
        };
        let one = if array.starts_with("Big") { "bigint" } else { "number" };
        let ty = if field.length.is_some() { array } else { one };
        let _ = writeln!(ts, "{}  {}: {ty};", jsdoc::plain_comment(&field.docs, "  "), field.name);
    }
    let _ = writeln!(ts, "}}\nexport const {name}: RecordType<{name}>;");
    ts
}

fn glue(path: &syn::Path, name: &str, declaration: &str, ident: &syn::Ident) -> TokenStream {
    let wasm_bindgen = quote!(wasm_bindgen = #path::__private::wasm_bindgen);
    let attribute = quote!(__lend::wasm_bindgen::prelude::wasm_bindgen);
    let Names { bind, start, reexport } = Names::new(name, &unique::id(&format!("record {name}")));
    let local = format!("{name}$");
    let snippet = format!(
        "export const {name}$ = class {name} {{\n  constructor() {{ throw new TypeError('{name} has no constructor: lend.alloc({name}, length) makes a buffer of it'); }}\n}};\n\nexport function bind$(runtime, tag, size, fields) {{\n  runtime.$defineRecord({name}$, tag, size, fields, '{}');\n}}\n",
        crate::mode::crate_name()
    );
    let section = quote!(#attribute(#wasm_bindgen, typescript_custom_section));
    let constant = section::constant(&section, &[dts::Piece::Text(declaration.to_owned())]);
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[#attribute(#wasm_bindgen, inline_js = #snippet)]
            extern "C" {
                #[wasm_bindgen(reexport = #name, js_name = #local, skip_typescript)]
                fn #reexport();
                #[wasm_bindgen(js_name = "bind$")]
                fn #bind(runtime: &__lend::JsValue, tag: __lend::primitive::u32, size: __lend::primitive::u32, fields: __lend::JsValue);
            }

            #[#attribute(#wasm_bindgen, start, private, skip_typescript)]
            fn #start() {
                let runtime = __lend::attach();
                __lend::attach_records(&runtime);
                let (tag, size, fields) = __lend::describe_record::<#ident>();
                #bind(&runtime, tag, size, fields);
            }

            #[allow(unused_imports)]
            use __lend::wasm_bindgen;
            #constant
        };
    }
}
