//! Functions on workers, for `threads.mjs`.

use wasm_lend::export;

#[export(worker)]
pub fn job_empty() {}

/// The first byte: a call whose cost does not depend on the buffer's size.
#[export(worker)]
pub fn job_first(bytes: &[u8]) -> u32 {
    bytes.first().copied().map_or(0, u32::from)
}

/// Steps of a sum that the compiler cannot shorten.
#[export(worker)]
pub fn job_steps(steps: u32) -> u32 {
    (0..steps).fold(1, |sum, step| sum.rotate_left(5) ^ step)
}
