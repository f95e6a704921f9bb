//! The Mandelbrot set, strip by strip.

use wasm_lend::export;
use wasm_lend::worker::{Cancelled, Progress, check};

/// The most steps for one pixel.
const STEPS: u32 = 1500;

/// Renders some rows of a picture of RGBA pixels: as many as the buffer has.
///
/// # Arguments
///
/// - `pixels` - the rows, of `width` pixels each
/// - `row` - the first of these rows in the whole picture
/// - `left` - the real part at the left edge of the picture
/// - `top` - the imaginary part at the top edge of the picture
/// - `step` - the distance between two pixels
///
/// # Returns
///
/// The number of steps of all its pixels.
///
/// # Errors
///
/// The reason of the signal, if that aborts.
#[export(worker)]
pub fn render(
    pixels: &mut [u8],
    width: u32,
    row: u32,
    left: f64,
    top: f64,
    step: f64,
    progress: Progress<u32>,
) -> Result<u32, Cancelled> {
    let mut steps = 0;
    for (number, line) in (0_u32..).zip(pixels.chunks_mut(width as usize * 4)) {
        check()?;
        let imaginary = top - f64::from(row + number) * step;
        for (column, pixel) in (0_u32..).zip(line.chunks_exact_mut(4)) {
            let escaped = escape(left + f64::from(column) * step, imaginary);
            steps += escaped.map_or(STEPS, |(step, _)| step);
            pixel.copy_from_slice(&color(escaped));
        }
        progress.report(number + 1);
    }
    Ok(steps)
}

/// The step at which the point leaves the set, and its distance then. `None` if it stays.
fn escape(real: f64, imaginary: f64) -> Option<(u32, f64)> {
    let (mut x, mut y) = (0.0, 0.0);
    for step in 0..STEPS {
        let (xx, yy) = (x * x, y * y);
        if xx + yy > 256.0 {
            return Some((step, xx + yy));
        }
        y = 2.0 * x * y + imaginary;
        x = xx - yy + real;
    }
    None
}

/// A color without bands: of the step, and of how far beyond the point is.
fn color(escaped: Option<(u32, f64)>) -> [u8; 4] {
    let Some((step, distance)) = escaped else { return [8, 8, 16, 255] };
    let smooth = f64::from(step) + 1.0 - (distance.ln() / 2.0).log2();
    let wave = |shift: f64| (127.5 + 127.5 * (smooth * 0.09 + shift).sin()) as u8;
    [wave(4.2), wave(5.0), wave(0.2), 255]
}
