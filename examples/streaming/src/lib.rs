//! A file passes through Rust one window at a time: it is read into the window, changed in place, and written from there.

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

/// Adds the bytes in the window to the checksum and inverts them in place.
#[export]
pub fn invert(window: &mut [u8]) {
    let mut crc = CRC.get();
    for byte in window {
        crc = crc >> 8 ^ TABLE[(crc as u8 ^ *byte) as usize];
        *byte = !*byte;
    }
    CRC.set(crc);
}

/// The checksum of all bytes so far. This starts a new checksum.
#[export]
pub fn checksum() -> u32 {
    !CRC.replace(!0)
}

/// The sum of the first and the last byte, to measure only the call.
#[export]
pub fn ends(bytes: &[u8]) -> u32 {
    u32::from(*bytes.first().unwrap_or(&0)) << 8 | u32::from(*bytes.last().unwrap_or(&0))
}

/// The same with `#[wasm_bindgen]`, which first copies the bytes into wasm memory.
#[wasm_bindgen]
pub fn ends_copied(bytes: &[u8]) -> u32 {
    ends(bytes)
}
