//! The names that classes have in JavaScript. A block needs the name that `#[export(name = "…")]` gives its struct.
//!
//! The struct's expansion notes the name here, and the block's expansion looks it up. This works if the struct is expanded first, as it is
//! if it stands above. The expansion of the block makes the compiler check the name.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use proc_macro2::Ident;

use crate::names;

/// The names that differ from those in Rust. Key: the crate, and the name in Rust.
static NAMES: Mutex<BTreeMap<(String, String), String>> = Mutex::new(BTreeMap::new());

/// Notes the name of a struct.
pub fn note(ident: &Ident, name: &str) {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if names::plain(ident) == name {
        names.remove(&key(ident));
    } else {
        names.insert(key(ident), name.to_owned());
    }
}

/// The name of a struct, as far as it is known.
pub fn of(ident: &Ident) -> String {
    let names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    names.get(&key(ident)).cloned().unwrap_or_else(|| names::plain(ident))
}

fn key(ident: &Ident) -> (String, String) {
    (std::env::var("CARGO_CRATE_NAME").unwrap_or_default(), names::plain(ident))
}
