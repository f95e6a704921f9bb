//! A file goes through Rust a window at a time: read into the window, changed in place, written from there.

use std::cell::Cell;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::export;

/// The table of CRC-32 (IEEE), by the low byte.
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

thread_local! {
    static CRC: Cell<u32> = const { Cell::new(!0) };
}

/// Takes what has come into the window into the checksum, and inverts it in place.
#[export]
pub fn invert(window: &mut [u8]) {
    let mut crc = CRC.get();
    for byte in window {
        crc = crc >> 8 ^ TABLE[(crc as u8 ^ *byte) as usize];
        *byte = !*byte;
    }
    CRC.set(crc);
}

/// The checksum of everything so far; the next is that of what comes then.
#[export]
pub fn checksum() -> u32 {
    !CRC.replace(!0)
}

/// What a call by reference costs by itself: the first and the last byte.
#[export]
pub fn ends(bytes: &[u8]) -> u32 {
    u32::from(*bytes.first().unwrap_or(&0)) << 8 | u32::from(*bytes.last().unwrap_or(&0))
}

/// The same through `#[wasm_bindgen]`, which copies the bytes into wasm memory first.
#[wasm_bindgen]
pub fn ends_copied(bytes: &[u8]) -> u32 {
    ends(bytes)
}
