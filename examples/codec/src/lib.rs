//! A decoder of run lengths that trusts its input, as many crates do: it panics on a damaged file.

use wasm_lend::{BufferMut, export};

/// Decodes pairs of a count and a byte. Before the pairs is the decoded length in four bytes.
///
/// # Panics
///
/// When the file is damaged. In a real package this happens in a dependency; here it is on purpose.
#[export]
pub fn decode(file: &[u8]) -> BufferMut<u8> {
    let length = u32::from_le_bytes(file[..4].try_into().expect("four bytes")) as usize;
    let mut decoded = Vec::with_capacity(length);
    for pair in file[4..].chunks(2) {
        decoded.extend(core::iter::repeat_n(pair[1], usize::from(pair[0])));
    }
    assert_eq!(decoded.len(), length, "the file is damaged");
    decoded.into()
}

/// Encodes bytes.
#[export]
pub fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut file = (bytes.len() as u32).to_le_bytes().to_vec();
    for run in bytes.chunk_by(|one, other| one == other).flat_map(|run| run.chunks(255)) {
        file.extend([run.len() as u8, run[0]]);
    }
    file
}
