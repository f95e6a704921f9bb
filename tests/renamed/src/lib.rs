//! A crate that depends on wasm-lend under another name, and not on wasm-bindgen.
#![forbid(unsafe_code)]

/// The sum of all bytes.
#[other_name::export(crate = other_name)]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().sum()
}

/// A module.
#[other_name::export(crate = ::other_name)]
pub mod api {
    /// Twice the value.
    pub fn twice(value: u8) -> u8 {
        value * 2
    }
}

/// An enum.
#[other_name::export(crate = other_name)]
pub enum Pace {
    /// As fast as it can.
    Fast,
}

/// Functions of the enum.
#[other_name::export(crate = other_name)]
impl Pace {
    /// The same.
    pub fn same(self) -> Self {
        self
    }
}

/// Plain data.
#[derive(other_name::FromJs, other_name::IntoJs)]
#[lend(crate = other_name)]
pub struct Extent {
    /// In pixels.
    pub width: f64,
    /// In pixels too.
    #[lend(default)]
    pub height: f64,
}

/// A tagged union.
#[derive(other_name::FromJs, other_name::IntoJs)]
#[lend(crate = ::other_name)]
pub enum Shape {
    /// Round.
    Circle {
        /// In pixels.
        radius: f64,
    },
    /// Nothing.
    Nothing,
}

/// The same shape.
#[other_name::export(crate = other_name)]
pub fn same_shape(shape: Shape, _extent: Extent) -> Shape {
    shape
}
