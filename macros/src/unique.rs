//! Names for the linker and for wasm-bindgen that no other expansion has, in this crate or in another.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// Digits at the end of a name. They make it unique to one expansion, and stay the same from build to build.
///
/// They depend on the package, and on the number of its earlier expansions of that name.
pub fn id(name: &str) -> String {
    static SEEN: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());
    let mut hasher = DefaultHasher::new();
    // In tests of this crate the id is always 0, so that snapshots do not depend on the order in which tests run.
    if cfg!(test) {
        return "0".to_owned();
    }
    for variable in ["CARGO_PKG_NAME", "CARGO_PKG_VERSION", "CARGO_CRATE_NAME"] {
        std::env::var(variable).unwrap_or_default().hash(&mut hasher);
    }
    name.hash(&mut hasher);
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let earlier = seen.entry(name.to_owned()).or_default();
    earlier.hash(&mut hasher);
    *earlier += 1;
    format!("{:08x}", hasher.finish() as u32)
}

/// The name in ASCII letters. wasm-bindgen (0.2.130) forgets a start function with other letters in its name.
pub fn ascii(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}
