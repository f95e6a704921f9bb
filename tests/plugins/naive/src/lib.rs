//! A plugin that is compiled like any other module: its constants have the same addresses as those of the host.

#![allow(missing_docs)]

/// As much data as the host has.
static CONSTANTS: [u8; 1 << 14] = [b'!'; 1 << 14];

/// Keeps the linker from removing them.
#[unsafe(no_mangle)]
pub extern "C" fn constant(index: usize) -> u8 {
    CONSTANTS[index % CONSTANTS.len()]
}
