//! `#[derive(Record)]`: a struct that buffers can be made of, with accessors in JavaScript.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::DeriveInput;
use syn::spanned::Spanned;

use super::hidden::hidden;
use super::jsdoc;
use super::ship::{Learns, Shipment};
use super::snippet::Snippet;
use crate::backend::{Backend, crate_name};
use crate::numbers::{Element, number};
use crate::parse::{self, crate_path};
use crate::record::Field;
use crate::typescript::Piece;
use crate::{names, unique};

pub fn record(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    expand(&input).unwrap_or_else(|error| {
        let error = error.into_compile_error();
        // It still becomes a record, so that buffers of it are no further mistakes.
        let path = crate_path(&input).unwrap_or_else(|_| syn::parse_quote!(::wasm_lend));
        let fallback = input
            .generics
            .params
            .is_empty()
            .then(|| in_rust(&path, &input.ident, &[], &TokenStream::new(), true));
        quote!(#error #fallback)
    })
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let path = crate_path(input)?;
    let fields = parse::record(input)?;
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
    let shipment = Shipment {
        backend: Backend::of_package(),
        path: &path,
        id: unique::id(&format!("record {name}")),
        snippet: snippet(&name),
        exports: vec![name.clone()],
        learns: Learns::Record(ident.clone()),
        described: Vec::new(),
        declarations: vec![vec![Piece::Text(declaration(input, &name, &fields))]],
        name,
    };
    let shipped = shipment.expand();
    let shipped = quote!(const { #(#asserted)* }; #shipped);
    Ok(in_rust(&path, ident, &descriptors.collect::<Vec<_>>(), &shipped, false))
}

/// The trait that makes a struct a record for the runtime, and what ships it.
fn in_rust(
    path: &syn::Path,
    ident: &syn::Ident,
    descriptors: &[TokenStream],
    shipped: &TokenStream,
    is_fallback: bool,
) -> TokenStream {
    let name = names::plain(ident);
    // The lifetime makes the compiler check at each use, not here, that the type is plain data. So a struct with a mistake gets no
    // second error here.
    let clause = is_fallback.then(|| {
        let ident = ident.clone();
        quote!(where for<'lend> #ident: __lend::PlainData)
    });
    let items = quote! {
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
        #shipped
    };
    hidden(path, &items)
}

/// `export interface Particle { … }`, and the value of the same name, from which JavaScript makes buffers.
fn declaration(input: &DeriveInput, name: &str, fields: &[Field<'_>]) -> String {
    let mut ts = jsdoc::plain_comment(&crate::parse::docs(&input.attrs), "");
    let _ = writeln!(ts, "export interface {name} {{");
    for field in fields {
        let array = match number(field.element) {
            Some(Element::Number(tag)) => Element::array_of_number(tag),
            _ => "Float64Array",
        };
        let one = if array.starts_with("Big") { "bigint" } else { "number" };
        let ty = if field.length.is_some() { array } else { one };
        let _ = writeln!(ts, "{}  {}: {ty};", jsdoc::plain_comment(&field.docs, "  "), field.name);
    }
    let _ = writeln!(ts, "}}\nexport const {name}: RecordType<{name}>;");
    ts
}

/// The class of that name. JavaScript never has an instance of it.
fn snippet(name: &str) -> Snippet {
    let body = format!(
        "
export const {name}$ = class {name} {{
  constructor() {{ throw new TypeError('{name} has no constructor: lend.alloc({name}, length) makes a buffer of it'); }}
}};
"
    );
    let start = format!("  $defineRecord({name}$, tag, size, fields, '{}');\n", crate_name());
    Snippet {
        backend: Backend::of_package(),
        head: String::new(),
        parameters: "tag, size, fields",
        start,
        body,
    }
}
