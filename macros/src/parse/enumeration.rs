//! `#[export]` on an enum: from the enum to a model.

use syn::{Expr, Fields, ItemEnum, Lit, LitStr, Variant as Written};

use super::discriminant::number;
use super::docs;
use crate::attr::{self, Options};
use crate::data_attr::{self, VariantOptions};
use crate::enumeration::{Enumeration, Value, Variant};
use crate::errors::{self, Errors, Place};
use crate::known_enums::Known;
use crate::names;
use crate::validate;

/// The model of an enum. Takes the `#[lend]` attributes of its variants away.
///
/// # Errors
///
/// If the enum has a mistake: all of them as one error.
pub fn enumeration(item: &mut ItemEnum, options: &Options) -> syn::Result<Enumeration> {
    let mut errors = Errors::default();
    let taken: Vec<_> = item
        .variants
        .iter_mut()
        .map(|variant| {
            let mut own: VariantOptions = attr::take(&mut variant.attrs, Place::Variant, &mut errors);
            if let Some(text) = take_text(variant) {
                errors.push(errors::text_as_number(&variant.ident, &text));
                own.text = Some(text);
            }
            own
        })
        .collect();
    // A variant whose options have a mistake may have a string.
    let is_read = errors.is_empty();
    validate::enumeration(item, options, &mut errors);
    let is_text = taken.iter().any(|own| own.text.is_some());
    let mut next = Some(0);
    let mut variants = Vec::new();
    for (written, own) in item.variants.iter().zip(&taken) {
        let number = discriminant(written, next, is_text, &mut errors);
        next = number.and_then(|number| number.checked_add(1));
        let name = variant_name(written, own, options);
        let value = if is_text {
            if own.text.is_none() && is_read {
                errors.push(errors::variant_without_text(&written.ident, &name));
            }
            Value::Text(own.text.as_ref().map(LitStr::value).unwrap_or_default())
        } else {
            Value::Number(number.and_then(|number| i64::try_from(number).ok()).unwrap_or_default())
        };
        variants.push(Variant { ident: written.ident.clone(), name, docs: docs(&written.attrs), value });
    }
    validate::variants(&variants, &mut errors);
    errors.finish()?;
    Ok(Enumeration {
        backend: options.backend,
        ident: item.ident.clone(),
        name: name(item, options),
        docs: docs(&item.attrs),
        skip_typescript: options.skip_typescript,
        variants,
    })
}

/// The string of a variant as wasm-bindgen writes it: `Fast = "fast"`. The variant goes on without it, because rustc takes numbers only.
fn take_text(variant: &mut syn::Variant) -> Option<LitStr> {
    let Some((_, Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }))) = &variant.discriminant else {
        return None;
    };
    let text = text.clone();
    variant.discriminant = None;
    Some(text)
}

/// What `impl` blocks need of the enum.
pub fn known(item: &ItemEnum, options: &Options) -> Known {
    let mut errors = Errors::default();
    let variants = item.variants.iter().map(|variant| {
        let own: VariantOptions = data_attr::read(&variant.attrs, Place::Variant, &mut errors);
        variant_name(variant, &own, options)
    });
    let variants = variants.collect();
    // The expansion of the enum reports them.
    let _ = errors.finish();
    Known { name: name(item, options), variants }
}

fn name(item: &ItemEnum, options: &Options) -> String {
    options.name.as_ref().map_or_else(|| names::plain(&item.ident), LitStr::value)
}

fn variant_name(variant: &Written, own: &VariantOptions, options: &Options) -> String {
    let plain = names::plain(&variant.ident);
    match &own.name {
        Some(literal) => literal.value(),
        None if options.rename_all.is_some() => names::camel_case_of_variant(&plain),
        None => plain,
    }
}

/// The number of a variant. `next` is one more than the number before it. In an enum of strings it has no meaning.
fn discriminant(variant: &Written, next: Option<i128>, is_text: bool, errors: &mut Errors) -> Option<i128> {
    const MOST: i128 = (1 << 53) - 1;
    if !matches!(variant.fields, Fields::Unit) {
        errors.push(errors::variant_with_data(variant));
    }
    if is_text {
        return None;
    }
    let number = match &variant.discriminant {
        Some((_, expression)) => {
            let number = number(expression);
            if number.is_none() {
                errors.push(errors::unreadable_discriminant(expression));
            }
            number?
        }
        // After a mistake it is not known.
        None => next?,
    };
    if !(-MOST..=MOST).contains(&number) {
        errors.push(errors::discriminant_too_large(variant, number));
        return None;
    }
    Some(number)
}
