//! `#[lend(…)]` on a variant of an enum, on a field of plain data, and on a type that derives `FromJs` or `IntoJs`.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, LitStr, Path, Token};

use crate::attr::{Set, convention, identifier, text};
use crate::errors::{self, Errors, Place};

/// `#[lend("fast", name = "…")]` on a variant.
#[derive(Default)]
pub struct VariantOptions {
    /// The string that the variant is in JavaScript.
    pub text: Option<LitStr>,
    pub name: Option<LitStr>,
}

impl Set for VariantOptions {
    const KEYS: &[&str] = &["name"];

    fn read(&mut self, key: &str, span: Span, input: ParseStream<'_>) -> syn::Result<()> {
        match key {
            "" if input.peek(LitStr) => self.text = Some(input.parse()?),
            "name" => self.name = Some(identifier(input, "name")?),
            _ => return Err(errors::unknown_variant_option(span)),
        }
        Ok(())
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

impl Set for DataFieldOptions {
    const KEYS: &[&str] = &["name", "ts", "default"];

    fn read(&mut self, key: &str, span: Span, input: ParseStream<'_>) -> syn::Result<()> {
        match key {
            "name" => self.name = Some(text(input, "name")?),
            "ts" => self.ts = Some(text(input, "ts")?),
            "default" if input.peek(Token![=]) => {
                input.parse::<Token![=]>()?;
                self.default = Some(input.parse()?);
            }
            "default" => self.default = Some(syn::parse_quote!(__lend::Default::default())),
            _ => return Err(errors::unknown_data_field_option(span)),
        }
        Ok(())
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

impl Set for TypeOptions {
    const KEYS: &[&str] = &["crate", "name", "rename_all", "tag", "object", "skip_typescript"];

    fn read(&mut self, key: &str, span: Span, input: ParseStream<'_>) -> syn::Result<()> {
        match key {
            "crate" => {
                input.parse::<Token![=]>()?;
                self.crate_path = Some(input.call(Path::parse_mod_style)?);
            }
            "name" => self.name = Some(identifier(input, "name")?),
            "rename_all" => self.rename_all = Some(convention(input)?),
            "tag" => self.tag = Some(text(input, "tag")?),
            "object" => self.object = Some(span),
            "skip_typescript" => self.skip_typescript = true,
            _ => return Err(errors::unknown_type_option(span)),
        }
        Ok(())
    }
}

/// The `#[lend(…)]` of an item that stays as it is. A mistake in it goes to `errors`.
pub fn read<T: Set>(attributes: &[Attribute], place: Place, errors: &mut Errors) -> T {
    crate::attr::take(&mut attributes.to_vec(), place, errors)
}
