//! Classes: from an exported struct or `impl` block to a model.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{
    Field, FnArg, ImplItem, ImplItemFn, ItemFn, ItemImpl, ItemStruct, LitStr, Receiver, ReceiverKind, Type,
    Visibility,
};

use super::{docs, name, typed};
use crate::attr::{self, FieldOptions, Options};
use crate::backend::Backend;
use crate::errors::{self, Errors, Place};
use crate::form::{self, Access, ResultType};
use crate::model::{Function, Member, MemberKind};
use crate::validate::{self, Untyped};
use crate::{class_names, names, syntax};

/// A class, and the functions that get and set its fields.
pub struct Class {
    pub backend: Backend,
    /// The name in Rust.
    pub ident: Ident,
    /// The name in JavaScript.
    pub name: String,
    pub docs: Vec<String>,
    pub skip_typescript: bool,
    pub fields: Vec<Function>,
}

/// The model of a struct. Takes the `#[lend]` attributes of its fields away.
///
/// # Errors
///
/// If the struct has a mistake: all of them as one error.
pub fn class(item: &mut ItemStruct, options: &Options) -> syn::Result<Class> {
    let mut errors = Errors::default();
    validate::class(item, options, &mut errors);
    let name = class_name(&item.ident, options);
    class_names::note(&item.ident, &name);
    let mut fields = Vec::new();
    for (index, field) in item.fields.iter_mut().enumerate() {
        let own = attr::take_field_options(&mut field.attrs, &mut errors);
        if own.skip || !matches!(field.vis, Visibility::Public(_)) {
            continue;
        }
        for (accessor, kind, options) in accessors(field, index, &own, options) {
            let place = field.ident.clone().map_or_else(|| syn::Member::from(index), syn::Member::from);
            let (class, class_name) = (item.ident.clone(), name.clone());
            match function(accessor, Member { class, class_name, kind, field: Some(place) }, &options) {
                Ok(function) => fields.push(function),
                Err(error) => {
                    errors.push(error);
                    break;
                }
            }
        }
    }
    validate::fields_of_class(&fields, &mut errors);
    errors.finish()?;
    Ok(Class {
        backend: options.backend,
        ident: item.ident.clone(),
        name,
        docs: if options.skip_jsdoc { Vec::new() } else { docs(&item.attrs) },
        skip_typescript: options.skip_typescript,
        fields,
    })
}

/// The name of a struct in JavaScript.
pub fn class_name(ident: &Ident, options: &Options) -> String {
    options.name.as_ref().map_or_else(|| names::plain(ident), LitStr::value)
}

/// The functions that get and set a field, as a user would write them.
fn accessors(
    field: &Field,
    index: usize,
    own: &FieldOptions,
    outer: &Options,
) -> Vec<(ItemFn, MemberKind, Options)> {
    let docs: Vec<_> = field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).collect();
    // A field of a tuple is the property `0`, as in Rust.
    let (ident, name) = match &field.ident {
        Some(ident) => (ident.clone(), outer.rename(&names::plain(ident))),
        None => (format_ident!("_{}", index, span = field.ty.span()), index.to_string()),
    };
    let name = own.name.clone().unwrap_or_else(|| LitStr::new(&name, ident.span()));
    let options = Options {
        backend: outer.backend,
        coerce: outer.coerce,
        name: Some(name.clone()),
        ts_return: own.ts.clone(),
        skip_typescript: outer.skip_typescript || own.skip_typescript,
        skip_jsdoc: outer.skip_jsdoc || own.skip_jsdoc,
        ..Options::default()
    };
    let ty = &field.ty;
    let getter: ItemFn = syn::parse_quote!(#(#docs)* pub fn #ident(&self) -> #ty {});
    let mut accessors = vec![(getter, MemberKind::Getter, options.clone())];
    if !own.readonly {
        let ts = own.ts.as_ref().map(|ts| quote!(ts = #ts,));
        // No argument has the name of a reserved word, but a property may.
        let is_argument = own.name.is_some() && !names::is_reserved_for_arguments(&name.value());
        let name = is_argument.then(|| quote!(name = #name,));
        let setter: ItemFn = syn::parse_quote!(pub fn #ident(&mut self, #[lend(#name #ts)] #ident: #ty) {});
        accessors.push((setter, MemberKind::Setter, Options { ts_return: None, ..options }));
    }
    accessors
}

/// The model of each exported function of an `impl` block. Takes the `#[lend]` attributes away.
///
/// # Errors
///
/// If the block or a `pub fn` has a mistake: all of them as one error.
pub fn block(item: &mut ItemImpl, options: &Options) -> syn::Result<Vec<Function>> {
    let mut errors = Errors::default();
    validate::block(item, options, &mut errors);
    let Some(class) = syntax::path(&item.self_ty).and_then(|path| path.path.get_ident().cloned()) else {
        errors.push(errors::class_type(&item.self_ty));
        errors.finish()?;
        return Ok(Vec::new());
    };
    let class_name = options.name.as_ref().map_or_else(|| class_names::of(&class), LitStr::value);
    let mut functions: Vec<Function> = Vec::new();
    for item in &mut item.items {
        let ImplItem::Fn(method) = item else { continue };
        if !matches!(method.vis, Visibility::Public(_)) {
            continue;
        }
        let mut own = attr::take_function_options(&mut method.attrs, Place::Method, &mut errors);
        validate::options_in_block(&own, &mut errors);
        own.inherit(options);
        let option = own.member.take();
        if option.as_ref().is_some_and(|(key, _)| key == "skip") {
            take_parameter_options(method);
            continue;
        }
        let kind = kind(method, option.as_ref());
        let exported = without_self(method, &class);
        take_parameter_options(method);
        let member = Member { class: class.clone(), class_name: class_name.clone(), kind, field: None };
        match function(exported, member, &own) {
            Ok(function) => {
                validate::one_constructor(&functions, &function, &mut errors);
                functions.push(function);
            }
            Err(error) => errors.push(error),
        }
    }
    validate::members_in_block(&class, &functions, &mut errors);
    errors.finish()?;
    Ok(functions)
}

/// Removes the `#[lend]` attributes of the parameters, which rustc does not know.
pub(super) fn take_parameter_options(method: &mut ImplItemFn) {
    for input in &mut method.sig.inputs {
        if let FnArg::Typed(typed) = input {
            typed.attrs.retain(|attribute| !attribute.path().is_ident("lend"));
        }
    }
}

/// The kind that the option gives. Without one, `new` is the constructor.
fn kind(method: &ImplItemFn, option: Option<&(String, Span)>) -> MemberKind {
    let has_receiver = method.sig.receiver().is_some();
    match option.map(|(key, _)| key.as_str()) {
        Some("constructor") => MemberKind::Constructor,
        Some("getter") => MemberKind::Getter,
        Some("setter") => MemberKind::Setter,
        _ if has_receiver => MemberKind::Method,
        _ if method.sig.ident == "new" && method.sig.asyncness.is_none() => MemberKind::Constructor,
        _ => MemberKind::Static,
    }
}

/// The function with the class's name for `Self`. `Self` has a meaning inside the block only.
pub(super) fn without_self(method: &ImplItemFn, class: &Ident) -> ItemFn {
    fn replaced(tokens: TokenStream, class: &Ident) -> TokenStream {
        let replace = |token| match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                // A clone, which may be `r#type`.
                let mut named = class.clone();
                named.set_span(ident.span());
                named.into()
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replaced(group.stream(), class));
                inner.set_span(group.span());
                inner.into()
            }
            other => other,
        };
        tokens.into_iter().map(replace).collect()
    }
    let (attributes, signature) = (&method.attrs, &method.sig);
    let signature = replaced(signature.to_token_stream(), class);
    // Another name for a type leaves the signature valid.
    syn::parse2(quote!(#(#attributes)* pub #signature {})).expect("a signature")
}

/// The model of a member.
fn function(mut item: ItemFn, member: Member, options: &Options) -> syn::Result<Function> {
    let mut errors = Errors::default();
    let receiver = item.sig.receiver().cloned();
    if receiver.is_some() {
        item.sig.inputs = item.sig.inputs.into_iter().skip(1).collect();
    }
    let options = options_of(&item.sig.ident, &member, options);
    let access = receiver
        .as_ref()
        .map(|receiver| access(receiver, &member.class))
        .transpose()
        .map_err(|error| errors.push(error))
        .ok()
        .flatten();
    let name = name(&item.sig, &options);
    let untyped = Untyped { signature: &item.sig, options: &options, name: &name };
    validate::OF_MEMBER.iter().for_each(|check| check(&untyped, &mut errors));
    let result =
        |ty: &Type| form::result_of_member(ty, &member.class, &member.class_name, receiver.is_some());
    let mut function = typed(&mut item, &options, name, result, &mut errors);
    if let Some(access) = access {
        function.arguments.insert(0, form::receiver(access, &member.class));
    }
    if member.kind == MemberKind::Constructor {
        makes_or_throws(&mut function.result);
    }
    function.member = Some(member);
    validate::types(&function, &mut errors);
    errors.finish()?;
    Ok(function)
}

/// The options of the function, without the options of its class.
fn options_of(ident: &Ident, member: &Member, options: &Options) -> Options {
    let mut options = Options { member: None, ..options.clone() };
    // As with `#[wasm_bindgen(setter)]`, `set_gain` sets the property `gain`.
    let property = names::plain(ident).strip_prefix("set_").map(str::to_owned);
    if let (MemberKind::Setter, None, None, Some(property)) =
        (member.kind, &options.name, &member.field, property)
    {
        options.name = Some(LitStr::new(&options.rename(&property), ident.span()));
    }
    options
}

/// A constructor has to make an instance, so it throws if it returns `None`.
fn makes_or_throws(result: &mut ResultType) {
    if result.option && result.form.is_own_class() {
        result.option = false;
        result.none_throws = true;
        result.written = result.written.as_ref().map(|written| syntax::unwrapped(written).clone());
    }
}

fn access(receiver: &Receiver, class: &Ident) -> syn::Result<Access> {
    let is_class = |ty: &Type| syntax::path(ty).is_some_and(|path| path.path.is_ident(class));
    match &receiver.kind {
        ReceiverKind::Value => Ok(Access::Owned),
        ReceiverKind::Reference(_, _, Some(_)) => Ok(Access::Exclusive),
        ReceiverKind::Reference(_, _, None) => Ok(Access::Shared),
        // `self: &Self`, which `without_self` has made `self: &Class`.
        ReceiverKind::Typed(_, ty) => match syntax::plain(ty) {
            Type::Reference(reference) if is_class(&reference.elem) => {
                Ok(if reference.mutability.is_some() { Access::Exclusive } else { Access::Shared })
            }
            ty if is_class(ty) => Ok(Access::Owned),
            _ => Err(errors::typed_receiver(receiver)),
        },
        _ => Err(errors::typed_receiver(receiver)),
    }
}
