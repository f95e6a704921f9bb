//! A job: a rewriter of HTML. It calls a function of JavaScript for each link of a page, with the text of the link or with an
//! element that the function may ask and change.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_lend::{Callback, Exception, export};

/// A page with this many links.
#[wasm_bindgen]
pub fn page_of_links(links: u32) -> Vec<u8> {
    (0..links)
        .flat_map(|i| format!("<p><a href=\"/item/{i}\">item</a> and text</p>\n").into_bytes())
        .collect()
}

/// Copies a page to `out`. `handle` sees the target of each link and may replace it. Returns the number of links.
fn rewrite<E>(
    html: &[u8],
    out: &mut Vec<u8>,
    mut handle: impl FnMut(&str) -> Result<Option<String>, E>,
) -> Result<u32, E> {
    const BEFORE: &[u8] = b"<a href=\"";
    let mut rest = html;
    let mut links = 0;
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        let Some(target) = rest[start..].strip_prefix(BEFORE) else {
            out.extend_from_slice(&rest[..=start]);
            rest = &rest[start + 1..];
            continue;
        };
        let length = target.iter().position(|byte| *byte == b'"').unwrap_or(target.len());
        let (target, after) = target.split_at(length);
        out.extend_from_slice(&rest[..start + BEFORE.len()]);
        match handle(core::str::from_utf8(target).unwrap_or_default())? {
            Some(other) => out.extend_from_slice(other.as_bytes()),
            None => out.extend_from_slice(target),
        }
        links += 1;
        rest = after;
    }
    out.extend_from_slice(rest);
    Ok(links)
}

/// What an element and the rewriter share: the element may outlive the callback.
#[derive(Default)]
struct Link {
    target: String,
    changed: bool,
}

type Shared = Rc<RefCell<Link>>;

/// Makes an element for each link, passes it on, and takes the changed target out of it.
fn with_elements<E>(
    mut call: impl FnMut(Shared) -> Result<(), E>,
) -> impl FnMut(&str) -> Result<Option<String>, E> {
    move |target| {
        let link = Shared::new(RefCell::new(Link { target: target.to_owned(), changed: false }));
        call(link.clone())?;
        let mut link = link.borrow_mut();
        Ok(link.changed.then(|| core::mem::take(&mut link.target)))
    }
}

macro_rules! rewriter {
    (
        $attribute:ident $rewriter:ident $element:ident $error:ty;
        $values:ty, $call_values:path;
        $elements:ty, $call_elements:path
    ) => {
        /// A rewriter: it collects what it has written.
        #[$attribute]
        pub struct $rewriter {
            out: Vec<u8>,
        }

        #[$attribute]
        impl $rewriter {
            /// A rewriter that has written nothing.
            pub fn start() -> $rewriter {
                $rewriter { out: Vec::new() }
            }

            /// Rewrites a part of a page. The function gets the target of each link as a string, and may return another.
            pub fn write_values(&mut self, html: &[u8], f: $values) -> Result<u32, $error> {
                rewrite(html, &mut self.out, |target| $call_values(&f, target))
            }

            /// Rewrites a part of a page. The function gets an element for each link.
            pub fn write_elements(&mut self, html: &[u8], f: $elements) -> Result<u32, $error> {
                rewrite(html, &mut self.out, with_elements(|link| $call_elements(&f, $element { link })))
            }

            /// A number that tells outputs apart.
            pub fn checksum(&self) -> u32 {
                self.out.iter().fold(0, |sum: u32, value| sum.rotate_left(5) ^ u32::from(*value))
            }
        }

        /// A link of a page.
        #[$attribute]
        pub struct $element {
            link: Shared,
        }

        #[$attribute]
        impl $element {
            /// The length of the target.
            pub fn length(&self) -> u32 {
                self.link.borrow().target.len() as u32
            }

            /// The target.
            pub fn target(&self) -> String {
                self.link.borrow().target.clone()
            }

            /// Replaces the target.
            pub fn set_target(&self, target: &str) {
                *self.link.borrow_mut() = Link { target: target.to_owned(), changed: true };
            }
        }
    };
}

/// Calls a function of JavaScript with the target of a link.
fn bindgen_value(f: &js_sys::Function, target: &str) -> Result<Option<String>, JsValue> {
    Ok(f.call1(&JsValue::UNDEFINED, &JsValue::from_str(target))?.as_string())
}

/// Calls a function of JavaScript with an element.
fn bindgen_element(f: &js_sys::Function, element: BindgenElement) -> Result<(), JsValue> {
    f.call1(&JsValue::UNDEFINED, &JsValue::from(element)).map(drop)
}

/// As [`bindgen_value`].
fn lend_value(f: &Callback<'_, (&str,), Option<String>>, target: &str) -> Result<Option<String>, Exception> {
    f.call((target,))
}

/// As [`bindgen_element`].
fn lend_element(f: &Callback<'_, (LendElement,), ()>, element: LendElement) -> Result<(), Exception> {
    f.call((element,))
}

rewriter!(
    wasm_bindgen BindgenRewriter BindgenElement JsValue;
    &js_sys::Function, bindgen_value;
    &js_sys::Function, bindgen_element
);
rewriter!(
    export LendRewriter LendElement Exception;
    Callback<'_, (&str,), Option<String>>, lend_value;
    Callback<'_, (LendElement,), ()>, lend_element
);
