//! Classes: from an exported struct or `impl` block to a model. Emits nothing; collects every mistake.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{
    FnArg, ImplItem, ImplItemFn, ItemFn, ItemImpl, ItemStruct, LitStr, Receiver, ReceiverKind, Type,
    Visibility,
};

use crate::attr::{self, Options};
use crate::errors::{self, Errors};
use crate::model::{Access, Argument, ArgumentType, Function, Member, MemberKind, ResultKind};
use crate::types::plain;
use crate::{names, parse};

/// A class, and the functions that get and set its fields.
pub struct Class {
    pub ident: Ident,
    pub docs: Vec<String>,
    pub skip_typescript: bool,
    pub fields: Vec<Function>,
}

/// The model of a struct; takes the `#[lend]` attributes of its fields away.
///
/// # Errors
///
/// Every mistake in it.
pub fn class(item: &mut ItemStruct, options: &Options) -> syn::Result<Class> {
    let mut errors = Errors::default();
    class_options(options, &mut errors);
    if !item.generics.params.is_empty() {
        errors.push(errors::generic_class(&item.generics));
    }
    class_name(&item.ident, &mut errors);
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
        let options = Options { name: Some(LitStr::new(&name, ident.span())), ..Options::default() };
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
        ident: item.ident.clone(),
        docs: parse::docs(&item.attrs),
        skip_typescript: options.skip_typescript,
        fields,
    })
}

fn class_options(options: &Options, errors: &mut Errors) {
    let literals = [&options.name, &options.namespace, &options.ts_return];
    for literal in literals.into_iter().flatten() {
        errors.push(errors::class_option(literal));
    }
}

fn class_name(ident: &Ident, errors: &mut Errors) {
    let name = names::plain(ident);
    if names::is_reserved(&name) {
        errors.push(errors::reserved_name(ident, &name));
    }
    if names::is_of_package(&name) {
        errors.push(errors::package_name(ident, &name));
    }
}

/// The model of each exported function of an `impl` block; takes the `#[lend]` attributes away.
///
/// # Errors
///
/// Every mistake in every `pub fn`.
pub fn block(item: &mut ItemImpl, options: &Options) -> syn::Result<Vec<Function>> {
    let mut errors = Errors::default();
    class_options(options, &mut errors);
    if let Some((of, _)) = &item.trait_ {
        errors.push(errors::trait_block(of));
    }
    if !item.generics.params.is_empty() {
        errors.push(errors::generic_class(&item.generics));
    }
    let class = match plain(&item.self_ty) {
        Type::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    };
    let Some(class) = class else {
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
                let is_second = kind == MemberKind::Constructor && functions.iter().any(is_constructor);
                if is_second {
                    errors.push(errors::second_constructor(&method.sig.ident));
                }
                functions.push(function);
            }
            Err(error) => errors.push(error),
        }
    }
    let all = || functions.iter().enumerate();
    let second = all().find(|(index, function)| {
        functions[..*index].iter().any(|earlier| earlier.shim_name() == function.shim_name())
    });
    if let Some((_, second)) = second.filter(|(_, function)| !is_constructor(function)) {
        errors.push(errors::second_of_name(&second.ident, &second.name));
    }
    errors.finish()?;
    if functions.is_empty() {
        return Err(errors::no_members(&class));
    }
    Ok(functions)
}

fn is_constructor(function: &Function) -> bool {
    function.member.as_ref().is_some_and(|member| member.kind == MemberKind::Constructor)
}

/// What rustc would not know, on the item that stays.
fn take_parameter_options(method: &mut ImplItemFn) {
    for input in &mut method.sig.inputs {
        if let FnArg::Typed(typed) = input {
            typed.attrs.retain(|attribute| !attribute.path().is_ident("lend"));
        }
    }
}

/// What the method is to its class: as it says, and `new` that returns a `Self` is its constructor.
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

/// The function with the class's name for `Self`, which means nothing outside of the block.
fn without_self(method: &ImplItemFn, class: &Ident) -> ItemFn {
    fn replaced(tokens: TokenStream, class: &Ident) -> TokenStream {
        let replace = |token| match token {
            TokenTree::Ident(ident) if ident == "Self" => Ident::new(&class.to_string(), ident.span()).into(),
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
    // A signature with another name for a type in it is one.
    syn::parse2(quote!(#(#attributes)* pub #signature {})).expect("a signature")
}

/// The model of a member.
fn function(mut item: ItemFn, member: Member, options: &Options) -> syn::Result<Function> {
    let mut errors = Errors::default();
    let receiver = item.sig.receiver().cloned();
    let ident = item.sig.ident.clone();
    if receiver.is_some() {
        item.sig.inputs = item.sig.inputs.into_iter().skip(1).collect();
    }
    // Of the class, not of the function.
    let mut options = options.clone();
    options.member = None;
    // As `#[wasm_bindgen(setter)]` has it.
    let property = names::plain(&ident).strip_prefix("set_").map(str::to_owned);
    if let (MemberKind::Setter, None, None, Some(property)) =
        (member.kind, &options.name, &member.field, property)
    {
        options.name = Some(LitStr::new(&options.rename(&property), ident.span()));
    }
    let this = receiver.as_ref().and_then(|receiver| {
        access(receiver).map(|access| this(access, &member.class)).map_err(|error| errors.push(error)).ok()
    });
    let model = parse::member(&mut item, &options, &member.class, receiver.is_some());
    let mut model = match model {
        Ok(model) => model,
        Err(error) => {
            errors.push(error);
            errors.finish()?;
            unreachable!("an error was pushed");
        }
    };
    if let Some(this) = this {
        model.arguments.insert(0, this);
    }
    check(&ident, &member, &model, &mut errors);
    errors.finish()?;
    model.member = Some(member);
    Ok(model)
}

fn access(receiver: &Receiver) -> syn::Result<Access> {
    match &receiver.kind {
        ReceiverKind::Value => Ok(Access::Owned),
        ReceiverKind::Reference(_, _, Some(_)) => Ok(Access::Exclusive),
        ReceiverKind::Reference(_, _, None) => Ok(Access::Shared),
        _ => Err(errors::typed_receiver(receiver)),
    }
}

/// The argument that JavaScript calls `this`.
fn this(access: Access, class: &Ident) -> Argument {
    let written: Type = match access {
        Access::Shared => syn::parse_quote!(&#class),
        Access::Exclusive => syn::parse_quote!(&mut #class),
        Access::Owned => syn::parse_quote!(#class),
    };
    Argument {
        ident: Ident::new("this", class.span()),
        name: "this".to_owned(),
        kind: ArgumentType::This(access),
        option: false,
        default: None,
        ts: None,
        inner: written.clone(),
        written,
    }
}

/// That a member has the form of its kind, and no name that every class has.
fn check(ident: &Ident, member: &Member, function: &Function, errors: &mut Errors) {
    let has_receiver = function.has_receiver();
    let access = match function.arguments.first().map(|first| &first.kind) {
        Some(ArgumentType::This(access)) => Some(*access),
        _ => None,
    };
    let count = function.written_arguments().len();
    let returns_nothing = matches!(function.result.kind, ResultKind::Unit);
    match member.kind {
        MemberKind::Constructor => {
            let makes_one = matches!(function.result.kind, ResultKind::Instance) && !function.result.option;
            if has_receiver || function.is_async || !makes_one {
                errors.push(errors::constructor_shape(ident));
            }
        }
        MemberKind::Getter => {
            if access != Some(Access::Shared) || count != 0 || function.is_async || returns_nothing {
                errors.push(errors::getter_shape(ident));
            }
        }
        MemberKind::Setter => {
            if access != Some(Access::Exclusive) || count != 1 || function.is_async || !returns_nothing {
                errors.push(errors::setter_shape(ident));
            }
        }
        MemberKind::Method | MemberKind::Static => {}
    }
    let own: &[&str] = match member.kind {
        MemberKind::Static => &["prototype"],
        MemberKind::Constructor => &[],
        _ => &["constructor", "free"],
    };
    if own.contains(&function.name.as_str()) {
        errors.push(errors::member_name(ident, &function.name));
    }
}
