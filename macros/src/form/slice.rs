//! `&[T]` and `&mut [T]`, and the views of ndarray: borrowed for the call.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::{
    Access, Argument, ArgumentForm, Crossing, Direct, InJob, Parsed, Plain, Site, element, element_type,
    ndarray,
};
use crate::errors;
use crate::numbers::Element;
use crate::syntax::{plain, without_lifetimes};
use crate::typescript::TypeScript;

struct Slice {
    borrow: Borrow,
    /// True if the function has it as a view of ndarray.
    is_view: bool,
}

/// The borrow of a buffer for one call: what slices, fixed arrays and views have in common.
pub struct Borrow {
    pub element: Element,
    pub is_exclusive: bool,
    /// True if the function runs on another thread. Its copies of plain arrays are buffers, because scratch memory is the next call's.
    pub is_sent: bool,
}

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    let (is_exclusive, inner, is_view) = match plain(ty) {
        Type::Reference(reference) => match plain(&reference.elem) {
            Type::Slice(slice) => (reference.mutability.is_some(), &*slice.elem, false),
            _ => return None,
        },
        _ => match ndarray::array(ty)? {
            (Access::Shared, inner) => (false, inner, true),
            (Access::Exclusive, inner) => (true, inner, true),
            (Access::Owned, _) => return None,
        },
    };
    Some(element(inner).map(|element| {
        Box::new(Slice { borrow: Borrow { element, is_exclusive, is_sent: false }, is_view }) as _
    }))
}

impl Slice {
    fn reference(&self) -> &'static str {
        if self.borrow.is_exclusive { "&mut " } else { "&" }
    }
}

impl Borrow {
    /// The code of the parameter, without its axes or length.
    pub fn code(&self) -> String {
        format!("{}{}", if self.is_exclusive { "w" } else { "r" }, self.element.code())
    }

    pub fn access(&self) -> Access {
        if self.is_exclusive { Access::Exclusive } else { Access::Shared }
    }

    /// The reference that the guard gives to the function.
    pub fn referenced(&self, site: &Site<'_>) -> TokenStream {
        let local = site.local();
        match (self.is_exclusive, site.argument.may_be_absent()) {
            (false, true) => quote!(#local.as_deref()),
            (false, false) => quote!(&#local),
            (true, true) => quote!(#local.as_deref_mut()),
            (true, false) => quote!(&mut #local),
        }
    }

    /// Copies a plain array into scratch memory, or into a buffer.
    pub fn copied(&self, plain: &Plain<'_>) -> String {
        let Plain { name, tag, ordinal, place, check } = plain;
        match (self.is_sent, self.is_exclusive) {
            (false, false) => {
                format!("{}$lend({name}, {tag}, {ordinal}, {place}{check})", plain.small(&self.element))
            }
            (false, true) => format!("$lendMut({name}, {tag}, {ordinal}, {place}{check})"),
            (true, false) => format!("$give({name}, {tag}, {place})"),
            (true, true) => format!("$refusePlain({name}, {place})"),
        }
    }

    /// Copies scratch memory back into the plain array, after a call that may have written to it; or ends JavaScript's hold on a copy.
    pub fn end(&self, name: &str) -> Option<String> {
        match (self.is_sent, self.is_exclusive) {
            (false, true) => Some(format!("$copyBack({name}, {name}$);")),
            (true, false) => Some(format!("$takeBack({name}, {name}$);")),
            _ => None,
        }
    }

    /// The guard, after a check that it may outlive the call if it has to.
    pub fn kept(&self, guard: TokenStream, position: u32) -> TokenStream {
        if self.is_sent { quote!(__lend::Outlives::for_job(#guard, #position)?) } else { guard }
    }

    /// The buffers and plain values that a slice can be made of.
    pub fn type_of(&self, ts: &mut TypeScript) {
        if !self.is_exclusive {
            ts.of("ReadOnlyBuffer", &self.element);
            ts.text(" | ");
        } else if self.is_sent {
            return ts.of("MutableBuffer", &self.element);
        }
        ts.mutable_or_plain(&self.element, self.is_exclusive);
    }
}

/// The guard of a buffer argument. It is an `Option` if the argument may be absent. An ndarray type chooses its own guard.
pub fn guard(site: &Site<'_>, acquire: &str, element: &Element, is_array: bool) -> TokenStream {
    let (local, position) = (site.local(), site.position());
    let guard = if is_array {
        let inner = &site.argument.inner;
        let (ty, span) = (without_lifetimes(inner), inner.span());
        quote_spanned!(span=> <#ty as __lend::ArrayArgument>::guard(#local, #position)?)
    } else {
        let (acquire, element) = (format_ident!("{}", acquire), element_type(element));
        quote!(__lend::#acquire::<#element>(#local, #position)?)
    };
    held(site, acquire == "exclusive", &guard)
}

/// The statement that holds a guard: in an `Option`, if the argument may be absent.
pub fn held(site: &Site<'_>, is_exclusive: bool, guard: &TokenStream) -> TokenStream {
    let (local, mutability) = (site.local(), is_exclusive.then(|| quote!(mut)));
    if site.argument.may_be_absent() {
        quote!(let #mutability #local = if #local == 0 { __lend::None } else { __lend::Some(#guard) };)
    } else {
        quote!(let #mutability #local = #guard;)
    }
}

impl ArgumentForm for Slice {
    fn crossing(&self) -> Crossing {
        Crossing::Handle
    }

    fn shown(&self, written: &Type) -> String {
        if self.is_view {
            return errors::show(written);
        }
        format!("{}[{}]", self.reference(), self.borrow.element.shown())
    }

    fn code(&self, written: &Type) -> String {
        let axes = if self.is_view { ndarray::code_of_axes(written) } else { String::new() };
        format!("{}{axes}", self.borrow.code())
    }

    fn element(&self) -> Option<&Element> {
        Some(&self.borrow.element)
    }

    fn slice(&self) -> Option<Access> {
        Some(self.borrow.access())
    }

    fn across_await(&self, argument: &Argument) -> Option<syn::Error> {
        Some(errors::borrowed_across_await(&argument.written))
    }

    fn into_job(self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        let Slice { mut borrow, is_view } = *self;
        borrow.is_sent = true;
        (!is_view).then(|| (Box::new(Slice { borrow, is_view }) as _, InJob::Held))
    }

    fn direct(&self) -> Option<Direct> {
        let Element::Number(_) = self.borrow.element else { return None };
        if self.is_view {
            return None;
        }
        let element = element_type(&self.borrow.element);
        let ty = if self.borrow.is_exclusive { quote!(&mut [#element]) } else { quote!(&[#element]) };
        Some(Direct { signature: format!("{}[{}]", self.reference(), self.borrow.element.shown()), ty })
    }

    fn guard(&self, site: &Site<'_>) -> Option<TokenStream> {
        let acquire = if self.borrow.is_exclusive { "exclusive" } else { "shared" };
        if self.borrow.is_sent {
            let (local, position, acquire) = (site.local(), site.position(), format_ident!("{}", acquire));
            let element = element_type(&self.borrow.element);
            let guard = self.borrow.kept(quote!(__lend::#acquire::<#element>(#local, #position)?), position);
            return Some(held(site, self.borrow.is_exclusive, &guard));
        }
        Some(guard(site, acquire, &self.borrow.element, self.is_view))
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        if !self.is_view {
            return self.borrow.referenced(site);
        }
        let local = site.local();
        match (self.borrow.is_exclusive, site.argument.may_be_absent()) {
            (false, true) => quote!(#local.as_ref().map(|guard| guard.view())),
            (true, true) => quote!(#local.as_mut().map(|guard| guard.view())),
            (_, false) => quote!(#local.view()),
        }
    }

    fn assumed(&self) -> Option<TokenStream> {
        (!self.is_view).then(|| element_type(&self.borrow.element))
    }

    fn lend(&self, plain: &Plain<'_>) -> Option<String> {
        Some(self.borrow.copied(plain))
    }

    fn end(&self, name: &str) -> Option<String> {
        self.borrow.end(name)
    }

    fn rest(&self, _argument: &Argument) -> Option<TypeScript> {
        let takes = !self.borrow.is_exclusive && !self.is_view;
        if takes { TypeScript::numbers(&self.borrow.element) } else { None }
    }

    fn type_of(&self, argument: &Argument, ts: &mut TypeScript) {
        // A view with several axes needs a buffer with a shape.
        let is_shaped = self.is_view && !ndarray::may_be_plain(&argument.inner);
        if !is_shaped {
            return self.borrow.type_of(ts);
        }
        if !self.borrow.is_exclusive {
            ts.of("ReadOnlyBuffer", &self.borrow.element);
            ts.text(" | ");
        }
        ts.of("MutableBuffer", &self.borrow.element);
    }
}
