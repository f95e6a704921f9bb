//! The checks of classes and their members.

use proc_macro2::Ident;
use syn::{Generics, ItemImpl, ItemStruct};

use super::{name_of_type, second};
use crate::attr::Options;
use crate::errors::{self, Errors};
use crate::form::Access;
use crate::model::{Function, MemberKind};

/// JavaScript calls constructors, getters and setters with a fixed number of arguments, and uses their results in a fixed way.
pub fn member_has_its_signature(function: &Function, errors: &mut Errors) {
    // After a mistake the model may have a placeholder instead of the written type.
    let (Some(member), true) = (&function.member, errors.is_empty()) else { return };
    let ident = &function.ident;
    let access = function.arguments.first().and_then(|first| first.form.receiver());
    let count = function.written_arguments().len();
    let result = &function.result;
    match member.kind {
        MemberKind::Constructor => {
            let makes_one = result.form.is_own_class() && !result.option;
            if access.is_some() || function.is_async || !makes_one {
                errors.push(errors::constructor_signature(ident));
            }
        }
        MemberKind::Getter => {
            let is_one = access != Some(Access::Owned) && count == 0 && !result.form.is_nothing();
            if !is_one {
                errors.push(errors::getter_signature(ident));
            }
        }
        MemberKind::Setter => {
            let is_one = access != Some(Access::Owned) && count == 1 && result.form.is_nothing();
            if !is_one || function.is_async || function.is_variadic {
                errors.push(errors::setter_signature(ident));
            }
        }
        MemberKind::Method | MemberKind::Static => {}
    }
}

/// The runtime needs these properties of each class.
pub fn member_hides_no_property(function: &Function, errors: &mut Errors) {
    let Some(member) = &function.member else { return };
    let own: &[&str] = match member.kind {
        MemberKind::Constructor => &[],
        _ if !function.has_receiver() => &["prototype"],
        _ => &["constructor", "free"],
    };
    if own.contains(&function.name.as_str()) {
        errors.push(errors::member_name(&function.ident, &function.name));
    }
}

/// An exported struct.
pub fn class(item: &ItemStruct, options: &Options, errors: &mut Errors) {
    class_options(options, errors);
    class_is_concrete(&item.generics, errors);
    name_of_type(&item.ident, options, errors);
}

/// No two fields have one name in JavaScript.
pub fn fields_of_class(fields: &[Function], errors: &mut Errors) {
    if let Some(second) = second(fields, |a, b| a.shim_name() == b.shim_name()) {
        errors.push(errors::second_member_of_name(&second.ident, &second.name));
    }
}

/// An exported `impl` block.
pub fn block(item: &ItemImpl, options: &Options, errors: &mut Errors) {
    class_options(options, errors);
    if let Some((of, _)) = &item.trait_ {
        errors.push(errors::trait_block(of));
    }
    class_is_concrete(&item.generics, errors);
}

/// A method's options.
pub fn options_in_block(options: &Options, errors: &mut Errors) {
    if let Some(namespace) = &options.namespace {
        errors.push(errors::class_namespace(namespace));
    }
}

fn class_options(options: &Options, errors: &mut Errors) {
    if let Some(literal) = &options.namespace {
        errors.push(errors::class_namespace(literal));
    }
    if let Some(literal) = &options.ts_return {
        errors.push(errors::class_option(literal));
    }
    options.of_functions().for_each(|option| errors.push(errors::class_option(&option)));
}

fn class_is_concrete(generics: &Generics, errors: &mut Errors) {
    if !generics.params.is_empty() {
        errors.push(errors::generic_class(generics));
    }
}

/// A block has at most one constructor. `earlier` are the members before the one that is checked.
pub fn one_constructor(earlier: &[Function], next: &Function, errors: &mut Errors) {
    if is_constructor(next) && earlier.iter().any(is_constructor) {
        errors.push(errors::second_constructor(&next.ident));
    }
}

fn is_constructor(function: &Function) -> bool {
    function.is_of_kind(MemberKind::Constructor)
}

/// The members in a block: there is one, and no two have one name.
pub fn members_in_block(class: &Ident, functions: &[Function], errors: &mut Errors) {
    if functions.is_empty() && errors.is_empty() {
        errors.push(errors::no_members(class));
    }
    let second = second(functions, |a, b| a.shim_name() == b.shim_name());
    if let Some(second) = second.filter(|function| !is_constructor(function)) {
        errors.push(errors::second_member_of_name(&second.ident, &second.name));
    }
}
