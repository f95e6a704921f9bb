//! Structs of one attribute in functions of the other.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_lend::export;

/// A struct of wasm-bindgen.
#[wasm_bindgen]
pub struct OldPoint {
    pub x: f64,
}

#[wasm_bindgen]
impl OldPoint {
    #[wasm_bindgen(constructor)]
    pub fn new(x: f64) -> OldPoint {
        OldPoint { x }
    }

    /// Calls back while the point is exclusively borrowed.
    pub fn busy(&mut self, f: &js_sys::Function) -> Result<JsValue, JsValue> {
        self.x += 1.0;
        f.call0(&JsValue::NULL)
    }
}

/// Another struct of wasm-bindgen.
#[wasm_bindgen]
pub struct OldOther {
    pub x: f64,
}

#[wasm_bindgen]
impl OldOther {
    #[wasm_bindgen(constructor)]
    pub fn new() -> OldOther {
        OldOther { x: 0.0 }
    }
}

/// An exported struct.
#[export]
pub struct NewPoint {
    pub x: f64,
}

#[export]
impl NewPoint {
    pub fn new(x: f64) -> Self {
        NewPoint { x }
    }

    /// Takes a struct of wasm-bindgen.
    pub fn plus(&self, other: &OldPoint) -> f64 {
        self.x + other.x
    }

    pub fn busy(&mut self, f: wasm_lend::Callback<'_, ()>) -> Result<(), wasm_lend::Exception> {
        self.x += 1.0;
        f.call(())
    }
}

#[export]
pub fn old_by_reference(point: &OldPoint, other: Option<&OldPoint>) -> f64 {
    point.x + other.map_or(0.0, |other| other.x)
}

#[export]
pub fn old_by_mutable(point: &mut OldPoint, other: Option<&mut OldPoint>, by: f64) {
    point.x += by;
    if let Some(other) = other {
        other.x += by;
    }
}

#[export]
pub fn old_by_value(point: OldPoint, other: Option<OldPoint>, list: Vec<OldPoint>, tail: (u8,)) -> OldPoint {
    let sum = point.x + other.map_or(0.0, |other| other.x) + list.iter().map(|point| point.x).sum::<f64>();
    OldPoint { x: sum + f64::from(tail.0) }
}

#[export]
pub fn old_lists(count: u32) -> Vec<OldPoint> {
    (0..count.min(9)).map(|x| OldPoint { x: f64::from(x) }).collect()
}

#[wasm_bindgen]
pub fn new_by_reference(point: &NewPoint) -> f64 {
    point.x
}

#[wasm_bindgen]
pub fn new_by_mutable(point: &mut NewPoint, by: f64) {
    point.x += by;
}

#[wasm_bindgen]
pub fn new_by_value(point: NewPoint, other: Option<NewPoint>) -> NewPoint {
    NewPoint { x: point.x + other.map_or(0.0, |other| other.x) }
}

#[wasm_bindgen]
pub fn new_maybe(x: f64) -> Option<NewPoint> {
    (x > 0.0).then_some(NewPoint { x })
}

#[wasm_bindgen]
pub fn new_lists(points: Vec<NewPoint>) -> Vec<NewPoint> {
    points.into_iter().rev().collect()
}

#[wasm_bindgen]
pub async fn new_in_async(point: &NewPoint) -> f64 {
    point.x
}

/// An array with two instances, made with js-sys.
#[wasm_bindgen]
pub fn new_in_array(x: f64) -> Array {
    let array = Array::new();
    array.push(&NewPoint { x }.into());
    array.push(&JsValue::from(NewPoint { x: x + 1.0 }));
    array
}

/// The instance out of a value.
#[wasm_bindgen]
pub fn new_from_value(value: JsValue) -> Result<f64, JsValue> {
    NewPoint::try_from(value).map(|point| point.x)
}

/// A method of one attribute takes the other's struct.
#[wasm_bindgen]
pub fn swap_points(old: &mut OldPoint, new: &mut NewPoint) {
    std::mem::swap(&mut old.x, &mut new.x);
}

/// The bytes of a canvas, as wasm-bindgen has them.
#[export]
pub fn clamped_vec(mut pixels: wasm_bindgen::Clamped<Vec<u8>>) -> wasm_bindgen::Clamped<Vec<u8>> {
    pixels.0.reverse();
    pixels
}

#[wasm_bindgen]
extern "C" {
    /// What quacks. JavaScript has no such class.
    pub type Duck;

    #[wasm_bindgen(method)]
    fn quack(this: &Duck) -> String;
}

#[export]
pub fn hear(duck: &Duck, other: Option<Duck>, all: Vec<Duck>) -> String {
    let others: Vec<_> = other.iter().chain(&all).map(Duck::quack).collect();
    format!("{} {}", duck.quack(), others.join(" "))
}
