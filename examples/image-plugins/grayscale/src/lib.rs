//! A filter that removes the colors of a picture.

use wasm_lend::{Clamped, export};

/// The name of the filter in the page.
#[export]
pub fn title() -> &'static str {
    "Grayscale"
}

/// Replaces each pixel by its brightness, in place.
#[export]
pub fn apply(pixels: &mut [Clamped<u8>], _width: u32) {
    for pixel in pixels.chunks_exact_mut(4) {
        let [red, green, blue] = [0, 1, 2].map(|channel| u32::from(pixel[channel].0));
        let brightness = (red * 54 + green * 183 + blue * 19) >> 8;
        pixel[..3].fill(Clamped(brightness as u8));
    }
}
