//! As an old photograph.

use wasm_lend::{Clamped, export};

/// What people read.
#[export]
pub fn title() -> &'static str {
    "Grayscale"
}

/// Gives each pixel its brightness, in place.
#[export]
pub fn apply(pixels: &mut [Clamped<u8>], _width: u32) {
    for pixel in pixels.chunks_exact_mut(4) {
        let [red, green, blue] = [0, 1, 2].map(|channel| u32::from(pixel[channel].0));
        let brightness = (red * 54 + green * 183 + blue * 19) >> 8;
        pixel[..3].fill(Clamped(brightness as u8));
    }
}
