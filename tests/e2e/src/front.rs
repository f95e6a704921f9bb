//! Names with a meaning in JavaScript, names that are not ASCII, items with `#[cfg]`, and types of `#[wasm_bindgen]`.

#![allow(missing_docs)]
#![allow(non_snake_case)]

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::{JsObject, JsRef, export};

/// The name of a global that shims use.
#[export]
pub fn Proxy(object: JsRef<'_>) -> bool {
    !object.is_undefined()
}

/// The name of a global that wasm-bindgen uses.
#[export]
pub fn TextDecoder(text: &str) -> usize {
    text.len()
}

/// A keyword of Rust.
#[export]
pub fn r#match(r#type: u32) -> u32 {
    r#type + 1
}

#[export]
pub fn größe(länge: &[u8]) -> usize {
    länge.len()
}

#[export(name = "naïve")]
pub fn naive(x: u32) -> u32 {
    x + 1
}

#[export(namespace = "maß")]
pub mod measures {
    pub fn höhe(x: &[u8]) -> usize {
        x.len()
    }

    #[cfg(any())]
    pub fn off(x: Nowhere) {}

    #[cfg(any())]
    pub fn twin(x: &[u8]) -> usize {
        x.len()
    }

    #[cfg(not(any()))]
    pub fn twin(x: u32) -> u32 {
        x + 1000
    }
}

#[export]
pub struct Fläche {
    pub höhe: u32,
    #[cfg(any())]
    pub off: Nowhere,
    #[cfg_attr(all(), lend(readonly))]
    pub r#type: u32,
    width: u32,
}

#[export]
impl Fläche {
    pub fn new(höhe: u32) -> Self {
        Fläche { höhe, r#type: 1, width: 2 }
    }

    pub fn größe(&self) -> u32 {
        self.höhe * self.width
    }

    #[cfg(any())]
    pub fn switched_off(&self) -> Nowhere {}

    #[cfg_attr(all(), lend(getter))]
    pub fn width(&self) -> u32 {
        self.width
    }

    #[lend(setter)]
    pub fn set_width(&mut self, width: u32) {
        self.width = width;
    }
}

/// The fields of a tuple.
#[export]
pub struct Pair(pub u32, pub Option<f64>);

#[export]
pub fn pair(one: u32) -> Pair {
    Pair(one, None)
}

/// An enum of strings. wasm-bindgen does not always write a declaration of it.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Pace {
    Fast = "fast",
    Slow = "slow",
}

#[export]
pub fn other_pace(pace: Pace) -> Pace {
    match pace {
        Pace::Fast => Pace::Slow,
        _ => Pace::Fast,
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "'a' | 'b'")]
    pub type Letter;
}

#[export]
pub fn is_letter(letter: &Letter) -> bool {
    wasm_bindgen::JsValue::from(letter).is_string()
}

/// A class that only some hosts have.
#[export]
pub fn is_canvas(canvas: Option<HtmlCanvasElement>) -> bool {
    canvas.is_some()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = HTMLCanvasElement)]
    pub type HtmlCanvasElement;
}

/// Holds an object until the promise settles.
#[export]
pub async fn hold_until(object: JsObject, promise: js_sys::Promise) -> JsObject {
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    object
}

/// Names in camel case.
#[export(namespace = "camel", rename_all = "camelCase")]
pub mod camel {
    pub fn count_all_bytes(the_bytes: &[u8]) -> usize {
        the_bytes.len()
    }

    #[lend(name = "as_it_is")]
    pub fn renamed(value: u32) -> u32 {
        value
    }
}

#[export(rename_all = "camelCase")]
pub struct PageOptions {
    pub max_width: u32,
    #[lend(skip)]
    pub inner_state: u32,
}

#[export(rename_all = "camelCase")]
impl PageOptions {
    pub fn new(max_width: u32) -> Self {
        PageOptions { max_width, inner_state: 0 }
    }

    pub fn is_wider_than(&self, other_width: u32) -> bool {
        self.max_width > other_width
    }

    #[lend(setter)]
    pub fn set_inner_state(&mut self, inner_state: u32) {
        self.inner_state = inner_state;
    }
}

/// Calls a JavaScript function.
#[export]
pub fn run_within(f: wasm_lend::Callback<'_, (), ()>, bytes: &[u8]) -> u32 {
    _ = f.call(());
    bytes.len() as u32
}
