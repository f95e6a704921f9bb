//! The host: it makes a picture and does not know the filters.

use wasm_lend::{BufferMut, Clamped, export};

/// A picture with four bytes per pixel: stripes, a disc, and a shade of blue.
#[export]
pub fn picture(width: u32, height: u32) -> BufferMut<Clamped<u8>> {
    let mut pixels = BufferMut::zeroed(width as usize * height as usize * 4);
    for (index, pixel) in pixels.chunks_exact_mut(4).enumerate() {
        let (x, y) = (index as u32 % width, index as u32 / width);
        let (from_center, radius) =
            (x.abs_diff(width / 2).pow(2) + y.abs_diff(height / 2).pow(2), width.min(height) / 3);
        let is_in_disc = from_center < radius * radius;
        let stripe = if (x + y) / 16 % 2 == 0 { 230 } else { 40 };
        let [red, green, blue] = if is_in_disc {
            [240, 120, 30]
        } else {
            [stripe, stripe / 2 + (x * 120 / width) as u8, (y * 255 / height) as u8]
        };
        pixel.copy_from_slice(&[red, green, blue, 255].map(Clamped));
    }
    pixels
}

/// The sum of all bytes, to check the work of the filters.
#[export]
pub fn checksum(pixels: &[Clamped<u8>]) -> u32 {
    pixels.iter().map(|byte| u32::from(byte.0)).sum()
}
