//! Names, namespaces and declarations that attributes change.

use wasm_lend::{BufferMut, export};

/// Under another name.
///
/// # Returns
///
/// Twice the number.
///
/// # Panics
///
/// Never.
#[export(name = "twiceAsMuch")]
pub fn twice_as_much(#[lend(name = theNumber)] the_number: u16) -> u32 {
    u32::from(the_number) * 2
}

/// Functions of one object.
#[export(namespace = "geometry")]
pub mod geometry {
    /// The area of a rectangle.
    pub fn area(width: f64, height: f64) -> f64 {
        width * height
    }

    /// A name that no export could have.
    #[lend(name = "delete")]
    pub fn delete_points(points: &mut [f32]) {
        points.fill(0.0);
    }
}

/// The only function of its namespace.
#[export(namespace = "solo")]
pub fn only(text: &str) -> usize {
    text.len()
}

/// Without a declaration.
#[export(skip_typescript)]
pub fn undeclared() -> bool {
    true
}

/// With its own declaration.
#[export(ts_return = "1 | 2")]
pub fn one_or_two(#[lend(ts = "'a' | 'b'")] which: &str) -> u8 {
    if which == "a" { 1 } else { 2 }
}

/// Functions and parameters with names that a shim could have for its own variables.
#[export(namespace = "colliding")]
pub mod colliding {
    #[allow(unused_imports)]
    use super::{BufferMut, Named};

    /// The parameters of a call that takes, fails and returns.
    pub fn parameters(
        moved: Vec<u8>,
        result: &[u8],
        made: &mut [u8],
        error: BufferMut<u8>,
        this: &Named,
        of: &Named,
    ) -> Result<Vec<u8>, String> {
        made.fill(result[0]);
        let all = [&moved[..], result, made, &error, &[this.number, of.number]].concat();
        if all[0] == 0 { Err("moved".to_owned()) } else { Ok(all) }
    }

    /// The first number.
    pub fn none(named: &Named) -> u8 {
        named.number
    }

    /// The same.
    pub fn of0(named: &Named) -> u8 {
        named.number
    }

    /// The same.
    pub fn bind(tags: &Named) -> u8 {
        tags.number
    }

    /// The number of objects.
    pub fn tags(slab: wasm_lend::JsObject, places: wasm_lend::JsRef<'_>) -> u32 {
        u32::from(slab.type_of() == wasm_lend::JsType::Object)
            + u32::from(places.type_of() == wasm_lend::JsType::Object)
    }
}

/// An instance for them.
#[export]
#[allow(non_camel_case_types)]
pub struct Named {
    /// Its number.
    pub number: u8,
}

#[export]
impl Named {
    /// With a number.
    pub fn new(number: u8) -> Self {
        Named { number }
    }

    /// A parameter that the shim of a method could have for the instance.
    pub fn with(&self, this: u8, of: &Named) -> u8 {
        self.number + this + of.number
    }
}
