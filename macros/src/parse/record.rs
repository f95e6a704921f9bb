//! `#[derive(Record)]`: from a struct to its fields.

use syn::{Data, DeriveInput, Expr, Fields, Type};

use crate::errors::{self, Errors};
use crate::names;
use crate::syntax::plain;

pub struct Field<'a> {
    pub ident: &'a syn::Ident,
    pub name: String,
    pub docs: Vec<String>,
    /// The type of the number, or of the array's numbers.
    pub element: &'a Type,
    /// The length of an array of numbers.
    pub length: Option<&'a Expr>,
}

/// The fields of a record.
///
/// # Errors
///
/// Every mistake in it.
pub fn record(input: &DeriveInput) -> syn::Result<Vec<Field<'_>>> {
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
                // The compiler checks aliases.
                if !matches!(element, Type::Path(_)) || known_non_number(element) {
                    errors.push(errors::record_field(&field.ty));
                }
                fields.push(Field {
                    ident,
                    name: names::plain(ident),
                    docs: super::docs(&field.attrs),
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
        // rustc checks everything else that stands there.
        let _ = attribute.parse_nested_meta(|meta| {
            c |= meta.path.is_ident("C") || meta.path.is_ident("transparent");
            if meta.input.peek(syn::token::Paren) {
                let content;
                syn::parenthesized!(content in meta.input);
                content.parse::<proc_macro2::TokenStream>()?;
            }
            Ok(())
        });
        c
    })
}
