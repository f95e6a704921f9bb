//! `#[derive(Record)]`: from a struct to its fields.

use syn::{Data, DeriveInput, Expr, Fields, FieldsNamed, Type};

use crate::errors::Errors;
use crate::syntax::plain;
use crate::{names, validate};

/// A struct that derives `Record`.
pub struct Record<'a> {
    pub input: &'a DeriveInput,
    /// `None` if it is no struct with named fields.
    pub fields: Option<Vec<Field<'a>>>,
}

pub struct Field<'a> {
    pub ident: &'a syn::Ident,
    pub name: String,
    pub docs: Vec<String>,
    /// The type, as the user wrote it.
    pub written: &'a Type,
    /// The type of the number, or of the array's numbers.
    pub element: &'a Type,
    /// The length of an array of numbers.
    pub length: Option<&'a Expr>,
}

/// The fields of a record.
///
/// # Errors
///
/// If the struct has a mistake: all of them as one error.
pub fn record(input: &DeriveInput) -> syn::Result<Vec<Field<'_>>> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(fields),
            _ => None,
        },
        _ => None,
    };
    let record = Record { input, fields: named.map(fields) };
    let mut errors = Errors::default();
    validate::record(&record, &mut errors);
    errors.finish()?;
    Ok(record.fields.unwrap_or_default())
}

fn fields(named: &FieldsNamed) -> Vec<Field<'_>> {
    let fields = named.named.iter().filter_map(|field| {
        let ident = field.ident.as_ref()?;
        let (element, length) = match plain(&field.ty) {
            Type::Array(array) => (plain(&array.elem), Some(&array.len)),
            other => (other, None),
        };
        let (name, docs) = (names::plain(ident), super::docs(&field.attrs));
        Some(Field { ident, name, docs, written: &field.ty, element, length })
    });
    fields.collect()
}
