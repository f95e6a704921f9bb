//! Filters that read a whole picture and write some rows of another. Several threads can run one at once, each for other rows.

use wasm_lend::export;

use crate::PIXEL;

/// A picture that is read.
struct Source<'a> {
    pixels: &'a [u8],
    width: i32,
    height: i32,
}

impl<'a> Source<'a> {
    fn new(pixels: &'a [u8], width: u32) -> Self {
        let height = pixels.len() / PIXEL / width.max(1) as usize;
        Source { pixels, width: width as i32, height: height as i32 }
    }

    /// The color at a place. Beyond an edge it is that of the edge.
    fn at(&self, x: i32, y: i32) -> [i32; 3] {
        let (x, y) = (x.clamp(0, self.width - 1), y.clamp(0, self.height - 1));
        let start = (y * self.width + x) as usize * PIXEL;
        [0, 1, 2].map(|channel| i32::from(self.pixels[start + channel]))
    }
}

/// Calls `color` for each pixel of `rows`. The first of them is row `first` of the picture.
fn each(rows: &mut [u8], width: u32, first: u32, color: impl Fn(i32, i32) -> [i32; 3]) {
    for (y, row) in rows.chunks_exact_mut(width.max(1) as usize * PIXEL).enumerate() {
        for (x, pixel) in row.chunks_exact_mut(PIXEL).enumerate() {
            let [red, green, blue] =
                color(x as i32, y as i32 + first as i32).map(|value| value.clamp(0, 255) as u8);
            pixel.copy_from_slice(&[red, green, blue, 255]);
        }
    }
}

/// The mean of the pixels around each pixel.
#[export]
pub fn blur(source: &[u8], rows: &mut [u8], width: u32, first: u32) {
    const RADIUS: i32 = 6;
    const COUNT: i32 = (2 * RADIUS + 1).pow(2);
    let source = Source::new(source, width);
    each(rows, width, first, |x, y| {
        let mut sum = [0; 3];
        for dy in -RADIUS..=RADIUS {
            for dx in -RADIUS..=RADIUS {
                let color = source.at(x + dx, y + dy);
                for channel in 0..3 {
                    sum[channel] += color[channel];
                }
            }
        }
        sum.map(|sum| sum / COUNT)
    });
}

/// How much each pixel differs from those to its right and below.
#[export]
pub fn edges(source: &[u8], rows: &mut [u8], width: u32, first: u32) {
    let source = Source::new(source, width);
    each(rows, width, first, |x, y| {
        let [right, below] = [source.at(x + 2, y), source.at(x, y + 2)];
        let here = source.at(x, y);
        [0, 1, 2].map(|channel| {
            255 - 3 * ((here[channel] - right[channel]).abs() + (here[channel] - below[channel]).abs())
        })
    });
}

/// Each pixel is that of another place, as if the picture lay under water.
#[export]
pub fn ripple(source: &[u8], rows: &mut [u8], width: u32, first: u32) {
    let source = Source::new(source, width);
    let swing = |at: i32| (at.rem_euclid(48) - 24).abs() - 12;
    each(rows, width, first, |x, y| source.at(x + swing(y), y + swing(x)));
}
