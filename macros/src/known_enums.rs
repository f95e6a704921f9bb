//! The exported enums of the crate, as far as the compiler has come.
//!
//! `#[export] impl Mode` does not say whether `Mode` is a struct or an enum. An instance of a class crosses as a handle and an enum as a value,
//! so the shims differ. The macro expands the items of a crate in their order, and remembers each enum here. After that, the compiler checks
//! that the type is what the macro took it for.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use proc_macro2::Ident;

/// What an `impl` block needs of its enum.
#[derive(Clone)]
pub struct Known {
    /// The name in JavaScript.
    pub name: String,
    /// The names of the variants in JavaScript.
    pub variants: Vec<String>,
}

/// Key: the crate and the name of an enum in Rust.
type Enums = BTreeMap<(String, String), Known>;

fn enums() -> MutexGuard<'static, Enums> {
    static ENUMS: Mutex<Enums> = Mutex::new(BTreeMap::new());
    ENUMS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A process of an editor expands many crates, and a crate many times.
fn key(ident: &Ident) -> (String, String) {
    (std::env::var("CARGO_CRATE_NAME").unwrap_or_default(), ident.to_string())
}

pub fn remember(ident: &Ident, known: Known) {
    enums().insert(key(ident), known);
}

/// For a struct: in an editor the name may have been that of an enum before.
pub fn forget(ident: &Ident) {
    enums().remove(&key(ident));
}

pub fn find(ident: &Ident) -> Option<Known> {
    enums().get(&key(ident)).cloned()
}
