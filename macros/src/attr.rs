//! The arguments of the attributes: `#[export(name = "…", …)]`, and `#[lend(…)]` on a parameter, a field or a function of a module.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, LitStr, Path, Token};

use crate::backend::Backend;
use crate::errors::{self, Errors};

/// `#[export(crate = path, name = "…", namespace = "…", rename_all = "camelCase", skip_typescript, ts_return = "…")]`.
#[derive(Default, Clone)]
pub struct Options {
    /// Not an option of the user: the macro sets it.
    pub backend: Backend,
    /// The path of wasm-lend, if it is not `::wasm_lend`.
    pub crate_path: Option<Path>,
    pub name: Option<LitStr>,
    pub namespace: Option<LitStr>,
    pub skip_typescript: bool,
    /// The convention for names in JavaScript. An explicit `name` has priority.
    pub rename_all: Option<LitStr>,
    pub ts_return: Option<LitStr>,
    /// Set by `register_call_rust!` only.
    pub is_handler: bool,
    /// `constructor`, `getter`, `setter` or `skip`, of a method.
    pub member: Option<(String, Span)>,
}

impl Options {
    /// The JavaScript name for a name of Rust.
    pub fn rename(&self, name: &str) -> String {
        if self.rename_all.is_some() { crate::names::camel_case(name) } else { name.to_owned() }
    }

    pub fn crate_path(&self) -> Path {
        self.crate_path.clone().unwrap_or_else(|| syn::parse_quote!(::wasm_lend))
    }
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Options::default();
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
                "namespace" => options.namespace = Some(identifier(input, "namespace")?),
                "ts_return" => options.ts_return = Some(text(input, "ts_return")?),
                "rename_all" => options.rename_all = Some(convention(input)?),
                "skip_typescript" => options.skip_typescript = true,
                "call_rust_handler" => options.is_handler = true,
                "constructor" | "getter" | "setter" | "skip" => options.member = Some((key, span)),
                _ => return Err(errors::unknown_option(span)),
            }
            comma(input)?;
        }
        Ok(options)
    }
}

/// `#[lend(name = …, ts = "…", default = …)]` on a parameter.
#[derive(Default)]
pub struct ParameterOptions {
    pub name: Option<(String, Span)>,
    pub ts: Option<String>,
    pub default: Option<Expr>,
}

impl Parse for ParameterOptions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = ParameterOptions::default();
        let mut seen = Vec::new();
        while !input.is_empty() {
            let (key, span) = key(input)?;
            once(&mut seen, &key, span)?;
            match key.as_str() {
                "name" => {
                    // Both `name = "gain"` and `name = gain`.
                    let name = if input.peek2(LitStr) {
                        let literal = identifier(input, "name")?;
                        (literal.value(), literal.span())
                    } else {
                        input.parse::<Token![=]>()?;
                        let ident = input.call(<Ident as syn::ext::IdentExt>::parse_any)?;
                        (ident.to_string(), ident.span())
                    };
                    if crate::names::is_reserved_for_arguments(&name.0) {
                        return Err(errors::reserved_argument(name.1, &name.0));
                    }
                    options.name = Some(name);
                }
                "ts" => options.ts = Some(text(input, "ts")?.value()),
                "default" => {
                    input.parse::<Token![=]>()?;
                    options.default = Some(input.parse()?);
                }
                _ => return Err(errors::unknown_parameter_option(span)),
            }
            comma(input)?;
        }
        Ok(options)
    }
}

/// `#[lend(readonly, skip)]` on a field.
#[derive(Default)]
pub struct FieldOptions {
    pub readonly: bool,
    pub skip: bool,
}

impl Parse for FieldOptions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = FieldOptions::default();
        let mut seen = Vec::new();
        while !input.is_empty() {
            let (key, span) = key(input)?;
            once(&mut seen, &key, span)?;
            match key.as_str() {
                "readonly" => options.readonly = true,
                "skip" => options.skip = true,
                _ => return Err(errors::unknown_field_option(span)),
            }
            comma(input)?;
        }
        Ok(options)
    }
}

/// Takes the `#[lend(…)]` of a field away.
pub fn take_field_options(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> FieldOptions {
    take(attributes, errors).unwrap_or_default()
}

/// Takes the `#[lend(…)]` of a parameter away.
pub fn take_parameter_options(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> ParameterOptions {
    take(attributes, errors).unwrap_or_default()
}

/// Takes the `#[lend(…)]` of a function in a module away.
pub fn take_function_options(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> Options {
    take(attributes, errors).unwrap_or_default()
}

pub fn take<T: Parse>(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> Option<T> {
    let position = attributes.iter().position(|attribute| attribute.path().is_ident("lend"))?;
    let attribute = attributes.remove(position);
    if let Some(second) = attributes.iter().find(|attribute| attribute.path().is_ident("lend")) {
        errors.push(errors::second_lend(second));
    }
    attribute.parse_args().map_err(|error| errors.push(error)).ok()
}

pub fn key(input: ParseStream<'_>) -> syn::Result<(String, Span)> {
    let span = input.span();
    if input.peek(Token![crate]) {
        input.parse::<Token![crate]>()?;
        return Ok(("crate".to_owned(), span));
    }
    // Anything else than a word is an unknown option too.
    Ok(input.parse::<Ident>().map_or_else(|_| (String::new(), span), |ident| (ident.to_string(), span)))
}

pub fn once(seen: &mut Vec<String>, key: &str, span: Span) -> syn::Result<()> {
    if seen.iter().any(|earlier| earlier == key) {
        return Err(errors::repeated_option(span, key));
    }
    seen.push(key.to_owned());
    Ok(())
}

pub fn comma(input: ParseStream<'_>) -> syn::Result<()> {
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}

pub fn text(input: ParseStream<'_>, option: &str) -> syn::Result<LitStr> {
    input.parse::<Token![=]>()?;
    input.parse().map_err(|error: syn::Error| errors::needs_text(error.span(), option))
}

pub fn convention(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let literal = text(input, "rename_all")?;
    if literal.value() == "camelCase" { Ok(literal) } else { Err(errors::unknown_convention(&literal)) }
}

pub fn identifier(input: ParseStream<'_>, option: &str) -> syn::Result<LitStr> {
    let literal = text(input, option)?;
    if crate::names::is_identifier(&literal.value()) {
        Ok(literal)
    } else {
        Err(errors::not_an_identifier(&literal))
    }
}
