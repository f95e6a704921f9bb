//! Work for all cores, on the pool of wasm-lend.

use wasm_lend::export;

pub mod work;

/// See [`work::blur`].
#[export(worker, parallel)]
pub fn blur(from: &[u8], to: &mut [u8], width: u32, radius: u32) {
    work::blur(from, to, width as usize, radius as usize);
}

/// See [`work::mandelbrot`].
#[export(worker, parallel)]
pub fn mandelbrot(steps: &mut [u16], width: u32) {
    work::mandelbrot(steps, width as usize);
}

/// The same blur on one worker.
#[export(worker)]
pub fn blur_alone(from: &[u8], to: &mut [u8], width: u32, radius: u32) {
    work::blur(from, to, width as usize, radius as usize);
}
