//! Instances that are lent to callbacks.

use wasm_lend::{BufferMut, Callback, Exception, export};

/// An element of a page that is being rewritten.
#[export]
pub struct Element {
    name: String,
    bytes: Vec<u8>,
    pub visits: u32,
}

#[export]
impl Element {
    pub fn new(name: String) -> Self {
        Element { name, bytes: vec![1, 2, 3], visits: 0 }
    }

    pub fn name(&self) -> String {
        self.name.clone()
    }

    pub fn set_name_to(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub async fn later(&self) -> String {
        self.name.clone()
    }

    pub fn into_name(self) -> String {
        self.name
    }

    /// Calls back while this instance is borrowed.
    pub fn visit(&mut self, f: Callback<'_, (&mut Element,)>) -> Result<(), Exception> {
        self.visits += 1;
        f.call((self,))
    }
}

/// Lends one element exclusively. Returns its name after that.
#[export]
pub fn lend_mut(name: String, f: Callback<'_, (&mut Element,)>) -> Result<String, Exception> {
    let mut element = Element::new(name);
    f.call((&mut element,))?;
    Ok(element.name)
}

/// Lends one element for reading, twice in one call.
#[export]
pub fn lend_shared(name: String, f: Callback<'_, (&Element, u32, &Element), f64>) -> Result<f64, Exception> {
    let element = Element::new(name);
    f.call((&element, 7, &element))
}

/// Lends an element many times.
#[export]
pub fn lend_often(times: u32, f: Callback<'_, (&mut Element,)>) -> Result<u32, Exception> {
    let mut element = Element::new("x".to_owned());
    for _ in 0..times.min(100_000) {
        f.call((&mut element,))?;
    }
    Ok(element.visits)
}

#[export]
pub fn element_taken(element: Element) -> String {
    element.name
}

#[export]
pub fn element_read(element: &Element) -> u32 {
    element.visits
}

#[export]
pub fn element_written(element: &mut Element, buffer: BufferMut<u8>) -> BufferMut<u8> {
    element.visits += 1;
    buffer
}

/// A function of wasm-bindgen that keeps its borrow for longer than the call.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn bindgen_later(element: &Element) -> u32 {
    element.visits
}

/// Ends the buffer, and writes to a view of its memory.
#[export]
pub fn fill_and_end(bytes: &mut [u8], list: Vec<BufferMut<u8>>) -> BufferMut<u8> {
    bytes.fill(0xee);
    let len = bytes.len();
    drop(list);
    BufferMut::from(vec![1; len])
}

#[export]
pub fn elements_taken(list: Vec<Element>) -> u32 {
    list.len() as u32
}

#[export]
pub fn two_slices(one: &[u8], two: &[u8]) -> Vec<u8> {
    [one, two].concat()
}

/// Plain data with an instance and a buffer in it.
#[derive(wasm_lend::FromJs)]
#[lend(object)]
pub struct Holding {
    element: Element,
    buffer: Option<BufferMut<u8>>,
    count: u32,
}

#[export]
pub fn holding(one: Holding, all: Vec<Holding>) -> u32 {
    let sum =
        |holding: &Holding| holding.count + holding.element.visits + u32::from(holding.buffer.is_some());
    sum(&one) + all.iter().map(sum).sum::<u32>()
}

#[export(coerce)]
pub fn coerced_beside_slices(bytes: &mut [u8], text: &str, object: wasm_lend::JsObject, n: u32) -> String {
    bytes.fill(n as u8);
    drop(object);
    text.to_owned()
}
