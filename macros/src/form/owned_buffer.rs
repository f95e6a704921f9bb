//! Buffers that the function may keep: `Buffer<T>`, `BufferMut<T>`, `Vec<T>`, and the arrays of ndarray.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::slice::guard;
use super::{
    Access, Argument, ArgumentForm, Crossing, Direct, InJob, Parsed, Plain, ResultCrossing, ResultForm,
    ResultSite, Site, container, each, element, ndarray,
};
use crate::errors;
use crate::numbers::{Element, number};
use crate::syntax::{last_segment, named, plain, sole_argument, unwrapped};
use crate::typescript::TypeScript;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `Buffer<T>`: one more reference.
    Buffer,
    /// `BufferMut<T>`: moved.
    BufferMut,
    /// `Vec<T>`: moved; as a result copied.
    Vec,
    /// An array of ndarray's: moved.
    Array,
}

struct OwnedBuffer {
    kind: Kind,
    element: Element,
}

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    if let Type::Reference(reference) = plain(ty) {
        let segment = last_segment(&reference.elem)?;
        // A `Buffer` without an element type is a type of the user.
        let is_container = ["Vec", "Buffer", "BufferMut"].iter().any(|name| segment.ident == name)
            && !segment.arguments.is_none();
        return is_container.then(|| {
            let element = sole_argument(segment).map_or_else(|| "T".to_owned(), |inner| errors::show(inner));
            let reference = if reference.mutability.is_some() { "&mut " } else { "&" };
            Err(errors::reference_to_owned(ty, &format!("{reference}[{element}]")))
        });
    }
    Some(parse(ty)?.map(|buffer| Box::new(buffer) as _))
}

pub fn result(ty: &Type) -> Parsed<dyn ResultForm> {
    if let Some((Access::Shared | Access::Exclusive, _)) = ndarray::array(ty) {
        return Some(Err(errors::returned_view(ty)));
    }
    Some(parse(ty)?.map(|buffer| Box::new(buffer) as _))
}

fn parse(ty: &Type) -> Option<syn::Result<OwnedBuffer>> {
    if let Some((Access::Owned, inner)) = ndarray::array(ty) {
        return Some(element(inner).map(|element| OwnedBuffer { kind: Kind::Array, element }));
    }
    let segment = named(ty)?;
    let inner = sole_argument(segment)?;
    let kind = match segment.ident.to_string().as_str() {
        "Buffer" => Kind::Buffer,
        "BufferMut" => Kind::BufferMut,
        // Other vectors cross as values.
        "Vec" => return number(inner).map(|element| Ok(OwnedBuffer { kind: Kind::Vec, element })),
        _ => return None,
    };
    Some(element(inner).map(|element| OwnedBuffer { kind, element }))
}

impl OwnedBuffer {
    fn name(&self) -> &'static str {
        match self.kind {
            Kind::Buffer => "Buffer",
            Kind::BufferMut | Kind::Array => "BufferMut",
            Kind::Vec => "Vec",
        }
    }

    fn signature(&self) -> Option<String> {
        match (self.kind, &self.element) {
            (Kind::Array, _) | (_, Element::Named(_)) => None,
            (_, element) => Some(format!("{}<{}>", self.name(), element.shown())),
        }
    }
}

/// `MUTABLE` of `runtime/js/elements.js`.
const MUTABLE: &str = "0x10000";

impl ArgumentForm for OwnedBuffer {
    fn crossing(&self) -> Crossing {
        Crossing::Handle
    }

    fn shown(&self, written: &Type) -> String {
        match self.kind {
            Kind::Array => errors::show(written),
            _ => format!("{}<{}>", self.name(), self.element.shown()),
        }
    }

    fn code(&self, written: &Type) -> String {
        let kind = if self.kind == Kind::Buffer { "k" } else { "w" };
        let axes = if self.kind == Kind::Array { ndarray::code_of_axes(written) } else { String::new() };
        format!("{kind}{}{axes}", self.element.code())
    }

    fn element(&self) -> Option<&Element> {
        Some(&self.element)
    }

    fn copies(&self) -> bool {
        self.kind == Kind::Vec
    }

    fn is_taken(&self) -> bool {
        self.kind != Kind::Buffer
    }

    fn into_job(self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        Some((self, InJob::Taken))
    }

    fn direct(&self) -> Option<Direct> {
        Some(Direct { signature: self.signature()?, ty: container(self.name(), &self.element) })
    }

    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        let acquire = match self.kind {
            Kind::Buffer => "retain",
            Kind::BufferMut | Kind::Array => "take",
            Kind::Vec => "take_vec",
        };
        Some(guard(site, acquire, &self.element, self.kind == Kind::Array))
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let local = site.local();
        match self.kind {
            Kind::Buffer if site.argument.may_be_absent() => {
                quote!(#local.as_ref().map(|guard| guard.buffer()))
            }
            Kind::Buffer => quote!(#local.buffer()),
            Kind::BufferMut => each(site, &quote!(into_buffer)),
            Kind::Vec => each(site, &quote!(into_vec)),
            Kind::Array => each(site, &quote!(into_array)),
        }
    }

    fn assumed(&self) -> Option<TokenStream> {
        (self.kind != Kind::Array).then(|| container(self.name(), &self.element))
    }

    fn lend(&self, plain: &Plain<'_>) -> Option<String> {
        let Plain { name, tag, place, ordinal, .. } = plain;
        if self.kind == Kind::Vec {
            let small = plain.small(&self.element);
            return Some(format!("{small}$giveVector({name}, {tag}, {ordinal}, {place})"));
        }
        let mutable = if self.is_taken() { format!(" | {MUTABLE}") } else { String::new() };
        Some(format!("$give({name}, {tag}{mutable}, {place})"))
    }

    fn end(&self, name: &str) -> Option<String> {
        (self.kind == Kind::Buffer).then(|| format!("$takeBack({name}, {name}$);"))
    }

    fn rest(&self, _argument: &Argument) -> Option<TypeScript> {
        if self.kind == Kind::Vec { TypeScript::numbers(&self.element) } else { None }
    }

    fn type_of(&self, argument: &Argument, ts: &mut TypeScript) {
        match self.kind {
            Kind::Buffer => ts.read_only_or_plain(&self.element),
            Kind::Array if !ndarray::may_be_plain(&argument.inner) => ts.of("MutableBuffer", &self.element),
            _ => ts.mutable_or_plain(&self.element, false),
        }
    }
}

impl ResultForm for OwnedBuffer {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Handle
    }

    fn element(&self) -> Option<&Element> {
        Some(&self.element)
    }

    fn direct(&self) -> Option<String> {
        self.signature()
    }

    fn rust_type(&self, written: Option<&Type>) -> TokenStream {
        match (self.kind, written.map(unwrapped)) {
            (Kind::Array, Some(array)) => quote!(#array),
            _ => container(self.name(), &self.element),
        }
    }

    fn made(&self, raw: &str, site: &ResultSite<'_>) -> Option<String> {
        let tag = site.tag?;
        Some(match self.kind {
            // The function's name is for the error, if JavaScript has no memory for the copy.
            Kind::Vec => site.call("$copyOut", raw, &[tag, site.about]),
            Kind::Buffer => site.call("$readOnly", raw, &[tag]),
            Kind::BufferMut | Kind::Array => site.call("$mutable", raw, &[tag]),
        })
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        match self.kind {
            Kind::Vec => {
                ts.text("LendPlain<");
                ts.array(&self.element);
                ts.text(">");
            }
            Kind::Buffer => ts.of("ReadOnlyBuffer", &self.element),
            Kind::BufferMut | Kind::Array => ts.of("MutableBuffer", &self.element),
        }
    }
}
