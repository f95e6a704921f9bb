//! `#[lend(…)]` on a variant of an enum, on a field of plain data, and on a type that derives `FromJs` or `IntoJs`.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, LitStr, Path, Token};

use crate::attr::{comma, convention, identifier, key, once, text};
use crate::errors::{self, Errors};

/// `#[lend("fast", name = "…")]` on a variant.
#[derive(Default)]
pub struct VariantOptions {
    /// The string that the variant is in JavaScript.
    pub text: Option<LitStr>,
    pub name: Option<LitStr>,
}

impl Parse for VariantOptions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = VariantOptions::default();
        let mut seen = Vec::new();
        while !input.is_empty() {
            if input.peek(LitStr) {
                let literal: LitStr = input.parse()?;
                once(&mut seen, "the string", literal.span())?;
                options.text = Some(literal);
            } else {
                let (key, span) = key(input)?;
                once(&mut seen, &key, span)?;
                match key.as_str() {
                    "name" => options.name = Some(identifier(input, "name")?),
                    _ => return Err(errors::unknown_variant_option(span)),
                }
            }
            comma(input)?;
        }
        Ok(options)
    }
}

/// `#[lend(name = "…", default, ts = "…")]` on a field.
#[derive(Default)]
pub struct DataFieldOptions {
    pub name: Option<LitStr>,
    pub ts: Option<LitStr>,
    /// The value for a property that is missing.
    pub default: Option<Expr>,
}

impl Parse for DataFieldOptions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = DataFieldOptions::default();
        let mut seen = Vec::new();
        while !input.is_empty() {
            let (key, span) = key(input)?;
            once(&mut seen, &key, span)?;
            match key.as_str() {
                "name" => options.name = Some(text(input, "name")?),
                "ts" => options.ts = Some(text(input, "ts")?),
                "default" if input.peek(Token![=]) => {
                    input.parse::<Token![=]>()?;
                    options.default = Some(input.parse()?);
                }
                "default" => options.default = Some(syn::parse_quote!(__lend::Default::default())),
                _ => return Err(errors::unknown_data_field_option(span)),
            }
            comma(input)?;
        }
        Ok(options)
    }
}

/// `#[lend(crate = path, name = "…", rename_all = "camelCase", tag = "…", object, skip_typescript)]` on a type.
#[derive(Default)]
pub struct TypeOptions {
    pub crate_path: Option<Path>,
    /// The name in the `.d.ts`.
    pub name: Option<LitStr>,
    pub rename_all: Option<LitStr>,
    /// The property of a tagged union that names the variant.
    pub tag: Option<LitStr>,
    /// An object even if the struct has one field.
    pub object: Option<proc_macro2::Span>,
    pub skip_typescript: bool,
}

impl Parse for TypeOptions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = TypeOptions::default();
        let mut seen = Vec::new();
        while !input.is_empty() {
            let (key, span) = key(input)?;
            once(&mut seen, &key, span)?;
            match key.as_str() {
                "crate" => {
                    input.parse::<Token![=]>()?;
                    options.crate_path = Some(input.call(Path::parse_mod_style)?);
                }
                "name" => options.name = Some(identifier(input, "name")?),
                "rename_all" => options.rename_all = Some(convention(input)?),
                "tag" => options.tag = Some(text(input, "tag")?),
                "object" => options.object = Some(span),
                "skip_typescript" => options.skip_typescript = true,
                _ => return Err(errors::unknown_type_option(span)),
            }
            comma(input)?;
        }
        Ok(options)
    }
}

/// The `#[lend(…)]` of an item that stays as it is. A mistake in it goes to `errors`.
pub fn read<T: Parse + Default>(attributes: &[Attribute], errors: &mut Errors) -> T {
    crate::attr::take(&mut attributes.to_vec(), errors).unwrap_or_default()
}
