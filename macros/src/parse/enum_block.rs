//! `#[export]` on the `impl` block of an enum: its functions become functions of the enum's object.

use syn::{ImplItem, ImplItemFn, ItemFn, ItemImpl, LitStr, Receiver, ReceiverKind, Visibility};

use super::class::{take_parameter_options, without_self};
use super::{name, typed};
use crate::attr::{self, Options};
use crate::errors::{self, Errors, Place};
use crate::form;
use crate::known_enums::Known;
use crate::model::Function;
use crate::validate::{self, Untyped};

/// The model of each exported function of the block. Takes the `#[lend]` attributes away.
///
/// # Errors
///
/// If the block or a `pub fn` has a mistake: all of them as one error.
pub fn block(
    item: &mut ItemImpl,
    options: &Options,
    ident: &syn::Ident,
    known: &Known,
) -> syn::Result<Vec<Function>> {
    let mut errors = Errors::default();
    validate::block(item, options, &mut errors);
    let mut functions: Vec<Function> = Vec::new();
    for item in &mut item.items {
        let ImplItem::Fn(method) = item else { continue };
        if !matches!(method.vis, Visibility::Public(_)) {
            continue;
        }
        let mut own = attr::take_function_options(&mut method.attrs, Place::Method, &mut errors);
        own.inherit(options);
        validate::options_in_module(&own, &mut errors);
        own.namespace = Some(LitStr::new(&known.name, ident.span()));
        match own.member.take() {
            Some((option, _)) if option == "skip" => {
                take_parameter_options(method);
                continue;
            }
            Some((option, _)) => errors.push(errors::member_of_enum(&method.sig.ident, &option)),
            None => {}
        }
        let result = function(method, &own, ident, known);
        take_parameter_options(method);
        match result {
            Ok(function) => functions.push(function),
            Err(error) => errors.push(error),
        }
    }
    validate::members_in_block(ident, &functions, &mut errors);
    errors.finish()?;
    Ok(functions)
}

fn function(
    method: &ImplItemFn,
    options: &Options,
    ident: &syn::Ident,
    known: &Known,
) -> syn::Result<Function> {
    let mut item: ItemFn = without_self(method, ident);
    let mut errors = Errors::default();
    let receiver = item.sig.receiver().cloned();
    if receiver.is_some() {
        item.sig.inputs = item.sig.inputs.into_iter().skip(1).collect();
    }
    let name = name(&item.sig, options);
    let untyped = Untyped { signature: &item.sig, options, name: &name };
    validate::OF_MEMBER.iter().for_each(|check| check(&untyped, &mut errors));
    let result = |ty: &syn::Type| form::result_of_enum(ty, receiver.is_some());
    let mut function = typed(&mut item, options, name, result, &mut errors);
    if let Some(receiver) = &receiver {
        let by_reference = by_reference(receiver, &mut errors);
        if by_reference && function.is_async {
            errors.push(errors::async_reference_to_enum(receiver));
        }
        function.arguments.insert(0, form::enum_receiver(by_reference, ident));
    }
    if known.variants.contains(&function.name) {
        errors.push(errors::function_hides_variant(&function.ident, &function.name));
    }
    function.of_enum = Some(ident.clone());
    validate::types(&function, &mut errors);
    errors.finish()?;
    Ok(function)
}

/// True for `&self`. A value of an enum is no place that a function could change.
fn by_reference(receiver: &Receiver, errors: &mut Errors) -> bool {
    match &receiver.kind {
        ReceiverKind::Value => false,
        ReceiverKind::Reference(_, _, None) => true,
        ReceiverKind::Reference(_, _, Some(_)) => {
            errors.push(errors::exclusive_self_of_enum(receiver));
            true
        }
        _ => {
            errors.push(errors::typed_receiver(receiver));
            true
        }
    }
}
