//! From syntax to model. Emits nothing; collects every mistake.

use syn::{
    Attribute, Expr, FnArg, Item, ItemFn, ItemMod, Lit, Meta, Pat, PatType, ReturnType, Safety, Signature,
    Type, Visibility,
};

use crate::attr::{self, Options};
use crate::errors::{self, Errors};
use crate::model::{Argument, ArgumentType, Function, Object, ResultKind, ResultType};
use crate::{names, types};

/// The model of each exported function of a module; takes the `#[lend]` attributes away.
///
/// # Errors
///
/// Every mistake in every `pub fn`.
pub fn module(item: &mut ItemMod, options: &Options) -> syn::Result<Vec<Function>> {
    let mut errors = Errors::default();
    if let Some(literal) = options.name.as_ref().or(options.ts_return.as_ref()) {
        errors.push(errors::function_option_on_module(literal));
    }
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
        let mut own = attr::take_function_options(&mut exported.attrs, &mut errors);
        if let Some(namespace) = own.namespace.take() {
            errors.push(errors::namespace_in_module(&namespace));
        }
        own.namespace.clone_from(&options.namespace);
        own.skip_typescript |= options.skip_typescript;
        own.rename_all = own.rename_all.or_else(|| options.rename_all.clone());
        match function(exported, &own) {
            Ok(function) => functions.push(function),
            Err(error) => errors.push(error),
        }
    }
    if let Some(second) = duplicate(&functions) {
        errors.push(errors::second_of_name(&second.ident, &second.name));
    }
    errors.finish()?;
    if functions.is_empty() {
        return Err(errors::nothing_to_export(&item.ident));
    }
    Ok(functions)
}

/// The second function of one name, which `name = "…"` can make.
fn duplicate(functions: &[Function]) -> Option<&Function> {
    functions
        .iter()
        .enumerate()
        .find(|(index, function)| functions[..*index].iter().any(|earlier| earlier.name == function.name))
        .map(|(_, function)| function)
}

/// The model of a function; takes the `#[lend]` attributes of its parameters away.
///
/// # Errors
///
/// Every mistake in the signature.
pub fn function(item: &mut ItemFn, options: &Options) -> syn::Result<Function> {
    let mut errors = Errors::default();
    if let Some((_, span)) = &options.member {
        errors.push(errors::member_outside(&proc_macro2::Ident::new("member", *span)));
    }
    let name = name(&item.sig, options, &mut errors);
    let function = model(item, options, name, types::result, errors)?;
    Ok(function)
}

/// The model of a member of a class, whose receiver has been taken away.
///
/// # Errors
///
/// Every mistake in the signature.
pub fn member(
    item: &mut ItemFn,
    options: &Options,
    class: &proc_macro2::Ident,
    has_receiver: bool,
) -> syn::Result<Function> {
    let name = options
        .name
        .as_ref()
        .map_or_else(|| options.rename(&names::plain(&item.sig.ident)), syn::LitStr::value);
    let result = |ty: &Type| match types::instance_of(ty, class) {
        Some(option) => Ok((ResultKind::Instance, option)),
        None if has_receiver => types::result_of_method(ty),
        None => types::result(ty),
    };
    model(item, options, name, result, Errors::default())
}

fn model(
    item: &mut ItemFn,
    options: &Options,
    name: String,
    result_type: impl Fn(&Type) -> syn::Result<(ResultKind, bool)>,
    mut errors: Errors,
) -> syn::Result<Function> {
    qualifiers(&item.sig, &mut errors);
    let arguments = arguments(&mut item.sig, options, &mut errors);
    if item.sig.asyncness.is_some() {
        borrowed_across_await(&arguments, &mut errors);
    }
    let result = result(&item.sig, result_type, &mut errors);
    errors.finish()?;
    Ok(Function {
        ident: item.sig.ident.clone(),
        unit: String::new(),
        name,
        namespace: options.namespace.as_ref().map(syn::LitStr::value),
        docs: docs(&item.attrs),
        deprecated: deprecated(&item.attrs),
        arguments,
        result,
        is_async: item.sig.asyncness.is_some(),
        skip_typescript: options.skip_typescript,
        ts_return: options.ts_return.as_ref().map(syn::LitStr::value),
        is_handler: options.is_handler,
        member: None,
    })
}

/// The name in JavaScript.
fn name(signature: &Signature, options: &Options, errors: &mut Errors) -> String {
    let (name, tokens): (_, &dyn quote::ToTokens) = match &options.name {
        Some(literal) => (literal.value(), literal),
        None => (options.rename(&names::plain(&signature.ident)), &signature.ident),
    };
    // A member of a namespace may have any name, the namespace may not.
    let (outer, tokens): (_, &dyn quote::ToTokens) = match &options.namespace {
        Some(namespace) => (namespace.value(), namespace),
        None => (name.clone(), tokens),
    };
    if names::is_reserved_for_arguments(&outer) {
        errors.push(errors::reserved_name(tokens, &outer));
    }
    if outer == "then" {
        errors.push(errors::then_name(tokens));
    }
    if names::is_of_package(&outer) {
        errors.push(errors::package_name(tokens, &outer));
    }
    name
}

fn qualifiers(signature: &Signature, errors: &mut Errors) {
    if !signature.generics.params.is_empty()
        && signature.generics.lifetimes().count() != signature.generics.params.len()
    {
        errors.push(errors::generic(&signature.generics));
    }
    if let Some(constness) = &signature.constness {
        errors.push(errors::constant(constness));
    }
    if let Safety::Unsafe(unsafety) = &signature.safety {
        errors.push(errors::unsafe_function(unsafety));
    }
    if let Some(abi) = &signature.abi {
        errors.push(errors::foreign_abi(abi));
    }
    if let Some(variadic) = &signature.variadic {
        errors.push(errors::variadic(variadic));
    }
}

fn arguments(signature: &mut Signature, options: &Options, errors: &mut Errors) -> Vec<Argument> {
    let mut arguments: Vec<Argument> = Vec::new();
    for input in &mut signature.inputs {
        let typed = match input {
            FnArg::Receiver(receiver) => {
                errors.push(errors::receiver(receiver));
                continue;
            }
            FnArg::Typed(typed) => typed,
        };
        let Some(argument) = argument(typed, options, errors) else { continue };
        if arguments.iter().any(|earlier| earlier.name == argument.name) {
            errors.push(errors::second_argument_of_name(&argument.ident, &argument.name));
        }
        arguments.push(argument);
    }
    arguments
}

fn argument(typed: &mut PatType, outer: &Options, errors: &mut Errors) -> Option<Argument> {
    let options = attr::take_parameter_options(&mut typed.attrs, errors);
    let kind = types::argument(&typed.ty).map_err(|error| errors.push(error)).ok();
    if let Some(default) = options.default.as_ref().filter(|_| types::is_option(&typed.ty)) {
        errors.push(errors::default_of_option(default));
    }
    let is_reference = matches!(kind, Some((ArgumentType::Reference | ArgumentType::ExclusiveReference, ..)));
    if let Some(default) = options.default.as_ref().filter(|_| is_reference) {
        errors.push(errors::default_of_reference(default));
    }
    let ident = match &*typed.pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => pat.ident.clone(),
        other => {
            errors.push(errors::pattern(other));
            return None;
        }
    };
    let (kind, option, inner) = kind?;
    Some(Argument {
        name: options.name.map_or_else(|| outer.rename(&names::of_argument(&ident)), |(name, _)| name),
        ident,
        kind,
        option,
        default: options.default,
        ts: options.ts,
        inner: inner.clone(),
        written: (*typed.ty).clone(),
    })
}

fn borrowed_across_await(arguments: &[Argument], errors: &mut Errors) {
    for argument in arguments {
        match &argument.kind {
            ArgumentType::Shared(_) | ArgumentType::Exclusive(_) => {
                errors.push(errors::borrowed_across_await(&argument.written));
            }
            ArgumentType::Text(text) if !text.is_owned() => {
                errors.push(errors::text_across_await(&argument.written));
            }
            ArgumentType::Object(Object::Borrowed) => {
                errors.push(errors::reference_across_await(&argument.written, &quote::quote!(JsObject)));
            }
            ArgumentType::Object(Object::Callback) => {
                errors.push(errors::reference_across_await(&argument.written, &quote::quote!(Function)));
            }
            ArgumentType::Reference | ArgumentType::ExclusiveReference => {
                errors.push(errors::reference_across_await(
                    &argument.written,
                    types::referent(&argument.inner),
                ));
            }
            _ => {}
        }
    }
}

fn result(
    signature: &Signature,
    result_type: impl Fn(&Type) -> syn::Result<(ResultKind, bool)>,
    errors: &mut Errors,
) -> ResultType {
    let none = ResultType { kind: ResultKind::Unit, option: false, fallible: false, written: None };
    let ReturnType::Type(_, written) = &signature.output else { return none };
    let ok = types::ok_of_result(written);
    let written: &Type = ok.unwrap_or(written);
    match result_type(written) {
        Ok((kind, option)) => {
            ResultType { kind, option, fallible: ok.is_some(), written: Some(written.clone()) }
        }
        Err(error) => {
            errors.push(error);
            none
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
        // Whatever else stands there is rustc's to complain about.
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
