//! `#[derive(Record)]`: from a struct to its fields.

use syn::{Data, DeriveInput, Fields, FieldsNamed, Type};

use crate::errors::Errors;
use crate::record::{Field, Record};
use crate::syntax::plain;
use crate::{names, validate};

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
