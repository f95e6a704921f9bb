//! Functions that call back into JavaScript with a buffer borrowed, and a panic.

use wasm_bindgen::prelude::*;
use wasm_lend::{Buffer, BufferMut, export};

#[wasm_bindgen(inline_js = "
let callback = () => {};
export function set_callback(f) { callback = f; }
export function run_callback() { callback(); }
")]
extern "C" {
    #[wasm_bindgen(reexport, js_name = set_callback)]
    fn set_callback(f: &JsValue);

    fn run_callback();
}

#[export]
pub mod calling_back {
    use super::*;

    /// Reads the buffer before and after the callback.
    pub fn shared_while(values: &[u8]) -> u8 {
        let before = values[0];
        run_callback();
        before.wrapping_add(values[0])
    }
    /// Writes the buffer before and after the callback.
    pub fn exclusive_while(values: &mut [u8]) {
        values[0] += 1;
        run_callback();
        values[0] += 1;
    }
    /// Retains the buffer during the callback.
    pub fn keep_while(values: Buffer<u8>) -> u8 {
        run_callback();
        values[0]
    }
    /// Owns the buffer during the callback.
    pub fn take_while(values: BufferMut<u8>) -> u8 {
        run_callback();
        values[0]
    }
    /// Aborts without a panic, as a lack of memory does.
    pub fn abort_at_once(values: &[u8]) -> u8 {
        std::hint::black_box(values);
        std::process::abort()
    }
    /// Panics with a message.
    pub fn panic_at(values: &[u8], index: u32) -> u8 {
        values[index as usize]
    }
}

/// Panics in a function of numbers, whose JavaScript shim has no `try` block.
#[export]
pub fn panic_of_numbers(index: u32) -> u32 {
    [1, 2, 3][index as usize]
}

/// Has a large frame, and may be refused.
#[export]
pub fn large_frame(values: &mut [u8], more: &mut [u8]) -> u8 {
    let mut frame = [0_u8; 16 * 1024];
    std::hint::black_box(&mut frame);
    values[0] + more[0] + frame[7]
}
