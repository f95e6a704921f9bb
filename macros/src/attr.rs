//! The arguments of the attributes: `#[export(name = "…", …)]`, and `#[lend(…)]` on a parameter, a field or a function of a module.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Attribute, Expr, Ident, LitStr, Path, Token};

use crate::backend::Backend;
use crate::errors::{self, Answer, Errors, Old, Place};

/// `#[export(crate = path, name = "…", namespace = "…", rename_all = "camelCase", skip_typescript, skip_jsdoc, ts_return = "…", start,
/// variadic, worker, parallel)]`.
#[derive(Default, Clone)]
pub struct Options {
    /// Not an option of the user: the macro sets it.
    pub backend: Backend,
    /// The path of wasm-lend, if it is not `::wasm_lend`.
    pub crate_path: Option<Path>,
    pub name: Option<LitStr>,
    pub namespace: Option<LitStr>,
    pub skip_typescript: bool,
    /// Numbers are converted, as `#[wasm_bindgen]` converts them.
    pub coerce: bool,
    /// No comments in the declaration.
    pub skip_jsdoc: bool,
    /// The place of the option that makes it run when the package starts.
    pub start: Option<Span>,
    /// The place of the option by which its last argument takes all the rest.
    pub variadic: Option<Span>,
    /// The place of the option by which it runs on another thread.
    pub worker: Option<Span>,
    /// The place of the option by which all threads of the pool run it together.
    pub parallel: Option<Span>,
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

    /// The places of the options that only a function has, besides those with a text.
    pub fn of_functions(&self) -> impl Iterator<Item = Ident> {
        let all = [
            ("start", self.start),
            ("variadic", self.variadic),
            ("worker", self.worker),
            ("parallel", self.parallel),
        ];
        all.into_iter().filter_map(|(name, span)| Some(Ident::new(name, span?)))
    }

    pub fn crate_path(&self) -> Path {
        self.crate_path.clone().unwrap_or_else(|| syn::parse_quote!(::wasm_lend))
    }

    /// Adds what the block or module around a function says for all of its functions.
    pub fn inherit(&mut self, around: &Options) {
        self.backend = around.backend;
        self.skip_typescript |= around.skip_typescript;
        self.skip_jsdoc |= around.skip_jsdoc;
        self.coerce |= around.coerce;
        if self.rename_all.is_none() {
            self.rename_all.clone_from(&around.rename_all);
        }
    }
}

impl Set for Options {
    const KEYS: &[&str] = &[
        "crate",
        "name",
        "namespace",
        "ts_return",
        "rename_all",
        "skip_typescript",
        "coerce",
        "skip_jsdoc",
        "start",
        "variadic",
        "worker",
        "parallel",
        "call_rust_handler",
        "constructor",
        "getter",
        "setter",
        "skip",
    ];

    fn read(&mut self, key: &str, span: Span, input: ParseStream<'_>) -> syn::Result<()> {
        match key {
            "crate" => {
                input.parse::<Token![=]>()?;
                self.crate_path = Some(input.call(Path::parse_mod_style)?);
            }
            "name" => self.name = Some(identifier(input, "name")?),
            "namespace" => self.namespace = Some(identifier(input, "namespace")?),
            "ts_return" => self.ts_return = Some(text(input, "ts_return")?),
            "rename_all" => self.rename_all = Some(convention(input)?),
            "skip_typescript" => self.skip_typescript = true,
            "coerce" => self.coerce = true,
            "skip_jsdoc" => self.skip_jsdoc = true,
            "start" => self.start = Some(span),
            "variadic" => self.variadic = Some(span),
            "worker" => self.worker = Some(span),
            "parallel" => self.parallel = Some(span),
            "call_rust_handler" => self.is_handler = true,
            "constructor" | "getter" | "setter" | "skip" => self.member = Some((key.to_owned(), span)),
            _ => return Err(errors::unknown_option(span)),
        }
        Ok(())
    }
}

/// `#[lend(name = …, ts = "…", default = …)]` on a parameter.
#[derive(Default)]
pub struct ParameterOptions {
    pub name: Option<(String, Span)>,
    pub ts: Option<String>,
    pub default: Option<Expr>,
}

impl Set for ParameterOptions {
    const KEYS: &[&str] = &["name", "ts", "default"];

    fn read(&mut self, key: &str, span: Span, input: ParseStream<'_>) -> syn::Result<()> {
        match key {
            "name" => {
                // Both `name = "gain"` and `name = gain`.
                let literal = word(input)?;
                let name = (literal.value(), literal.span());
                if crate::names::is_reserved_for_arguments(&name.0) {
                    return Err(errors::reserved_argument(name.1, &name.0));
                }
                self.name = Some(name);
            }
            "ts" => self.ts = Some(text(input, "ts")?.value()),
            "default" => {
                input.parse::<Token![=]>()?;
                self.default = Some(input.parse()?);
            }
            _ => return Err(errors::unknown_parameter_option(span)),
        }
        Ok(())
    }
}

/// `#[lend(name = …, ts = "…", readonly, skip, skip_typescript, skip_jsdoc)]` on a field.
#[derive(Default)]
pub struct FieldOptions {
    pub name: Option<LitStr>,
    pub ts: Option<LitStr>,
    pub readonly: bool,
    pub skip: bool,
    pub skip_typescript: bool,
    pub skip_jsdoc: bool,
}

impl Set for FieldOptions {
    const KEYS: &[&str] = &["name", "ts", "readonly", "skip", "skip_typescript", "skip_jsdoc"];

    fn read(&mut self, key: &str, span: Span, input: ParseStream<'_>) -> syn::Result<()> {
        match key {
            "name" => self.name = Some(word(input)?),
            "ts" => self.ts = Some(text(input, "ts")?),
            "skip_typescript" => self.skip_typescript = true,
            "skip_jsdoc" => self.skip_jsdoc = true,
            "readonly" => self.readonly = true,
            "skip" => self.skip = true,
            _ => return Err(errors::unknown_field_option(span)),
        }
        Ok(())
    }
}

/// Options that are read one by one.
pub trait Set: Default {
    /// All that it knows.
    const KEYS: &[&str];

    /// Reads what stands behind a key.
    ///
    /// # Errors
    ///
    /// If it knows no such key, or has a mistake in it.
    fn read(&mut self, key: &str, span: Span, input: ParseStream<'_>) -> syn::Result<()>;
}

/// The options of `#[export(…)]` at its place. A mistake in one leaves the others.
pub fn options(tokens: TokenStream, place: Place) -> (Options, Option<syn::Error>) {
    let mut errors = Errors::default();
    let options = list(tokens, place, &mut errors);
    (options, errors.finish().err())
}

/// Takes the `#[lend(…)]` of a field away.
pub fn take_field_options(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> FieldOptions {
    take(attributes, Place::Field, errors)
}

/// Takes the `#[lend(…)]` of a parameter away.
pub fn take_parameter_options(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> ParameterOptions {
    take(attributes, Place::Parameter, errors)
}

/// Takes the `#[lend(…)]` of a function in a module or class away.
pub fn take_function_options(attributes: &mut Vec<Attribute>, place: Place, errors: &mut Errors) -> Options {
    take(attributes, place, errors)
}

pub fn take<T: Set>(attributes: &mut Vec<Attribute>, place: Place, errors: &mut Errors) -> T {
    let Some(position) = attributes.iter().position(|attribute| attribute.path().is_ident("lend")) else {
        return T::default();
    };
    let attribute = attributes.remove(position);
    if let Some(second) = attributes.iter().find(|attribute| attribute.path().is_ident("lend")) {
        errors.push(errors::second_lend(second));
    }
    match attribute.meta.require_list() {
        Ok(found) => list(found.tokens.clone(), place, errors),
        Err(error) => {
            errors.push(error);
            T::default()
        }
    }
}

/// Reads a list. After a mistake it goes on behind the next comma.
fn list<T: Set>(tokens: TokenStream, place: Place, errors: &mut Errors) -> T {
    let mut options = T::default();
    let all = |input: ParseStream<'_>| {
        let mut seen = Vec::new();
        while !input.is_empty() {
            if let Err(error) = one(&mut options, &mut seen, place, input, errors) {
                errors.push(error);
                rest(input)?;
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    let read = syn::parse::Parser::parse2(all, tokens);
    if let Err(error) = read {
        errors.push(error);
    }
    options
}

/// Reads one option. An old one is a mistake, and counts as what replaces it.
fn one<T: Set>(
    options: &mut T,
    seen: &mut Vec<String>,
    place: Place,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> syn::Result<()> {
    let whole = rest(&input.fork())?;
    if let Some((old, answer)) = old::<T>(whole, place) {
        errors.push(errors::old_option(&old, &answer));
        rest(input)?;
        if let Answer::Write(new) = answer {
            // As if that stood here. Its mistakes are not those of the user.
            let read = |input: ParseStream<'_>| {
                while !input.is_empty() {
                    let (key, span) = key(input)?;
                    options.read(&key, span, input)?;
                    input.parse::<Option<Token![,]>>()?;
                }
                Ok(())
            };
            let _ = syn::parse::Parser::parse2(read, new);
        }
        return Ok(());
    }
    let (key, span) = key(input)?;
    once(seen, &key, span)?;
    options.read(&key, span, input)?;
    if input.is_empty() || input.peek(Token![,]) { Ok(()) } else { Err(input.error("expected `,`")) }
}

/// The option, if it is one of `#[wasm_bindgen]` that wasm-lend does not have, or has in another form.
fn old<T: Set>(whole: TokenStream, place: Place) -> Option<(Old, Answer)> {
    let old = Old::new(whole)?;
    let answer = old.answer(place)?;
    let is_known = T::KEYS.contains(&old.key()) && !old.has_value();
    (!is_known && !old.is_same(&answer)).then_some((old, answer))
}

/// The tokens up to the next comma.
fn rest(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    Ok(tokens)
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
        // The string of a variant has no key.
        let key = if key.is_empty() { "the string" } else { key };
        return Err(errors::repeated_option(span, key));
    }
    seen.push(key.to_owned());
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

/// A name that is a string or a word.
fn word(input: ParseStream<'_>) -> syn::Result<LitStr> {
    if input.peek2(LitStr) {
        return identifier(input, "name");
    }
    input.parse::<Token![=]>()?;
    let ident = input.call(<Ident as syn::ext::IdentExt>::parse_any)?;
    Ok(LitStr::new(&ident.to_string(), ident.span()))
}

pub fn identifier(input: ParseStream<'_>, option: &str) -> syn::Result<LitStr> {
    let literal = text(input, option)?;
    if crate::names::is_identifier(&literal.value()) {
        Ok(literal)
    } else {
        Err(errors::not_an_identifier(&literal))
    }
}
