//! What a plugin would be that is compiled as any other module: its constants lie where the host's do.

#![allow(missing_docs)]

/// Fills as much of the data as the host's has.
static CONSTANTS: [u8; 1 << 14] = [b'!'; 1 << 14];

/// Keeps them from being left out.
#[unsafe(no_mangle)]
pub extern "C" fn constant(index: usize) -> u8 {
    CONSTANTS[index % CONSTANTS.len()]
}
