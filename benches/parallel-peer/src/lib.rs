//! Work for all cores, on the threads of wasm-bindgen-rayon.
#![cfg(all(target_arch = "wasm32", target_feature = "atomics"))]

use wasm_bindgen::prelude::wasm_bindgen;
pub use wasm_bindgen_rayon::init_thread_pool;

#[path = "../../parallel/src/work.rs"]
pub mod work;

/// See [`work::blur`].
#[wasm_bindgen]
pub fn blur(from: &[u8], to: &mut [u8], width: u32, radius: u32) {
    work::blur(from, to, width as usize, radius as usize);
}

/// See [`work::mandelbrot`].
#[wasm_bindgen]
pub fn mandelbrot(steps: &mut [u16], width: u32) {
    work::mandelbrot(steps, width as usize);
}
