//! Classes: from an exported struct or `impl` block to a model.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{
    FnArg, ImplItem, ImplItemFn, ItemFn, ItemImpl, ItemStruct, LitStr, Receiver, ReceiverKind, Type,
    Visibility,
};

use super::{docs, name, typed};
use crate::attr::{self, Options};
use crate::backend::Backend;
use crate::errors::{self, Errors};
use crate::form::{self, Access};
use crate::model::{Function, Member, MemberKind};
use crate::validate::{self, Untyped};
use crate::{names, syntax};

/// A class, and the functions that get and set its fields.
pub struct Class {
    pub backend: Backend,
    pub ident: Ident,
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
    let mut fields = Vec::new();
    for (index, field) in item.fields.iter_mut().enumerate() {
        let own = attr::take_field_options(&mut field.attrs, &mut errors);
        if own.skip || !matches!(field.vis, Visibility::Public(_)) {
            continue;
        }
        let (ty, docs) = (&field.ty, field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")));
        let docs: Vec<_> = docs.collect();
        // A field of a tuple is the property `0`, as in Rust.
        let (ident, name) = match &field.ident {
            Some(ident) => (ident.clone(), options.rename(&names::plain(ident))),
            None => (format_ident!("_{}", index, span = field.ty.span()), index.to_string()),
        };
        let place = field.ident.clone().map_or_else(|| syn::Member::from(index), syn::Member::from);
        let name = Some(LitStr::new(&name, ident.span()));
        let options = Options { backend: options.backend, name, ..Options::default() };
        let getter: ItemFn = syn::parse_quote!(#(#docs)* pub fn #ident(&self) -> #ty {});
        let setter: ItemFn = syn::parse_quote!(pub fn #ident(&mut self, #ident: #ty) {});
        let mut accessors = vec![(getter, MemberKind::Getter)];
        if !own.readonly {
            accessors.push((setter, MemberKind::Setter));
        }
        for (accessor, kind) in accessors {
            let member = Member { class: item.ident.clone(), kind, field: Some(place.clone()) };
            match function(accessor, member, &options) {
                Ok(function) => fields.push(function),
                Err(error) => {
                    errors.push(error);
                    break;
                }
            }
        }
    }
    errors.finish()?;
    Ok(Class {
        backend: options.backend,
        ident: item.ident.clone(),
        docs: docs(&item.attrs),
        skip_typescript: options.skip_typescript,
        fields,
    })
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
    let mut functions: Vec<Function> = Vec::new();
    for item in &mut item.items {
        let ImplItem::Fn(method) = item else { continue };
        if !matches!(method.vis, Visibility::Public(_)) {
            continue;
        }
        let mut own = attr::take_function_options(&mut method.attrs, &mut errors);
        own.backend = options.backend;
        own.skip_typescript |= options.skip_typescript;
        own.rename_all = own.rename_all.or_else(|| options.rename_all.clone());
        let option = own.member.take();
        if option.as_ref().is_some_and(|(key, _)| key == "skip") {
            take_parameter_options(method);
            continue;
        }
        let kind = kind(method, option.as_ref());
        let exported = without_self(method, &class);
        take_parameter_options(method);
        match function(exported, Member { class: class.clone(), kind, field: None }, &own) {
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
    let access = receiver.as_ref().map(access).transpose().map_err(|error| errors.push(error)).ok().flatten();
    let name = name(&item.sig, &options);
    let untyped = Untyped { signature: &item.sig, options: &options, name: &name };
    validate::OF_MEMBER.iter().for_each(|check| check(&untyped, &mut errors));
    let result = |ty: &Type| form::result_of_member(ty, &member.class, receiver.is_some());
    let mut function = typed(&mut item, &options, name, result, &mut errors);
    if let Some(access) = access {
        function.arguments.insert(0, form::receiver(access, &member.class));
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

fn access(receiver: &Receiver) -> syn::Result<Access> {
    match &receiver.kind {
        ReceiverKind::Value => Ok(Access::Owned),
        ReceiverKind::Reference(_, _, Some(_)) => Ok(Access::Exclusive),
        ReceiverKind::Reference(_, _, None) => Ok(Access::Shared),
        _ => Err(errors::typed_receiver(receiver)),
    }
}
