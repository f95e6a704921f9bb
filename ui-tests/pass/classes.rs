//! Every form of a class.

#![forbid(unsafe_code)]
#![deny(missing_docs, clippy::all)]

use wasm_lend::{Buffer, Callback, Exception, Iter, JsObject, export};

/// A struct with fields.
#[export]
#[derive(Clone, Debug)]
pub struct Shape {
    /// A number.
    pub sides: u32,
    /// A string.
    pub name: String,
    /// A field without a setter.
    #[lend(readonly)]
    pub area: f64,
    /// A type that JavaScript does not have.
    #[lend(skip)]
    pub map: std::collections::HashMap<u32, u32>,
    points: Vec<f32>,
    hidden: Option<std::rc::Rc<u32>>,
}

#[export]
impl Shape {
    /// A constant, which is not exported.
    pub const CORNERS: u32 = 4;

    /// The constructor.
    pub fn new(sides: u32, name: Option<String>) -> Self {
        let name = name.unwrap_or_default();
        Shape { sides, name, area: 0.0, map: Default::default(), points: vec![], hidden: None }
    }

    /// A static.
    pub fn square() -> Self {
        Self::new(Self::CORNERS, None)
    }

    /// A static that may fail.
    pub fn parse(text: &str) -> Result<Self, std::num::ParseIntError> {
        Ok(Self::new(text.parse()?, None))
    }

    /// A getter.
    #[lend(getter)]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.hidden.is_none()
    }

    /// A getter with another name.
    #[lend(getter, name = "pointCount")]
    pub fn point_count(&self) -> usize {
        self.points.len()
    }

    /// A setter.
    #[lend(setter, name = "pointCount")]
    pub fn set_point_count(&mut self, count: usize) -> Result<(), String> {
        self.points.resize(count, 0.0);
        Ok(())
    }

    /// A buffer over the memory of the instance.
    pub fn points(&self) -> &[f32] {
        &self.points
    }

    /// A mutable buffer over the memory of the instance.
    pub fn points_mut(&mut self) -> &mut [f32] {
        &mut self.points
    }

    /// An optional buffer over the memory of the instance.
    pub fn some_points<'a>(&'a self, from: usize) -> Option<&'a [f32]> {
        self.points.get(from..)
    }

    /// A copy of a string.
    pub fn title(&self) -> &str {
        &self.name
    }

    /// An optional copy of a string.
    pub fn some_title(&self) -> Option<&str> {
        Some(&self.name)
    }

    /// Takes other instances.
    pub fn merge(&mut self, other: &Shape, taken: Self, points: &[f32]) -> Option<Self> {
        self.points.extend_from_slice(points);
        Some(if other.sides > 3 { taken } else { other.clone() })
    }

    /// Calls back.
    pub fn each(&self, f: Callback<'_, (&[f32], u32)>) -> Result<JsObject, Exception> {
        f.call((&self.points, 0))?;
        Ok(JsObject::null())
    }

    /// Moves the instance.
    pub fn into_points(self) -> Buffer<f32> {
        self.points.into()
    }

    /// An iterator.
    pub fn iter(&self) -> Iter<f32> {
        Iter::new(self.points.clone())
    }

    /// The instance is borrowed until the promise settles.
    pub async fn later(&self, factor: f64) -> f64 {
        self.area * factor
    }

    /// Not for JavaScript.
    #[lend(skip)]
    pub fn skipped(&self, _: std::rc::Rc<u32>) {}

    fn private(&self) {}
}

#[export]
impl Shape {
    /// A method in another block.
    pub fn another(&self) {
        self.private();
    }
}

/// A unit struct.
#[export]
pub struct Nothing;

/// A tuple struct.
#[export]
pub struct Pair(pub u32, u32);

/// A function with instances.
#[export]
pub fn both(pair: &Pair, maybe: Option<&mut Shape>, nothing: Option<Nothing>) -> Vec<Shape> {
    let _ = nothing;
    maybe.map(|shape| shape.sides = pair.0 + pair.1).map_or_else(Vec::new, |()| vec![])
}

fn main() {}
