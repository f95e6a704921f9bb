//! Work for all cores. Two packages have it, with different boundaries.

use rayon::prelude::*;

/// A box blur of a picture of RGBA pixels: each one becomes the mean of its row from `radius` pixels before to `radius` after.
pub fn blur(from: &[u8], to: &mut [u8], width: usize, radius: usize) {
    let stride = width * 4;
    to.par_chunks_mut(stride).zip(from.par_chunks(stride)).for_each(|(to, from)| {
        for (x, pixel) in to.chunks_exact_mut(4).enumerate() {
            let (first, last) = (x.saturating_sub(radius), (x + radius).min(width - 1));
            let mut sums = [0_u32; 4];
            for near in from[first * 4..=last * 4 + 3].chunks_exact(4) {
                sums.iter_mut().zip(near).for_each(|(sum, &value)| *sum += u32::from(value));
            }
            let count = (last - first + 1) as u32;
            pixel.iter_mut().zip(sums).for_each(|(value, sum)| *value = (sum / count) as u8);
        }
    });
}

/// The steps after which each point of a square around the origin leaves the Mandelbrot set.
pub fn mandelbrot(steps: &mut [u16], width: usize) {
    let height = steps.len() / width;
    steps.par_chunks_mut(width).enumerate().for_each(|(row, line)| {
        let imaginary = row as f64 * 3.0 / height as f64 - 1.5;
        for (column, steps) in line.iter_mut().enumerate() {
            *steps = escape(column as f64 * 3.0 / width as f64 - 2.25, imaginary);
        }
    });
}

fn escape(real: f64, imaginary: f64) -> u16 {
    let (mut x, mut y) = (0.0, 0.0);
    for step in 0..1000 {
        let (xx, yy) = (x * x, y * y);
        if xx + yy > 4.0 {
            return step;
        }
        y = 2.0 * x * y + imaginary;
        x = xx - yy + real;
    }
    1000
}
