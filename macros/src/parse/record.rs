//! `#[derive(Record)]`: from a struct to its fields.

use syn::{Data, DeriveInput, Fields, FieldsNamed, Path, Type};

use crate::errors::{self, Errors};
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

/// The path of `#[lend(crate = path)]` on a record.
///
/// # Errors
///
/// When there is another option.
pub fn crate_path(input: &DeriveInput) -> syn::Result<Path> {
    let attribute = input.attrs.iter().find(|attribute| attribute.path().is_ident("lend"));
    let mut path = syn::parse_quote!(::wasm_lend);
    if let Some(attribute) = attribute {
        attribute.parse_args_with(|stream: syn::parse::ParseStream<'_>| {
            if !stream.peek(syn::Token![crate]) {
                return Err(errors::unknown_record_option(stream.span()));
            }
            stream.parse::<syn::Token![crate]>()?;
            stream.parse::<syn::Token![=]>()?;
            path = stream.call(Path::parse_mod_style)?;
            Ok(())
        })?;
    }
    Ok(path)
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
