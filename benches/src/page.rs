//! A job: a rewriter of pages with handlers for elements and for text, and a sink for what is written.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_lend::{Callback, Exception, export};

/// A start tag: its name and its attributes.
#[derive(Default)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    is_changed: bool,
}

impl Tag {
    fn parse(text: &str) -> Self {
        let mut words = text.split(' ');
        let name = words.next().unwrap_or_default().to_owned();
        let attributes = words.filter_map(|word| {
            let (name, value) = word.split_once('=')?;
            Some((name.to_owned(), value.trim_matches('"').to_owned()))
        });
        Tag { name, attributes: attributes.collect(), is_changed: false }
    }

    fn get(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    }

    fn set(&mut self, name: &str, value: &str) {
        self.is_changed = true;
        match self.attributes.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self.name.as_bytes());
        for (name, value) in &self.attributes {
            to.extend_from_slice(format!(" {name}=\"{value}\"").as_bytes());
        }
    }
}

/// A text between two tags, and what replaces it.
#[derive(Default)]
struct Chunk {
    text: String,
    replacement: Option<String>,
}

/// What a page is rewritten with.
trait Handlers {
    type Error;
    fn tag(&self, tag: Tag) -> Result<Tag, Self::Error>;
    fn chunk(&self, chunk: Chunk) -> Result<Chunk, Self::Error>;
    fn sink(&self, bytes: &[u8]) -> Result<(), Self::Error>;
}

/// The sink gets at most this many bytes at once.
const PART: usize = 1024;

fn rewrite<H: Handlers>(html: &[u8], handlers: &H) -> Result<u32, H::Error> {
    let (mut out, mut tags, mut rest) =
        (Vec::with_capacity(2 * PART), 0, core::str::from_utf8(html).unwrap_or_default());
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        if !text.trim().is_empty() {
            let chunk = handlers.chunk(Chunk { text: text.to_owned(), replacement: None })?;
            out.extend_from_slice(chunk.replacement.as_deref().unwrap_or(text).as_bytes());
        }
        let end = tag.find('>').unwrap_or(tag.len() - 1);
        let inside = &tag[1..end];
        out.push(b'<');
        if inside.starts_with('/') {
            out.extend_from_slice(inside.as_bytes());
        } else {
            tags += 1;
            let tag = handlers.tag(Tag::parse(inside))?;
            if tag.is_changed { tag.write(&mut out) } else { out.extend_from_slice(inside.as_bytes()) }
        }
        out.push(b'>');
        if out.len() >= PART {
            handlers.sink(&out)?;
            out.clear();
        }
        rest = &tag[end + 1..];
    }
    handlers.sink(&out)?;
    Ok(tags)
}

/// An element of a page. JavaScript may keep it, so it shares the tag with the rewriter.
#[wasm_bindgen]
pub struct BindgenTag(Rc<RefCell<Tag>>);

#[wasm_bindgen]
impl BindgenTag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.borrow().get(name)
    }

    /// Changes an attribute.
    pub fn set(&self, name: &str, value: &str) {
        self.0.borrow_mut().set(name, value);
    }
}

/// A text of a page.
#[wasm_bindgen]
pub struct BindgenChunk(Rc<RefCell<Chunk>>);

#[wasm_bindgen]
impl BindgenChunk {
    /// The text.
    pub fn text(&self) -> String {
        self.0.borrow().text.clone()
    }

    /// Replaces the text.
    pub fn replace(&self, text: &str) {
        self.0.borrow_mut().replacement = Some(text.to_owned());
    }
}

struct BindgenHandlers<'a> {
    tag: &'a js_sys::Function,
    chunk: &'a js_sys::Function,
    sink: &'a js_sys::Function,
}

impl Handlers for BindgenHandlers<'_> {
    type Error = JsValue;

    fn tag(&self, tag: Tag) -> Result<Tag, JsValue> {
        let shared = Rc::new(RefCell::new(tag));
        self.tag.call1(&JsValue::UNDEFINED, &BindgenTag(shared.clone()).into())?;
        Ok(shared.take())
    }

    fn chunk(&self, chunk: Chunk) -> Result<Chunk, JsValue> {
        let shared = Rc::new(RefCell::new(chunk));
        self.chunk.call1(&JsValue::UNDEFINED, &BindgenChunk(shared.clone()).into())?;
        Ok(shared.take())
    }

    fn sink(&self, bytes: &[u8]) -> Result<(), JsValue> {
        self.sink.call1(&JsValue::UNDEFINED, &js_sys::Uint8Array::from(bytes)).map(drop)
    }
}

/// Rewrites a page. Returns the number of its tags.
#[wasm_bindgen]
pub fn bindgen_page(
    html: &[u8],
    tag: &js_sys::Function,
    chunk: &js_sys::Function,
    sink: &js_sys::Function,
) -> Result<u32, JsValue> {
    rewrite(html, &BindgenHandlers { tag, chunk, sink })
}

/// An element of a page, which is lent to the handler.
#[export]
pub struct LendTag(Tag);

#[export]
impl LendTag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name)
    }

    /// Changes an attribute.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.set(name, value);
    }
}

/// A text of a page, which is lent to the handler.
#[export]
pub struct LendChunk(Chunk);

#[export]
impl LendChunk {
    /// The text.
    pub fn text(&self) -> String {
        self.0.text.clone()
    }

    /// Replaces the text.
    pub fn replace(&mut self, text: &str) {
        self.0.replacement = Some(text.to_owned());
    }
}

struct LendHandlers<'a> {
    tag: Callback<'a, (&'a mut LendTag,)>,
    chunk: Callback<'a, (&'a mut LendChunk,)>,
    sink: Callback<'a, (&'a [u8],)>,
}

impl Handlers for LendHandlers<'_> {
    type Error = Exception;

    fn tag(&self, tag: Tag) -> Result<Tag, Exception> {
        let mut tag = LendTag(tag);
        self.tag.call((&mut tag,))?;
        Ok(tag.0)
    }

    fn chunk(&self, chunk: Chunk) -> Result<Chunk, Exception> {
        let mut chunk = LendChunk(chunk);
        self.chunk.call((&mut chunk,))?;
        Ok(chunk.0)
    }

    fn sink(&self, bytes: &[u8]) -> Result<(), Exception> {
        self.sink.call((bytes,))
    }
}

/// Rewrites a page. Returns the number of its tags.
#[export]
pub fn lend_page<'a>(
    html: &[u8],
    tag: Callback<'a, (&'a mut LendTag,)>,
    chunk: Callback<'a, (&'a mut LendChunk,)>,
    sink: Callback<'a, (&'a [u8],)>,
) -> Result<u32, Exception> {
    rewrite(html, &LendHandlers { tag, chunk, sink })
}
