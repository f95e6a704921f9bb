//! `#[derive(FromJs)]` and `#[derive(IntoJs)]`: from a type to a model.

use syn::{Data, DataEnum, DataStruct, DeriveInput, Fields, LitStr, Path, Type};

use super::docs;
use crate::data_attr::{self, DataFieldOptions, TypeOptions, VariantOptions};
use crate::errors::{self, Errors, Place};
use crate::names;
use crate::plain_data::{Content, Field, PlainData, Shape, Variant};
use crate::validate;

/// The model of a type that derives, or the path of wasm-lend and the mistakes: all of them as one error.
pub fn plain_data(input: &DeriveInput) -> Result<PlainData<'_>, (Path, syn::Error)> {
    let mut errors = Errors::default();
    let options: TypeOptions = data_attr::read(&input.attrs, Place::Class, &mut errors);
    let path = options.crate_path.clone().unwrap_or_else(|| syn::parse_quote!(::wasm_lend));
    let shape = match &input.data {
        Data::Struct(data) => of_struct(input, data, &options, &mut errors),
        Data::Enum(data) => Some(of_enum(data, &options, &mut errors)),
        Data::Union(_) => {
            errors.push(errors::derived_union(&input.ident));
            None
        }
    };
    if let Some(shape) = &shape {
        validate::plain_data(input, shape, &options, &mut errors);
    }
    if let Err(error) = errors.finish() {
        return Err((path, error));
    }
    // Without a mistake there is a shape.
    let Some(shape) = shape else { return Err((path, errors::derived_union(&input.ident))) };
    Ok(PlainData {
        input,
        path,
        name: options.name.as_ref().map_or_else(|| names::plain(&input.ident), LitStr::value),
        docs: docs(&input.attrs),
        skip_typescript: options.skip_typescript,
        shape,
    })
}

fn of_struct<'a>(
    input: &DeriveInput,
    data: &'a DataStruct,
    options: &TypeOptions,
    errors: &mut Errors,
) -> Option<Shape<'a>> {
    let mut members = data.fields.members().zip(&data.fields);
    match (&data.fields, members.next(), members.next()) {
        (_, None, _) => {
            errors.push(errors::derived_without_fields(&input.ident));
            None
        }
        (_, Some((member, field)), None) if options.object.is_none() => {
            validate::has_no_options(field, errors);
            Some(Shape::Newtype { inner: &field.ty, member: Some(member) })
        }
        (Fields::Named(_), _, _) => Some(Shape::Object(fields(&data.fields, options, errors))),
        _ => Some(Shape::Tuple(types(&data.fields, errors))),
    }
}

fn of_enum<'a>(data: &'a DataEnum, options: &TypeOptions, errors: &mut Errors) -> Shape<'a> {
    let variants = data.variants.iter().map(|variant| {
        let own: VariantOptions = data_attr::read(&variant.attrs, Place::Variant, errors);
        let plain = names::plain(&variant.ident);
        let name = match own.text.or(own.name) {
            Some(literal) => literal.value(),
            None if options.rename_all.is_some() => names::camel_case_of_variant(&plain),
            None => plain,
        };
        let content = match &variant.fields {
            Fields::Named(_) => Content::Fields(fields(&variant.fields, options, errors)),
            Fields::Unnamed(_) if !variant.fields.is_empty() => {
                Content::Value(types(&variant.fields, errors))
            }
            _ => Content::Nothing,
        };
        Variant { ident: &variant.ident, name, docs: docs(&variant.attrs), content }
    });
    let variants = variants.collect();
    Shape::Union { tag: options.tag.as_ref().map_or_else(|| "type".to_owned(), LitStr::value), variants }
}

fn fields<'a>(fields: &'a Fields, options: &TypeOptions, errors: &mut Errors) -> Vec<Field<'a>> {
    let fields = fields.iter().filter_map(|field| {
        let own: DataFieldOptions = data_attr::read(&field.attrs, Place::Field, errors);
        let ident = field.ident.as_ref()?;
        let plain = names::plain(ident);
        let name = match own.name {
            Some(literal) => literal.value(),
            None if options.rename_all.is_some() => names::camel_case(&plain),
            None => plain,
        };
        let ts = own.ts.as_ref().map(LitStr::value);
        Some(Field { ident, ty: &field.ty, name, docs: docs(&field.attrs), ts, default: own.default })
    });
    fields.collect()
}

fn types<'a>(fields: &'a Fields, errors: &mut Errors) -> Vec<&'a Type> {
    for field in fields {
        validate::has_no_options(field, errors);
    }
    fields.iter().map(|field| &field.ty).collect()
}
