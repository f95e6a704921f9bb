//! A crate that depends only on wasm-lend.

use wasm_lend::{Buffer, export};

/// The even bytes.
#[export]
pub fn even(values: &[u8]) -> Buffer<u8> {
    Buffer::from(values.iter().copied().filter(|value| value % 2 == 0).collect::<Vec<_>>())
}

/// Strings, lists and failures.
#[export(namespace = "texts")]
pub mod texts {
    /// The words of a text, from the longest to the shortest.
    pub fn words(text: &str, limit: Option<u32>) -> Result<Vec<String>, String> {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return Err("there are no words".to_owned());
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.truncate(limit.map_or(usize::MAX, |limit| limit as usize));
        Ok(words)
    }
}

/// Later.
#[export]
pub async fn later(values: Buffer<u8>) -> u32 {
    values.iter().map(|value| u32::from(*value)).sum()
}
