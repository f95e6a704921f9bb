//! A filter that darkens the corners of a picture.

use wasm_lend::{Clamped, export};

/// The name of the filter in the page.
#[export]
pub fn title() -> &'static str {
    "Vignette"
}

/// Darkens each pixel by its distance from the middle, in place.
#[export]
pub fn apply(pixels: &mut [Clamped<u8>], width: u32) {
    let width = width as usize;
    if width == 0 {
        return;
    }
    let height = pixels.len() / 4 / width;
    let (middle_x, middle_y) = (width as f32 / 2.0, height as f32 / 2.0);
    for (index, pixel) in pixels.chunks_exact_mut(4).enumerate() {
        let x = ((index % width) as f32 - middle_x) / middle_x;
        let y = ((index / width) as f32 - middle_y) / middle_y;
        let light = (1.2 - (x * x + y * y).sqrt() * 0.7).clamp(0.0, 1.0);
        for byte in &mut pixel[..3] {
            *byte = Clamped((f32::from(byte.0) * light) as u8);
        }
    }
}
