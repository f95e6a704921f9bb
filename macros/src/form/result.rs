//! The trait of all forms of results, and a result in its function.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::record_in_plugin;
use crate::numbers::Element;
use crate::typescript::TypeScript;

/// How a result crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ResultCrossing {
    /// As a number, or as nothing. The call can be of scalars alone.
    Number,
    /// As UTF-8. JavaScript makes a string of it after the call.
    Text,
    /// As a handle or address, which the runtime may have to refuse.
    Handle,
    /// As an index into the object table.
    Object,
    /// As a JavaScript value, which Rust has made.
    Value,
}

/// One form of result: everything about one kind of type.
pub trait ResultForm {
    fn crossing(&self) -> ResultCrossing;

    /// The element type of a buffer.
    fn element(&self) -> Option<&Element> {
        None
    }

    /// True if an `Option` around the type is part of the form.
    fn includes_option(&self) -> bool {
        false
    }

    /// The form of `Option<T>`, if it is not the form of `T`.
    fn within_option(&self) -> Option<Box<dyn ResultForm>> {
        None
    }

    /// True if it is an instance of the method's own class.
    fn is_own_class(&self) -> bool {
        false
    }

    /// True if nothing is returned.
    fn is_nothing(&self) -> bool {
        false
    }

    /// The mistake of a plugin that returns it.
    fn in_plugin(&self) -> Option<syn::Error> {
        record_in_plugin(self.element())
    }

    /// Its type in the signature that other modules need, if they can have it.
    fn direct(&self) -> Option<String> {
        None
    }

    // ---- the Rust shim

    /// The type without its `Option`, as the expansion names it.
    fn rust_type(&self, written: Option<&Type>) -> TokenStream;

    /// The type with its `Option`.
    fn whole_type(&self, written: Option<&Type>, option: bool) -> TokenStream {
        let ty = self.rust_type(written);
        if option { quote!(__lend::Option<#ty>) } else { ty }
    }

    /// True if the compiler has to check that the written type is `rust_type`.
    fn is_assumed(&self) -> bool {
        true
    }

    /// The runtime's function that lends the result from its instance, if it stays borrowed.
    fn lends(&self) -> Option<&'static str> {
        None
    }

    /// True if only the compiler knows whether the type is a `Result`.
    fn may_be_result(&self, _written: &Type) -> bool {
        false
    }

    /// The value that crosses, made from the value that the user's function returns.
    fn value(&self, returned: TokenStream, _option: bool) -> TokenStream {
        returned
    }

    /// The expression that makes the raw result of the value, which is `local`.
    fn raw_value(&self, local: &Ident, _ty: &TokenStream, _option: bool) -> TokenStream {
        quote!(__lend::Return::into_raw(#local))
    }

    /// The type of the raw result.
    fn raw(&self, ty: &TokenStream) -> TokenStream {
        quote!(<#ty as __lend::Return>::Raw)
    }

    // ---- the JavaScript shim

    /// The runtime's function that checks the number for a refusal and throws, if a number can stand for one.
    fn checked(&self) -> Option<&'static str> {
        None
    }

    /// The expression of the result. `raw` may stand in it once, unless the result is an `Option`.
    fn made(&self, raw: &str, site: &ResultSite<'_>) -> Option<String>;

    // ---- TypeScript

    fn typescript(&self, written: Option<&Type>, ts: &mut TypeScript);
}

/// A result at its place, in the JavaScript shim.
pub struct ResultSite<'a> {
    /// The JavaScript function that describes the called one.
    pub about: &'a str,
    pub option: bool,
    /// The element tag, as an expression.
    pub tag: Option<&'a str>,
    pub is_constructor: bool,
    /// True if `checked` was called on the number.
    pub was_checked: bool,
}

impl ResultSite<'_> {
    /// A call of the runtime that makes the result. For an `Option`, 0 becomes `undefined`.
    pub fn call(&self, maker: &str, raw: &str, more: &[&str]) -> String {
        let more: String = more.iter().map(|argument| format!(", {argument}")).collect();
        let made = format!("{maker}({raw}{more})");
        if self.option { format!("{raw} === 0 ? undefined : {made}") } else { made }
    }
}

pub struct ResultType {
    pub form: Box<dyn ResultForm>,
    /// True if it is an `Option` that the form does not include.
    pub option: bool,
    /// True if it comes in a `Result`.
    pub fallible: bool,
    /// True if it comes in an `Option`, inside of that, and `None` is thrown: a constructor has to make an instance.
    pub none_throws: bool,
    /// As the user wrote it, without the `Result`. `None` if nothing is returned.
    pub written: Option<Type>,
}

impl ResultType {
    /// True if the call may end with an error of the function itself.
    pub fn throws(&self) -> bool {
        self.fallible || self.none_throws
    }

    /// True if only the compiler knows whether the type is a `Result`.
    pub fn may_be_result(&self) -> bool {
        self.written.as_ref().is_some_and(|written| self.form.may_be_result(written))
    }

    /// The type, as the expansion names it.
    pub fn rust_type(&self) -> TokenStream {
        self.form.whole_type(self.written.as_ref(), self.option)
    }
}
