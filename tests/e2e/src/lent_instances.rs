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
