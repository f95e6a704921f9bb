//! A job: an image pipeline. One picture of about a million pixels goes through several calls, as in an app that edits photos.
//!
//! With `#[wasm_bindgen]` each call takes `&[u8]` and returns `Vec<u8>`, as users of it write such functions.

use wasm_bindgen::prelude::*;
use wasm_lend::{BufferMut, export};

/// The bytes of one pixel: red, green, blue, alpha.
const PIXEL: usize = 4;

/// A picture with gradients and noise, in place of what a decoder would read from a file.
#[inline(never)]
fn decode(width: usize, height: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(width * height * PIXEL);
    let mut noise = 1u32;
    for y in 0..height {
        for x in 0..width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            pixels.extend_from_slice(&[x as u8, y as u8, (noise >> 24) as u8, 255]);
        }
    }
    pixels
}

/// Each pixel becomes the mean of itself and its neighbours to the left and to the right, and then of those above and below.
#[inline(never)]
fn blur(pixels: &[u8], width: usize) -> Vec<u8> {
    let line = width * PIXEL;
    mean_of_three(&mean_of_three(pixels, PIXEL), line)
}

/// The mean of each byte and those `step` bytes before and after it.
fn mean_of_three(bytes: &[u8], step: usize) -> Vec<u8> {
    let mut mean = bytes.to_vec();
    let inner = mean.iter_mut().skip(step);
    for (((mean, before), at), after) in
        inner.zip(bytes).zip(bytes.iter().skip(step)).zip(bytes.iter().skip(2 * step))
    {
        *mean = ((u16::from(*before) + u16::from(*at) + u16::from(*after)) / 3) as u8;
    }
    mean
}

/// Half the width and half the height: each pixel is the mean of four.
#[inline(never)]
fn halve(pixels: &[u8], width: usize) -> Vec<u8> {
    let line = width * PIXEL;
    let mut small = Vec::with_capacity(pixels.len() / 4);
    for lines in pixels.chunks_exact(2 * line) {
        let (above, below) = lines.split_at(line);
        for (above, below) in above.chunks_exact(2 * PIXEL).zip(below.chunks_exact(2 * PIXEL)) {
            for channel in 0..PIXEL {
                let sum = [above[channel], above[channel + PIXEL], below[channel], below[channel + PIXEL]];
                small.push((sum.iter().map(|value| u16::from(*value)).sum::<u16>() / 4) as u8);
            }
        }
    }
    small
}

/// Stretches the values between `low` and `high` over the whole range.
#[inline(never)]
fn levels(pixels: &mut [u8], low: u8, high: u8) {
    let range = u32::from(high.saturating_sub(low)).max(1);
    let table: [u8; 256] = core::array::from_fn(|value| {
        ((value as u32).saturating_sub(u32::from(low)) * 255 / range).min(255) as u8
    });
    for value in pixels {
        *value = table[usize::from(*value)];
    }
}

/// A number that tells pictures apart.
#[inline(never)]
fn checksum(pixels: &[u8]) -> u32 {
    pixels.iter().fold(0, |sum: u32, value| sum.rotate_left(5) ^ u32::from(*value))
}

macro_rules! image {
    ($attribute:ident $picture:ty: $decode:ident $blur:ident $halve:ident $levels:ident $checksum:ident) => {
        /// A new picture.
        #[$attribute]
        pub fn $decode(width: u32, height: u32) -> $picture {
            decode(width as usize, height as usize).into()
        }

        /// A blurred copy.
        #[$attribute]
        pub fn $blur(pixels: &[u8], width: u32) -> $picture {
            blur(pixels, width as usize).into()
        }

        /// A copy of half the width and height.
        #[$attribute]
        pub fn $halve(pixels: &[u8], width: u32) -> $picture {
            halve(pixels, width as usize).into()
        }

        /// Changes the picture itself.
        #[$attribute]
        pub fn $levels(pixels: &mut [u8], low: u8, high: u8) {
            levels(pixels, low, high);
        }

        /// A number that tells pictures apart.
        #[$attribute]
        pub fn $checksum(pixels: &[u8]) -> u32 {
            checksum(pixels)
        }
    };
}

image!(wasm_bindgen Vec<u8>: bindgen_decode bindgen_blur bindgen_halve bindgen_levels bindgen_checksum);
image!(export BufferMut<u8>: lend_decode lend_blur lend_halve lend_levels lend_checksum);
