//! From syntax to model. Emits nothing; collects every mistake.

use proc_macro2::Ident;
use syn::{
    Attribute, Expr, FnArg, Item, ItemFn, ItemMod, Lit, Meta, Pat, ReturnType, Safety, Signature, Visibility,
};

use crate::errors::{self, Errors};
use crate::model::{Argument, ArgumentType, Function, ResultKind, ResultType};
use crate::types;

/// The model of each exported function of a module.
///
/// # Errors
///
/// Every mistake in every `pub fn`.
pub fn module(item: &ItemMod) -> syn::Result<Vec<Function>> {
    let Some((_, items)) = &item.content else {
        return Err(errors::module_elsewhere(item));
    };
    let mut errors = Errors::default();
    let mut functions = Vec::new();
    let exported = items.iter().filter_map(|item| match item {
        Item::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
        _ => None,
    });
    for item in exported {
        match function(item) {
            Ok(function) => functions.push(function),
            Err(error) => errors.push(error),
        }
    }
    errors.finish()?;
    if functions.is_empty() {
        return Err(errors::nothing_to_export(&item.ident));
    }
    Ok(functions)
}

/// # Errors
///
/// Every mistake in the signature.
pub fn function(item: &ItemFn) -> syn::Result<Function> {
    let mut errors = Errors::default();
    let signature = &item.sig;
    qualifiers(signature, &mut errors);
    let arguments = arguments(signature, &mut errors);
    let result = result(signature, &mut errors);
    let name = plain_name(&signature.ident);
    if RESERVED.contains(&name.as_str()) {
        errors.push(errors::reserved_name(&signature.ident));
    }
    if PACKAGE_EXPORTS.contains(&name.as_str()) {
        errors.push(errors::package_name(&signature.ident));
    }
    errors.finish()?;
    Ok(Function {
        ident: signature.ident.clone(),
        name,
        docs: docs(&item.attrs),
        deprecated: deprecated(&item.attrs),
        cfgs: item.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect(),
        arguments,
        result,
    })
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
    if let Some(asyncness) = &signature.asyncness {
        errors.push(errors::asynchronous(asyncness));
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

fn arguments(signature: &Signature, errors: &mut Errors) -> Vec<Argument> {
    let mut arguments = Vec::new();
    for input in &signature.inputs {
        let typed = match input {
            FnArg::Receiver(receiver) => {
                errors.push(errors::receiver(receiver));
                continue;
            }
            FnArg::Typed(typed) => typed,
        };
        let kind = types::argument(&typed.ty).map_err(|error| errors.push(error)).ok();
        if let (Some(_), Some(ArgumentType::Shared(_) | ArgumentType::Exclusive(_))) =
            (signature.asyncness, kind)
        {
            errors.push(errors::borrowed_across_await(&typed.ty));
        }
        match &*typed.pat {
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
                let Some(kind) = kind else { continue };
                let ident = pat.ident.clone();
                arguments.push(Argument {
                    name: argument_name(&ident),
                    ident,
                    kind,
                    written: (*typed.ty).clone(),
                });
            }
            other => errors.push(errors::pattern(other)),
        }
    }
    arguments
}

fn result(signature: &Signature, errors: &mut Errors) -> ResultType {
    let ReturnType::Type(_, written) = &signature.output else {
        return ResultType { kind: ResultKind::Unit, written: None };
    };
    let kind = types::result(written).map_err(|error| errors.push(error)).unwrap_or(ResultKind::Unit);
    ResultType { kind, written: Some((**written).clone()) }
}

fn plain_name(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or_else(|| name.clone(), str::to_owned)
}

fn argument_name(ident: &Ident) -> String {
    let mut name = plain_name(ident);
    if RESERVED.contains(&name.as_str()) || name == "arguments" || name == "eval" {
        name.push('_');
    }
    name
}

fn docs(attributes: &[Attribute]) -> Vec<String> {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    lines.filter_map(|attribute| string_value(&attribute.meta)).collect()
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

/// What the runtime and wasm-bindgen export themselves.
const PACKAGE_EXPORTS: &[&str] = &["lend", "LendError", "ReadOnlyBuffer", "MutableBuffer", "initSync"];

/// Words that no function of an ES module can be named.
const RESERVED: &[&str] = &[
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];
