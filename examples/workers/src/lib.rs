//! Several workers over one memory: each writes to its own part of one picture, and all of them read another.

mod filters;
mod shelf;
mod tutorial;

use wasm_lend::{Buffer, BufferMut, export};

/// Bytes of a pixel: red, green, blue, opacity.
const PIXEL: usize = 4;

/// A picture for the example: hills under a sun, 4 bytes a pixel. It has only whole numbers, so it is the same in every engine.
#[export]
pub fn picture(width: u32, height: u32) -> BufferMut<u8> {
    let (width, height) = (width as i32, height as i32);
    let mut pixels = Vec::with_capacity((width * height) as usize * PIXEL);
    for y in 0..height {
        for x in 0..width {
            let [red, green, blue] = color(x, y, width, height);
            pixels.extend([red, green, blue, 255]);
        }
    }
    BufferMut::from(pixels)
}

fn color(x: i32, y: i32, width: i32, height: i32) -> [u8; 3] {
    let (sun_x, sun_y, radius) = (width * 7 / 10, height * 3 / 10, height / 9);
    let to_sun = (x - sun_x).pow(2) + (y - sun_y).pow(2);
    for (hill, base) in [(3, 88), (2, 74), (1, 60)] {
        let wave =
            triangle(x * (3 + hill) + hill * 211, width) + triangle(x * (7 - hill) + hill * 97, width) / 3;
        if y > height * base / 100 - wave * height / (width * 4) {
            let stripe = if (y / 6 + x / 40) % 2 == 0 { 10 } else { 0 };
            return [20 + 26 * (3 - hill), 46 + 24 * (3 - hill) + stripe, 66 + 20 * (3 - hill)]
                .map(|value| value as u8);
        }
    }
    if to_sun < radius.pow(2) {
        return [255, 236, 170];
    }
    let height_in_sky = y * 255 / height;
    [70 + height_in_sky * 3 / 4, 110 + height_in_sky / 3, 190 - height_in_sky / 5]
        .map(|value| value.min(255) as u8)
}

/// A wave of straight lines between 0 and half of `width`.
fn triangle(x: i32, width: i32) -> i32 {
    let x = x.rem_euclid(width);
    x.min(width - x)
}

/// How often each brightness occurs: 256 counts.
#[export]
pub fn histogram(pixels: &[u8]) -> Buffer<u32> {
    let mut counts = vec![0; 256];
    for pixel in pixels.chunks_exact(PIXEL) {
        let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(usize::from);
        counts[(red * 3 + green * 6 + blue) / 10] += 1;
    }
    Buffer::from(counts)
}

/// A number that is another one for almost any other picture.
#[export]
pub fn checksum(pixels: &[u8]) -> u32 {
    pixels.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
