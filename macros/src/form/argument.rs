//! The trait of all forms of arguments, and an argument in its function.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Expr, Type};

use super::record_in_plugin;
use crate::errors;
use crate::numbers::Element;
use crate::syntax::is_option;
use crate::typescript::TypeScript;

/// How an argument crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Crossing {
    /// As numbers on the wasm stack.
    Number,
    /// As UTF-8 in scratch memory.
    Text,
    /// As the handle of a buffer, or of the instance that a method is called on.
    Handle,
    /// As an index into the object table.
    Object { is_owned: bool },
    /// As a JavaScript value, which Rust converts.
    Value,
}

/// How a function has the memory of an argument.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// `&`
    Shared,
    /// `&mut`
    Exclusive,
    /// By value.
    Owned,
}

/// How a function that runs on another thread has an argument.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum InJob {
    /// Its guard, or a copy, goes to the other thread and lasts until the function has returned.
    Held,
    /// The caller's thread makes the value, and the function takes it.
    Taken,
}

/// One form of argument: everything about one kind of type.
pub trait ArgumentForm {
    fn crossing(&self) -> Crossing;

    /// The type in messages. `written` is the type within an `Option`, as the user wrote it.
    fn shown(&self, written: &Type) -> String {
        errors::show(written)
    }

    /// A short code that tells JavaScript what the parameter takes. It is used in error messages. `runtime/js/signatures.js` documents it.
    fn code(&self, _written: &Type) -> String {
        "v".to_owned()
    }

    /// The element type of a buffer.
    fn element(&self) -> Option<&Element> {
        None
    }

    /// How the call borrows a slice.
    fn slice(&self) -> Option<Access> {
        None
    }

    /// True if the elements of a plain array in its place are copied into memory that the runtime has for calls.
    fn copies(&self) -> bool {
        self.slice().is_some()
    }

    /// True if the call moves it, by its handle.
    fn is_taken(&self) -> bool {
        false
    }

    /// How a method has its instance.
    fn receiver(&self) -> Option<Access> {
        None
    }

    /// The type of a reference. If it is an exported struct, the shim passes the handle of the instance. If it is no exported struct, the
    /// shim passes the value as it is.
    fn class<'a>(&self, _written: &'a Type) -> Option<&'a Type> {
        None
    }

    /// True if an `Option` around the type is part of the form.
    fn includes_option(&self) -> bool {
        false
    }

    /// True if it is an `AbortSignal`, which cancels an async function.
    fn is_signal(&self, _written: &Type) -> bool {
        false
    }

    // ---- where it may not stand

    /// The mistake of a default value, if the form allows none.
    fn refuses_default(&self, _default: &Expr) -> Option<syn::Error> {
        None
    }

    /// The mistake of an async function that has it.
    fn across_await(&self, _argument: &Argument) -> Option<syn::Error> {
        None
    }

    /// The form for a function that runs on another thread, and how that function has it. `None` if it cannot have it.
    fn into_job(self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        None
    }

    /// The mistake of a plugin that has it.
    fn in_plugin(&self) -> Option<syn::Error> {
        record_in_plugin(self.element())
    }

    /// How another module passes it, if it can.
    fn direct(&self) -> Option<Direct> {
        None
    }

    // ---- the Rust shim

    /// The raw parameters.
    fn parameters(&self, site: &Site<'_>) -> Vec<(Ident, TokenStream)> {
        let ty = match self.crossing() {
            Crossing::Text => quote!(__lend::RawText),
            Crossing::Object { .. } => quote!(__lend::RawObject),
            Crossing::Handle => quote!(__lend::Handle),
            Crossing::Number | Crossing::Value => return Vec::new(),
        };
        vec![(site.local(), ty)]
    }

    /// The statement that takes the guard, which holds the memory during the call. No foreign code runs in it.
    fn guard(&self, _site: &Site<'_>) -> Option<TokenStream> {
        None
    }

    /// The statement that converts a JavaScript value. It comes after all guards. So foreign code that it runs meets the borrows.
    fn conversion(&self, _site: &Site<'_>) -> Option<TokenStream> {
        None
    }

    /// The statement that makes what the function owns. It comes after the conversions. An exception from a conversion would lose it.
    fn owned(&self, _site: &Site<'_>) -> Option<TokenStream> {
        None
    }

    /// The expression that the user's function gets. Where the argument may be absent, it is an `Option`.
    fn passed(&self, site: &Site<'_>) -> TokenStream;

    /// The type that the expansion assumes from its name. The compiler checks that the written type is this one.
    fn assumed(&self) -> Option<TokenStream> {
        None
    }

    // ---- the JavaScript shim

    /// An expression that is true for the values of the type, where the shim tests them.
    fn test(&self, _name: &str) -> Option<String> {
        None
    }

    /// A number that is converted, as an expression.
    fn coerced(&self, _name: &str, _option: bool) -> Option<String> {
        None
    }

    /// The test of a number that is converted, if one is left.
    fn coerced_test(&self, name: &str) -> Option<String> {
        self.test(name)
    }

    /// An expression of the argument's own handle, or 0.
    fn handle(&self, argument: &Argument, _place: &str) -> String {
        let name = &argument.name;
        if argument.may_be_absent() {
            format!("{name} == null ? 0 : $handle({name})")
        } else {
            format!("$handle({name})")
        }
    }

    /// A call that makes a handle of a plain value, or throws. `None` if only a handle will do.
    fn lend(&self, _plain: &Plain<'_>) -> Option<String> {
        None
    }

    /// The raw arguments.
    fn raw(&self, argument: &Argument, _earlier: &mut Earlier) -> Vec<String> {
        match self.crossing() {
            Crossing::Handle => vec![format!("{}$", argument.name)],
            _ => Vec::new(),
        }
    }

    /// The statement that ends a copy after the call.
    fn end(&self, _name: &str) -> Option<String> {
        None
    }

    // ---- TypeScript

    /// The type without `undefined`.
    fn type_of(&self, argument: &Argument, ts: &mut TypeScript);

    /// The type of the parameter that takes the rest of JavaScript's arguments, if the form takes an array.
    fn rest(&self, _argument: &Argument) -> Option<TypeScript> {
        None
    }

    /// The type of the parameter. `absent` is added if the argument may be left out.
    fn typescript(&self, argument: &Argument, absent: &str, ts: &mut TypeScript) {
        self.type_of(argument, ts);
        if argument.may_be_absent() {
            ts.text(absent);
        }
    }
}

/// How other modules know an argument.
pub struct Direct {
    /// Its type in the signature that the loader compares.
    pub signature: String,
    /// Its type in the importer's call.
    pub ty: TokenStream,
}

/// A plain value that the JavaScript shim makes a buffer of.
pub struct Plain<'a> {
    pub name: &'a str,
    /// The element tag, as an expression.
    pub tag: &'a str,
    /// How many arguments before it have copies, too.
    pub ordinal: usize,
    /// The function and the argument's position, as arguments of the runtime's functions.
    pub place: &'a str,
    /// One more argument, which compares the memory with that of other arguments. Starts with a comma, if there is one.
    pub check: &'a str,
}

impl Plain<'_> {
    /// The attempt to copy a small array without a call of wasm, which only the first copy of a call may make.
    pub fn small(&self, element: &Element) -> String {
        let is_first = self.ordinal == 0 && self.check.is_empty() && !matches!(element, Element::Named(_));
        if is_first { format!("$small({}, {}) || ", self.name, self.tag) } else { String::new() }
    }
}

/// What the shim has done already for the arguments before this one.
#[derive(Default)]
pub struct Earlier {
    /// The locals of the texts that are written to scratch memory.
    pub texts: Vec<String>,
    /// True if the function owns one object only, which the shim has put into the table already.
    pub owns_one_object: bool,
}

pub struct Argument {
    pub ident: Ident,
    /// The name in JavaScript. It differs from Rust's if that is a reserved word there, or if `name = …` says so.
    pub name: String,
    pub form: Box<dyn ArgumentForm>,
    /// True if it is an `Option` that the form does not include.
    pub option: bool,
    /// The value for `undefined`.
    pub default: Option<Expr>,
    /// The declaration's type, if the user gives one.
    pub ts: Option<String>,
    /// True if a number is converted, as `#[wasm_bindgen]` converts it.
    pub is_coerced: bool,
    /// How the function has it, if it runs on another thread.
    pub in_job: InJob,
    /// As the user wrote it.
    pub written: Type,
    /// The same without the `Option` of `option`.
    pub inner: Type,
}

impl Argument {
    /// The argument in messages: `values: &mut [f32]`.
    pub fn shown(&self) -> String {
        let ty = self.form.shown(&self.inner);
        let ty = if self.option { format!("Option<{ty}>") } else { ty };
        let mark = if self.default.is_some() { "?" } else { "" };
        format!("{}{mark}: {ty}", self.name)
    }

    /// The code of the parameter, and the argument in messages.
    pub fn registered(&self) -> String {
        let absent = if self.is_optional() { "?" } else { "" };
        // A number that is converted is no reason to refuse a call.
        let code = if self.is_coerced && self.form.coerced_test(&self.name).is_none() {
            "v".to_owned()
        } else {
            self.form.code(&self.inner)
        };
        format!("{absent}{code} {}", self.shown())
    }

    /// True if JavaScript may pass `undefined`.
    pub fn is_optional(&self) -> bool {
        self.may_be_absent() || is_option(&self.written)
    }

    /// True if the shims handle `undefined` and `null`. If the form includes the `Option`, its conversion handles them.
    pub fn may_be_absent(&self) -> bool {
        self.option || self.default.is_some()
    }

    pub fn is_handle(&self) -> bool {
        self.form.crossing() == Crossing::Handle
    }

    pub fn is_value(&self) -> bool {
        self.form.crossing() == Crossing::Value
    }

    pub fn is_text(&self) -> bool {
        self.form.crossing() == Crossing::Text
    }

    /// The type that may be a class, of a reference.
    pub fn class(&self) -> Option<&Type> {
        self.form.class(&self.inner)
    }

    /// True if the shim has a handle of it, which may be 0.
    pub fn has_handle(&self) -> bool {
        self.is_handle() || self.class().is_some()
    }

    /// True if the call borrows it.
    pub fn has_guard(&self) -> bool {
        self.is_handle() || self.is_value()
    }

    /// True if the JavaScript shim has something to end after the call.
    pub fn has_end(&self) -> bool {
        self.form.is_taken() || self.form.end(&self.name).is_some()
    }

    pub fn is_signal(&self) -> bool {
        self.form.is_signal(&self.inner)
    }
}

/// An argument at its place in a function, in the Rust shim.
pub struct Site<'a> {
    pub argument: &'a Argument,
    /// The function's name in messages.
    pub path: &'a str,
    pub index: usize,
    /// True if Rust keeps a record of the call.
    pub has_record: bool,
}

impl Site<'_> {
    /// The shim's name for the argument. It is not the user's name, because a constant or static may have that name.
    pub fn local(&self) -> Ident {
        let ident = &self.argument.ident;
        let span = Span::mixed_site().located_at(ident.span());
        format_ident!("__lend_{}", crate::names::plain(ident), span = span)
    }

    /// The shim's name for the value of an argument that also has a handle.
    pub fn value(&self) -> Ident {
        let local = self.local();
        if self.argument.class().is_some() { format_ident!("{}_value", local) } else { local }
    }

    /// The shim's name for the guard of an instance, until the argument is known to be one.
    pub fn held(&self) -> Ident {
        format_ident!("{}_held", self.local())
    }

    pub fn position(&self) -> u32 {
        self.index as u32
    }

    /// The call site, for messages. It is a static, because an instance stores the call site of its last borrower.
    pub fn call_site(&self) -> TokenStream {
        let (path, position) = (self.path, self.position());
        quote!(const { &__lend::CallSite::new(#path, #position) })
    }
}
