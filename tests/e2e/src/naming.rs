//! Names, namespaces and declarations that attributes change.

use wasm_lend::export;

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
