//! A filter that blurs a picture.

use wasm_lend::{Clamped, export};

/// The name of the filter in the page.
#[export]
pub fn title() -> &'static str {
    "Blur"
}

/// The distance of the neighbours that count.
const RADIUS: usize = 3;

/// Replaces each pixel by the mean of its neighbours, first along rows and then along columns. The memory for one line comes from the
/// allocator of the host.
#[export]
pub fn apply(pixels: &mut [Clamped<u8>], width: u32) {
    let width = width as usize;
    if width == 0 {
        return;
    }
    let height = pixels.len() / 4 / width;
    let mut line = Vec::new();
    for y in 0..height {
        blur(pixels, &mut line, y * width * 4, 4, width);
    }
    for x in 0..width {
        blur(pixels, &mut line, x * 4, width * 4, height);
    }
}

fn blur(pixels: &mut [Clamped<u8>], line: &mut Vec<[u32; 3]>, start: usize, step: usize, count: usize) {
    line.clear();
    line.extend((0..count).map(|i| [0, 1, 2].map(|channel| u32::from(pixels[start + i * step + channel].0))));
    for i in 0..count {
        let near = &line[i.saturating_sub(RADIUS)..(i + RADIUS + 1).min(count)];
        for channel in 0..3 {
            let mean = near.iter().map(|pixel| pixel[channel]).sum::<u32>() / near.len() as u32;
            pixels[start + i * step + channel] = Clamped(mean as u8);
        }
    }
}
