//! From syntax to model. Emits nothing. Collects every mistake, here and in [`validate`].

mod class;
mod discriminant;
mod enum_block;
mod enumeration;
mod import;
mod item;
mod old_spelling;
mod plain_data;
mod record;
mod worker;

pub use class::{Class, block, class};
pub use enumeration::enumeration;
use enumeration::known;
pub use import::{Import, import, import_block};
pub use item::{Exported, exported, item, options, path};
pub use plain_data::plain_data;
pub use record::{crate_path, record};

use proc_macro2::Ident;
use quote::format_ident;
use syn::{
    Attribute, Expr, FnArg, Item, ItemFn, ItemMod, Lit, Meta, Pat, PatType, ReturnType, Signature, Type,
    Visibility,
};

use crate::attr::{self, Options};
use crate::errors::{self, Errors, Place};
use crate::form::{self, Argument, InJob, ResultForm, ResultType};
use crate::model::{Function, Worker};
use crate::validate::{self, Untyped};
use crate::{names, syntax};

/// The model of each exported function of a module. Takes the `#[lend]` attributes away.
///
/// # Errors
///
/// If a `pub fn` or an option has a mistake: all of them as one error.
pub fn module(item: &mut ItemMod, options: &Options) -> syn::Result<Vec<Function>> {
    let mut errors = Errors::default();
    validate::module_options(options, &mut errors);
    let Some((_, items)) = &mut item.content else {
        errors.push(errors::module_elsewhere(item));
        errors.finish()?;
        return Ok(Vec::new());
    };
    let mut functions = Vec::new();
    for item in items.iter_mut() {
        let Item::Fn(exported) = item else { continue };
        if !matches!(exported.vis, Visibility::Public(_)) {
            continue;
        }
        let mut own = attr::take_function_options(&mut exported.attrs, Place::InModule, &mut errors);
        validate::options_in_module(&own, &mut errors);
        own.inherit(options);
        own.namespace.clone_from(&options.namespace);
        match function(exported, &own) {
            Ok(function) => functions.push(function),
            Err(error) => errors.push(error),
        }
    }
    validate::functions_in_module(&item.ident, &functions, &mut errors);
    errors.finish()?;
    Ok(functions)
}

/// The model of a function. Takes the `#[lend]` attributes of its parameters away.
///
/// # Errors
///
/// If the signature has a mistake: all of them as one error.
pub fn function(item: &mut ItemFn, options: &Options) -> syn::Result<Function> {
    let name = name(&item.sig, options);
    let mut errors = Errors::default();
    let untyped = Untyped { signature: &item.sig, options, name: &name };
    validate::OF_FUNCTION.iter().for_each(|check| check(&untyped, &mut errors));
    let function = typed(item, options, name, form::result, &mut errors);
    validate::types(&function, &mut errors);
    errors.finish()?;
    Ok(function)
}

/// The name in JavaScript.
fn name(signature: &Signature, options: &Options) -> String {
    match &options.name {
        Some(literal) => literal.value(),
        None => options.rename(&names::plain(&signature.ident)),
    }
}

/// The function with the arguments and the result whose types are known. The mistakes of all others go to `errors`.
fn typed(
    item: &mut ItemFn,
    options: &Options,
    name: String,
    form_of_result: impl Fn(&Type) -> syn::Result<(Box<dyn ResultForm>, bool)>,
    errors: &mut Errors,
) -> Function {
    let mut worker =
        options.worker.map(|_| Worker { progress: None, is_parallel: options.parallel.is_some() });
    if let (None, Some(span)) = (&worker, options.parallel) {
        errors.push(errors::parallel_without_worker(span));
    }
    if let (Some(_), Some(asyncness)) = (&worker, &item.sig.asyncness) {
        errors.push(errors::async_worker(asyncness));
    }
    let arguments = arguments(&mut item.sig, options, worker.as_mut(), errors);
    Function {
        backend: options.backend,
        ident: item.sig.ident.clone(),
        unit: String::new(),
        name,
        namespace: options.namespace.as_ref().map(syn::LitStr::value),
        docs: if options.skip_jsdoc { Vec::new() } else { docs(&item.attrs) },
        deprecated: if options.skip_jsdoc { None } else { deprecated(&item.attrs) },
        arguments,
        result: result(&item.sig, form_of_result, errors),
        is_async: item.sig.asyncness.is_some() || worker.is_some(),
        worker,
        skip_typescript: options.skip_typescript,
        ts_return: options.ts_return.as_ref().map(syn::LitStr::value),
        is_handler: options.is_handler,
        is_start: options.start.is_some(),
        is_variadic: options.variadic.is_some(),
        member: None,
        of_enum: None,
    }
}

fn arguments(
    signature: &mut Signature,
    options: &Options,
    mut worker: Option<&mut Worker>,
    errors: &mut Errors,
) -> Vec<Argument> {
    let (mut arguments, mut ignored) = (Vec::new(), 0);
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => errors.push(errors::receiver(receiver)),
            FnArg::Typed(typed) => {
                if let Some(worker) = &mut worker {
                    if worker::takes_progress(worker, &typed.ty, arguments.len(), errors) {
                        continue;
                    }
                }
                let next = argument(typed, &mut ignored, options, errors);
                let next = next.and_then(|next| match worker {
                    Some(_) => worker::sent(next, errors),
                    None => Some(next),
                });
                arguments.extend(next);
            }
        }
    }
    arguments
}

/// The model of an argument. `ignored` counts the arguments that are `_`.
fn argument(
    typed: &mut PatType,
    ignored: &mut usize,
    outer: &Options,
    errors: &mut Errors,
) -> Option<Argument> {
    let options = attr::take_parameter_options(&mut typed.attrs, errors);
    let form = form::argument(&typed.ty).map_err(|error| errors.push(error)).ok();
    let ident = match &*typed.pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => pat.ident.clone(),
        // JavaScript passes it all the same, so it has a name there. No two arguments have one name.
        Pat::Wild(pat) => {
            *ignored += 1;
            format_ident!("_{}", ignored, span = pat.underscore_token.span)
        }
        other => {
            errors.push(errors::pattern(other));
            return None;
        }
    };
    let (form, option, inner) = form?;
    Some(Argument {
        name: options.name.map_or_else(|| default_name(&typed.pat, &ident, outer), |(name, _)| name),
        ident,
        form,
        option,
        default: options.default,
        ts: options.ts,
        is_coerced: outer.coerce || cfg!(feature = "coerce"),
        in_job: InJob::Held,
        inner: inner.clone(),
        written: (*typed.ty).clone(),
    })
}

/// The name in JavaScript, if the user gives none: `_` for the first `_`, and `_2` for the second.
fn default_name(pat: &Pat, ident: &Ident, options: &Options) -> String {
    match pat {
        Pat::Wild(_) if ident == "_1" => "_".to_owned(),
        _ => options.rename(&names::of_argument(ident)),
    }
}

fn result(
    signature: &Signature,
    form_of: impl Fn(&Type) -> syn::Result<(Box<dyn ResultForm>, bool)>,
    errors: &mut Errors,
) -> ResultType {
    let ReturnType::Type(_, written) = &signature.output else { return form::no_result() };
    let ok = syntax::ok_of_result(written);
    let written: &Type = ok.unwrap_or(written);
    match form_of(written) {
        Ok((form, option)) => {
            let written = Some(written.clone());
            ResultType { form, option, fallible: ok.is_some(), none_throws: false, written }
        }
        Err(error) => {
            errors.push(error);
            form::no_result()
        }
    }
}

pub fn docs(attributes: &[Attribute]) -> Vec<String> {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    lines
        .filter_map(|attribute| string_value(&attribute.meta))
        .flat_map(|doc| doc.split('\n').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn deprecated(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("deprecated"))?;
    let mut note = string_value(&attribute.meta).unwrap_or_default();
    if let Meta::List(list) = &attribute.meta {
        // rustc checks the other options.
        let _ = list.parse_nested_meta(|meta| {
            let value: syn::LitStr = meta.value()?.parse()?;
            if meta.path.is_ident("note") {
                note = value.value();
            }
            Ok(())
        });
    }
    Some(note)
}

fn string_value(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else { return None };
    match &pair.value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
