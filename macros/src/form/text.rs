//! Strings of Rust: `&str`, `String`, `Box<str>`, `Cow<str>`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{PathArguments, Type};

use super::{
    Argument, ArgumentForm, Crossing, Direct, Earlier, InJob, Parsed, ResultCrossing, ResultForm, ResultSite,
    Site, each,
};
use crate::errors;
use crate::syntax::{is_str, last_argument, last_segment, named, plain, sole_argument};
use crate::typescript::TypeScript;

/// How the function has a string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    /// `&str`; as a result `&'static str`.
    Borrowed,
    String,
    Boxed,
    /// Borrowed: nothing says that it is `'static`.
    Cow,
    /// `&str` of a function that runs on another thread: a copy.
    Sent,
    /// The same for `Cow<str>`.
    SentCow,
}

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    let Type::Reference(reference) = plain(ty) else {
        return owned(ty).map(|text| Ok(Box::new(text) as _));
    };
    let name = last_segment(&reference.elem)?.ident.to_string();
    match (name.as_str(), reference.mutability.is_some()) {
        ("str", false) => Some(Ok(Box::new(Text::Borrowed))),
        ("str", true) => Some(Err(errors::exclusive_text(ty))),
        ("String", _) => Some(Err(errors::reference_to_owned(ty, "&str"))),
        _ => None,
    }
}

pub fn result(ty: &Type) -> Parsed<dyn ResultForm> {
    let Type::Reference(reference) = plain(ty) else {
        return owned(ty).map(|text| Ok(Box::new(text) as _));
    };
    let is_static = reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static");
    let is_str = matches!(plain(&reference.elem), Type::Path(path) if path.path.is_ident("str"));
    match (is_str, is_static) {
        (true, true) => Some(Ok(Box::new(Text::Borrowed))),
        (true, false) => Some(Err(errors::returned_str(ty))),
        _ => None,
    }
}

fn owned(ty: &Type) -> Option<Text> {
    let segment = named(ty)?;
    let has_arguments = !matches!(segment.arguments, PathArguments::None);
    match segment.ident.to_string().as_str() {
        "String" if !has_arguments => Some(Text::String),
        "Box" if is_str(sole_argument(segment)?) => Some(Text::Boxed),
        "Cow" if is_str(last_argument(segment)?) => Some(Text::Cow),
        _ => None,
    }
}

impl Text {
    /// True if the function has it for itself, in memory of its own.
    fn is_owned(self) -> bool {
        !matches!(self, Text::Borrowed | Text::Cow)
    }

    fn rust_type(self) -> TokenStream {
        match self {
            Text::Borrowed | Text::Sent => quote!(&'static __lend::primitive::str),
            Text::String => quote!(__lend::String),
            Text::Boxed => quote!(__lend::Box<__lend::primitive::str>),
            Text::Cow | Text::SentCow => quote!(__lend::Cow<'static, __lend::primitive::str>),
        }
    }
}

impl ArgumentForm for Text {
    fn crossing(&self) -> Crossing {
        Crossing::Text
    }

    fn shown(&self, _written: &Type) -> String {
        let shown = match self {
            Text::Borrowed | Text::Sent => "&str",
            Text::String => "String",
            Text::Boxed => "Box<str>",
            Text::Cow | Text::SentCow => "Cow<str>",
        };
        shown.to_owned()
    }

    fn code(&self, _written: &Type) -> String {
        "t".to_owned()
    }

    fn across_await(&self, argument: &Argument) -> Option<syn::Error> {
        (!self.is_owned()).then(|| errors::text_across_await(&argument.written))
    }

    fn into_job(self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        Some(match *self {
            Text::Borrowed => (Box::new(Text::Sent), InJob::Held),
            Text::Cow => (Box::new(Text::SentCow), InJob::Held),
            owned => (Box::new(owned), InJob::Taken),
        })
    }

    fn direct(&self) -> Option<Direct> {
        let (signature, ty) = match self {
            Text::Borrowed => ("&str", quote!(&__lend::primitive::str)),
            Text::String => ("String", quote!(__lend::String)),
            _ => return None,
        };
        Some(Direct { signature: signature.to_owned(), ty })
    }

    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        // JavaScript keeps it until all guards are there: a copy takes memory.
        if self.is_owned() && !site.has_record {
            return None;
        }
        let local = site.local();
        let take = if site.argument.may_be_absent() { quote!(optional_text) } else { quote!(text) };
        Some(quote!(let #local = __lend::#take(#local);))
    }

    fn owned(&self, site: &Site<'_>) -> Option<TokenStream> {
        if !self.is_owned() {
            return None;
        }
        let local = site.local();
        let string = match (site.has_record, site.argument.may_be_absent()) {
            (true, true) => quote!(#local.map(|text| text.into_string())),
            (true, false) => quote!(#local.into_string()),
            (false, true) => quote!(__lend::optional_string(#local)),
            (false, false) => quote!(__lend::string(#local)),
        };
        Some(quote!(let #local = #string;))
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let (local, option) = (site.local(), site.argument.may_be_absent());
        match self {
            Text::Borrowed | Text::Sent if option => quote!(#local.as_deref()),
            Text::Borrowed | Text::Sent => quote!(&#local),
            Text::String => quote!(#local),
            Text::Boxed => each(site, &quote!(into_boxed_str)),
            Text::Cow | Text::SentCow if option => quote!(#local.as_deref().map(__lend::Cow::Borrowed)),
            Text::Cow | Text::SentCow => quote!(__lend::Cow::Borrowed(&#local)),
        }
    }

    fn assumed(&self) -> Option<TokenStream> {
        matches!(self, Text::String | Text::Boxed).then(|| Text::rust_type(*self))
    }

    fn test(&self, name: &str) -> Option<String> {
        Some(format!("typeof {name} === 'string'"))
    }

    // Strings are written to memory last. Nothing may run between that and the call.
    fn raw(&self, argument: &Argument, earlier: &mut Earlier) -> Vec<String> {
        let (name, texts) = (&argument.name, &mut earlier.texts);
        let encode = if texts.is_empty() {
            format!("$text({name})")
        } else {
            format!("$textAfter({name}, {})", texts.join(", "))
        };
        texts.push(format!("{name}$"));
        let text = format!("{name}$ = {encode}");
        // All bits set: no string.
        vec![if argument.may_be_absent() { format!("{name} == null ? -1 : {text}") } else { text }]
    }

    fn type_of(&self, _argument: &Argument, ts: &mut TypeScript) {
        ts.text("string");
    }
}

impl ResultForm for Text {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Text
    }

    fn direct(&self) -> Option<String> {
        (*self == Text::String).then(|| "String".to_owned())
    }

    fn rust_type(&self, _written: Option<&Type>) -> TokenStream {
        Text::rust_type(*self)
    }

    fn made(&self, raw: &str, site: &ResultSite<'_>) -> Option<String> {
        Some(string(raw, site))
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        ts.text("string");
    }
}

/// The string of a raw result. The function's name is for the error, if JavaScript cannot make the string.
pub fn string(raw: &str, site: &ResultSite<'_>) -> String {
    site.call("$string", raw, &[site.about])
}
