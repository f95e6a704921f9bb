//! The checks after parsing: named functions, most of them in lists. Nothing is checked after them.
//!
//! [`parse`](crate::parse) itself reports what it cannot make a model of: an item or block of the wrong kind, a module in another file, an
//! argument without a plain name, a receiver of an unknown kind or outside a class, a signature that modules cannot exchange.
//! [`attr`](crate::attr) reports mistakes in options, and [`form`](crate::form) types that cannot cross. Everything else is here.

mod enums;
mod members;
mod plain_data;

pub use enums::{enumeration, variants};
pub use members::*;
pub use plain_data::{has_no_options, plain_data};

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{DeriveInput, ReturnType, Safety, Signature, Type};

use crate::attr::Options;
use crate::backend::Backend;
use crate::errors::{self, Errors};
use crate::model::{Function, Worker};
use crate::names;
use crate::record::{Field, Record};
use crate::syntax::{is_option, named, path, type_arguments};

/// A function before its types are known.
pub struct Untyped<'a> {
    pub signature: &'a Signature,
    pub options: &'a Options,
    /// The name in JavaScript.
    pub name: &'a str,
}

/// The checks of a function that is no member of a class.
pub const OF_FUNCTION: &[fn(&Untyped<'_>, &mut Errors)] = &[is_no_member, name_is_free, has_no_qualifiers];

/// The checks of a member.
pub const OF_MEMBER: &[fn(&Untyped<'_>, &mut Errors)] = &[has_no_qualifiers, is_no_start];

/// The checks of a function whose types are known.
const OF_TYPES: &[fn(&Function, &mut Errors)] = &[
    names_of_arguments_differ,
    starts_without_arguments,
    last_takes_the_rest,
    defaults_make_sense,
    nothing_is_borrowed_across_await,
    may_run_on_a_worker,
    its_features_are_on,
    fits_into_a_plugin,
    member_has_its_signature,
    member_hides_no_property,
];

/// The checks of a struct that derives `Record`.
const OF_RECORD: &[fn(&Record<'_>, &mut Errors)] =
    &[record_has_a_layout, record_is_concrete, record_fields_have_names, record_fields_are_numbers];

/// The name in JavaScript of an exported struct or enum.
fn name_of_type(ident: &Ident, options: &Options, errors: &mut Errors) {
    let (name, tokens): (_, &dyn ToTokens) = match &options.name {
        Some(literal) => (literal.value(), literal),
        None => (names::plain(ident), ident),
    };
    can_be_exported(&name, tokens, errors);
}

/// Runs the checks of a function whose types are known.
pub fn types(function: &Function, errors: &mut Errors) {
    OF_TYPES.iter().for_each(|check| check(function, errors));
}

/// Runs the checks of a struct that derives `Record`.
pub fn record(record: &Record<'_>, errors: &mut Errors) {
    OF_RECORD.iter().for_each(|check| check(record, errors));
}

// ===== a function =====

/// A constructor, getter or setter belongs to a class, and only the `impl` block says which.
fn is_no_member(function: &Untyped<'_>, errors: &mut Errors) {
    if let Some((_, span)) = &function.options.member {
        errors.push(errors::member_outside(&Ident::new("member", *span)));
    }
}

/// Nothing could be the instance of a method that runs at the start.
fn is_no_start(function: &Untyped<'_>, errors: &mut Errors) {
    if let Some(span) = function.options.start {
        errors.push(errors::start_of_member(&Ident::new("start", span)));
    }
}

/// A function in a namespace may have any name, but the namespace may not.
fn name_is_free(function: &Untyped<'_>, errors: &mut Errors) {
    let Untyped { signature, options, name } = function;
    // Nothing exports it.
    if options.start.is_some() {
        return;
    }
    let (outer, tokens): (_, &dyn ToTokens) = match (&options.namespace, &options.name) {
        (Some(namespace), _) => (namespace.value(), namespace),
        (None, Some(literal)) => ((*name).to_owned(), literal),
        (None, None) => ((*name).to_owned(), &signature.ident),
    };
    can_be_exported(&outer, tokens, errors);
}

/// The package exports the name as a variable, so it must not be reserved, and nothing else may export it.
fn can_be_exported(name: &str, tokens: &dyn ToTokens, errors: &mut Errors) {
    if names::is_reserved_for_arguments(name) {
        errors.push(errors::reserved_name(tokens, name));
    }
    if name == "then" {
        errors.push(errors::then_name(tokens));
    }
    if names::is_of_package(name) {
        errors.push(errors::package_name(tokens, name));
    }
}

/// JavaScript calls one compiled function, and cannot promise anything about its arguments. Lifetimes do no harm.
fn has_no_qualifiers(function: &Untyped<'_>, errors: &mut Errors) {
    let signature = function.signature;
    let generics = &signature.generics;
    if !generics.params.is_empty() && generics.lifetimes().count() != generics.params.len() {
        errors.push(errors::generic(generics));
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

// ===== its arguments =====

/// `name = …` and the renaming of reserved words can give two arguments one name, which no JavaScript function can have.
fn names_of_arguments_differ(function: &Function, errors: &mut Errors) {
    for (index, argument) in function.arguments.iter().enumerate() {
        if function.arguments[..index].iter().any(|earlier| earlier.name == argument.name) {
            errors.push(errors::second_argument_of_name(&argument.ident, &argument.name));
        }
    }
}

/// A default stands for `undefined`. An `Option` already has a value for that, and nothing would own what a reference points at.
fn defaults_make_sense(function: &Function, errors: &mut Errors) {
    for argument in &function.arguments {
        let Some(default) = &argument.default else { continue };
        if is_option(&argument.written) {
            errors.push(errors::default_of_option(default));
        }
        if let Some(error) = argument.form.refuses_default(default) {
            errors.push(error);
        }
    }
}

/// Nobody passes anything to a function that runs at the start, or gets its result.
fn starts_without_arguments(function: &Function, errors: &mut Errors) {
    if !function.is_start || !errors.is_empty() {
        return;
    }
    if function.backend.is_plugin() {
        errors.push(errors::start_in_plugin(&function.ident));
    } else if !function.arguments.is_empty() || !function.result.form.is_nothing() || function.result.option {
        errors.push(errors::start_signature(&function.ident));
    }
}

/// The rest of JavaScript's arguments is an array.
fn last_takes_the_rest(function: &Function, errors: &mut Errors) {
    if !function.is_variadic || !errors.is_empty() {
        return;
    }
    match function.written_arguments().last() {
        None => errors.push(errors::variadic_without_arguments(&function.ident)),
        Some(last) if last.may_be_absent() || last.form.rest(last).is_none() => {
            errors.push(errors::variadic_type(&last.written));
        }
        Some(_) => {}
    }
}

/// JavaScript goes on at an `await`: it may free or change memory that the function borrows.
fn nothing_is_borrowed_across_await(function: &Function, errors: &mut Errors) {
    if function.is_async && function.worker.is_none() {
        let mistakes = function.arguments.iter().filter_map(|argument| argument.form.across_await(argument));
        mistakes.for_each(|mistake| errors.push(mistake));
    }
}

/// A job is one call of a function of its own, from its start to its end on one thread.
fn may_run_on_a_worker(function: &Function, errors: &mut Errors) {
    if function.worker.is_none() {
        return;
    }
    let ident = &function.ident;
    let mistake = match function {
        Function { backend: Backend::Plugin, .. } => errors::worker_in_plugin(ident),
        Function { member: Some(_), .. } | Function { of_enum: Some(_), .. } => errors::worker_method(ident),
        Function { is_start: true, .. } => errors::worker_at_start(ident),
        Function { is_variadic: true, .. } => errors::variadic_worker(ident),
        _ => return,
    };
    errors.push(mistake);
}

/// The runtime has no promises without the feature `async`, and no rayon without that one. The expansion would name functions that are not there.
fn its_features_are_on(function: &Function, errors: &mut Errors) {
    if !function.is_async || function.backend.is_plugin() {
        return;
    }
    let ident = &function.ident;
    let mistake = match &function.worker {
        Some(Worker { is_parallel: true, .. }) if !cfg!(feature = "rayon") => errors::parallel_is_off(ident),
        Some(_) if !cfg!(feature = "async") => errors::worker_is_off(ident),
        None if !cfg!(feature = "async") => errors::async_is_off(ident),
        _ => return,
    };
    errors.push(mistake);
}

/// A plugin is loaded without wasm-bindgen, so it has no promises and no records. One mistake per function is enough: the others would
/// say nearly the same.
fn fits_into_a_plugin(function: &Function, errors: &mut Errors) {
    if !function.backend.is_plugin() {
        return;
    }
    let ident = &function.ident;
    let forms = function.arguments.iter().map(|argument| argument.form.in_plugin());
    let mistake = match function {
        Function { worker: Some(_), .. } => None,
        Function { is_async: true, .. } => Some(errors::async_in_plugin(ident)),
        Function { is_handler: true, .. } => Some(errors::handler_in_plugin(ident)),
        _ => forms.chain([function.result.form.in_plugin()]).flatten().next(),
    };
    if let Some(mistake) = mistake {
        errors.push(mistake);
    }
}

// ===== modules =====

/// A module's own options.
pub fn module_options(options: &Options, errors: &mut Errors) {
    if let Some(literal) = options.name.as_ref().or(options.ts_return.as_ref()) {
        errors.push(errors::function_option_on_module(literal));
    }
    options.of_functions().for_each(|option| errors.push(errors::function_option_on_module(&option)));
}

/// A function's options inside a module.
pub fn options_in_module(options: &Options, errors: &mut Errors) {
    if let Some(namespace) = &options.namespace {
        errors.push(errors::namespace_in_module(namespace));
    }
}

/// The functions of a module: there is one, and no two have one name. `name = "…"` can give them one.
pub fn functions_in_module(module: &Ident, functions: &[Function], errors: &mut Errors) {
    if functions.is_empty() && errors.is_empty() {
        errors.push(errors::nothing_to_export(module));
    }
    if let Some(second) = second(functions, |a, b| a.name == b.name) {
        errors.push(errors::second_of_name(&second.ident, &second.name));
    }
}

/// The first function that is like an earlier one.
fn second(functions: &[Function], is_like: impl Fn(&Function, &Function) -> bool) -> Option<&Function> {
    functions
        .iter()
        .enumerate()
        .find(|(index, function)| functions[..*index].iter().any(|earlier| is_like(earlier, function)))
        .map(|(_, function)| function)
}

// ===== imports =====

/// The error of an imported function is a `String`, because only its message crosses.
pub fn import(function: &Function, signature: &Signature, errors: &mut Errors) {
    let (true, ReturnType::Type(_, ty)) = (function.result.fallible, &signature.output) else { return };
    let parameters = named(ty).map(type_arguments).unwrap_or_default();
    let is_text = |error: &Type| path(error).is_some_and(|path| path.path.is_ident("String"));
    if !matches!(parameters.as_slice(), [_, error] if is_text(error)) {
        errors.push(errors::import_of_error(ty));
    }
}

// ===== records =====

/// Rust may order the fields of other structs as it likes.
fn record_has_a_layout(record: &Record<'_>, errors: &mut Errors) {
    if !is_repr_c(record.input) {
        errors.push(errors::record_layout(&record.input.ident));
    }
}

/// JavaScript knows a record by one name and one layout.
fn record_is_concrete(record: &Record<'_>, errors: &mut Errors) {
    if !record.input.generics.params.is_empty() {
        errors.push(errors::generic_record(&record.input.generics));
    }
}

/// JavaScript reads the fields by name.
fn record_fields_have_names(record: &Record<'_>, errors: &mut Errors) {
    if record.fields.is_none() {
        errors.push(errors::not_a_record(&record.input.ident));
    }
}

/// JavaScript reads and writes numbers only. The compiler checks aliases.
fn record_fields_are_numbers(record: &Record<'_>, errors: &mut Errors) {
    let fields = record.fields.iter().flatten();
    for Field { written, .. } in fields.filter(|field| is_known_non_number(field.element)) {
        errors.push(errors::record_field(written));
    }
}

fn is_known_non_number(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return true };
    path.path.segments.last().is_some_and(|last| {
        ["bool", "char", "usize", "isize", "u128", "i128", "String", "Vec", "Option", "Box"]
            .iter()
            .any(|name| last.ident == name)
    })
}

fn is_repr_c(input: &DeriveInput) -> bool {
    input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")).any(|attribute| {
        let mut c = false;
        // rustc checks the other options.
        let _ = attribute.parse_nested_meta(|meta| {
            c |= meta.path.is_ident("C") || meta.path.is_ident("transparent");
            if meta.input.peek(syn::token::Paren) {
                let content;
                syn::parenthesized!(content in meta.input);
                content.parse::<proc_macro2::TokenStream>()?;
            }
            Ok(())
        });
        c
    })
}
