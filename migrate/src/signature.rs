//! What wasm-lend asks of signatures, as far as the text of a file shows it.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{FnArg, GenericArgument, PathArguments, ReceiverKind, ReturnType, Safety, Signature, Type};

/// Why wasm-lend does not take the function, in any place.
pub fn refuses(signature: &Signature) -> Option<&'static str> {
    if matches!(signature.safety, Safety::Unsafe(_)) {
        return Some(
            "an `unsafe fn`: JavaScript cannot promise what it asks for; export a safe function that calls it",
        );
    }
    if signature.abi.is_some() {
        return Some("a function with an ABI: wasm-lend exports it under an ABI of its own; remove `extern`");
    }
    None
}

/// What a method is for, and what its signature allows.
pub struct Shape<'a> {
    signature: &'a Signature,
    class: &'a str,
}

impl<'a> Shape<'a> {
    pub fn new(signature: &'a Signature, class: &'a str) -> Self {
        Self { signature, class }
    }

    fn receiver(&self) -> Option<&ReceiverKind> {
        self.signature.receiver().map(|receiver| &receiver.kind)
    }

    fn arguments(&self) -> usize {
        self.signature.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_))).count()
    }

    /// True if wasm-lend takes it as the constructor without an option.
    pub fn is_constructor_by_name(&self) -> bool {
        self.receiver().is_none() && self.signature.ident == "new" && self.signature.asyncness.is_none()
    }

    /// Why it cannot be a constructor.
    pub fn not_a_constructor(&self) -> Option<&'static str> {
        if self.signature.asyncness.is_some() {
            return Some(
                "an async constructor: JavaScript gets a promise, no instance; make it a static method",
            );
        }
        let is_one = self.receiver().is_none() && self.returns_its_class();
        (!is_one).then_some(
            "a constructor of another type: wasm-lend's constructors return `Self`, or a `Result` or `Option` of it",
        )
    }

    /// Why it cannot be a getter.
    pub fn not_a_getter(&self) -> Option<&'static str> {
        let fits = !self.takes_itself() && self.arguments() == 0;
        (!fits).then_some("a getter with parameters, or one that takes `self`: make it a method")
    }

    /// Why it cannot be a setter.
    pub fn not_a_setter(&self) -> Option<&'static str> {
        let fits = !self.takes_itself() && self.arguments() == 1 && self.signature.asyncness.is_none();
        (!fits).then_some("a setter that is async, takes `self`, or has not one parameter: make it a method")
    }

    /// True for `self`, which moves the instance.
    fn takes_itself(&self) -> bool {
        matches!(self.receiver(), Some(ReceiverKind::Value))
    }

    pub fn returns_its_class(&self) -> bool {
        let ReturnType::Type(_, ty) = &self.signature.output else { return false };
        let is_class = |ty: &Type| last_word(ty).is_some_and(|word| word == "Self" || word == self.class);
        is_class(ty)
            || last_word(ty).is_some_and(|word| word.ends_with("Result") || word == "Option")
                && first_argument(ty).is_some_and(is_class)
    }
}

/// True if JavaScript may leave the parameter out.
pub fn is_option(ty: &Type) -> bool {
    last_word(ty).is_some_and(|word| word == "Option")
}

/// The last word of a path: `Shape` of `crate::Shape`.
pub fn last_word(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|last| last.ident.to_string())
}

fn first_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The words in the types of a signature.
pub fn words_of_signature(signature: &Signature, words: &mut BTreeSet<String>) {
    let mut collector = Words(words);
    for input in &signature.inputs {
        if let FnArg::Typed(typed) = input {
            collector.visit_type(&typed.ty);
        }
    }
    collector.visit_return_type(&signature.output);
}

/// The words in a type.
pub fn words_of_type(ty: &Type, words: &mut BTreeSet<String>) {
    Words(words).visit_type(ty);
}

/// The words in a block of imports.
pub fn words_of_imports(block: &syn::ItemForeignMod, words: &mut BTreeSet<String>) {
    for item in &block.items {
        match item {
            syn::ForeignItem::Fn(function) => words_of_signature(&function.sig, words),
            syn::ForeignItem::Static(variable) => words_of_type(&variable.ty, words),
            _ => {}
        }
    }
}

struct Words<'a>(&'a mut BTreeSet<String>);

impl<'ast> Visit<'ast> for Words<'_> {
    fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
        self.0.insert(segment.ident.to_string());
        visit::visit_path_segment(self, segment);
    }
}
