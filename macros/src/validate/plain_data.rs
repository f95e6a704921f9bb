//! The checks of types that derive `FromJs` or `IntoJs`.

use quote::ToTokens;
use syn::{DeriveInput, Field as Written};

use crate::data_attr::TypeOptions;
use crate::errors::{self, Errors};
use crate::plain_data::{Content, Field, LONGEST_TUPLE, Shape, VALUE};

/// A field without a name, and the value inside a newtype, have no property that options could be about.
pub fn has_no_options(field: &Written, errors: &mut Errors) {
    if let Some(attribute) = field.attrs.iter().find(|attribute| attribute.path().is_ident("lend")) {
        errors.push(errors::option_of_unnamed_field(attribute));
    }
}

/// A type that derives.
pub fn plain_data(input: &DeriveInput, shape: &Shape<'_>, options: &TypeOptions, errors: &mut Errors) {
    options_fit(shape, options, errors);
    if !matches!(shape, Shape::Newtype { .. }) && !input.generics.params.is_empty() {
        errors.push(errors::generic_plain_data(&input.generics));
    }
    match shape {
        Shape::Newtype { .. } => {}
        Shape::Tuple(types) => tuple_is_short(&input.ident, types.len(), errors),
        Shape::Object(fields) => names_differ(fields, None, errors),
        Shape::Union { tag, variants } => {
            let has_data = variants.iter().any(|variant| !matches!(variant.content, Content::Nothing));
            if !has_data && options.tag.is_none() {
                errors.push(errors::derived_without_data(&input.ident));
            }
            if tag == "__proto__" {
                errors.push(errors::property_name(&options.tag, tag));
            }
            for (index, variant) in variants.iter().enumerate() {
                if variants[..index].iter().any(|other| other.name == variant.name) {
                    errors.push(errors::second_variant_of_text(&variant.ident, &variant.name));
                }
                match &variant.content {
                    Content::Nothing => {}
                    Content::Value(types) => {
                        if tag == VALUE {
                            errors.push(errors::field_hides_tag(&variant.ident, tag));
                        }
                        tuple_is_short(variant.ident, types.len(), errors);
                    }
                    Content::Fields(fields) => names_differ(fields, Some(tag), errors),
                }
            }
        }
    }
}

/// `tag` is for enums, `object` for structs of one field, and the others for types that the `.d.ts` declares.
fn options_fit(shape: &Shape<'_>, options: &TypeOptions, errors: &mut Errors) {
    let is_union = matches!(shape, Shape::Union { .. });
    if let (Some(tag), false) = (&options.tag, is_union) {
        errors.push(errors::tag_of_struct(tag));
    }
    if let (Some(span), false) = (options.object, matches!(shape, Shape::Object(_))) {
        errors.push(errors::object_of_another(span));
    }
    if let Shape::Newtype { .. } = shape {
        for literal in [&options.name, &options.rename_all].into_iter().flatten() {
            errors.push(errors::option_of_newtype(literal));
        }
    }
}

fn tuple_is_short(tokens: &dyn ToTokens, length: usize, errors: &mut Errors) {
    if length > LONGEST_TUPLE {
        errors.push(errors::long_tuple(tokens, LONGEST_TUPLE));
    }
}

fn names_differ(fields: &[Field<'_>], tag: Option<&str>, errors: &mut Errors) {
    for (index, field) in fields.iter().enumerate() {
        if field.name == "__proto__" {
            errors.push(errors::property_name(&field.ident, &field.name));
        }
        if tag == Some(&field.name) {
            errors.push(errors::field_hides_tag(&field.ident, &field.name));
        }
        if fields[..index].iter().any(|earlier| earlier.name == field.name) {
            errors.push(errors::second_field_of_name(&field.ident, &field.name));
        }
    }
}
