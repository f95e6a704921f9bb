//! The checks of exported enums.

use proc_macro2::Ident;
use syn::ItemEnum;

use super::name_of_type;
use crate::attr::Options;
use crate::enumeration::{Value, Variant};
use crate::errors::{self, Errors};

/// An exported enum.
pub fn enumeration(item: &ItemEnum, options: &Options, errors: &mut Errors) {
    for literal in [&options.namespace, &options.ts_return].into_iter().flatten() {
        errors.push(errors::enum_option(literal));
    }
    if let Some((_, span)) = &options.member {
        errors.push(errors::enum_option(&Ident::new("member", *span)));
    }
    options.of_functions().for_each(|option| errors.push(errors::enum_option(&option)));
    if !item.generics.params.is_empty() {
        errors.push(errors::generic_enum(&item.generics));
    }
    if item.variants.is_empty() {
        errors.push(errors::empty_enum(&item.ident));
    }
    name_of_type(&item.ident, options, errors);
}

/// The variants of an exported enum: no two have one name or one string. rustc reports two of one number.
pub fn variants(variants: &[Variant], errors: &mut Errors) {
    for (index, variant) in variants.iter().enumerate() {
        let earlier = &variants[..index];
        if variant.name == "__proto__" {
            errors.push(errors::variant_name(&variant.ident, &variant.name));
        }
        if earlier.iter().any(|other| other.name == variant.name) {
            errors.push(errors::second_variant_of_name(&variant.ident, &variant.name));
        }
        if let Value::Text(text) = &variant.value {
            if !text.is_empty() && earlier.iter().any(|other| other.value == variant.value) {
                errors.push(errors::second_variant_of_text(&variant.ident, text));
            }
        }
    }
}
