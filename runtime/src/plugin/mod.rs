//! What stands in a plugin in the place of wasm-bindgen: a module that is linked when it is loaded has no glue of its own, and
//! shares memory, allocator, handle table and JavaScript runtime with its host.
//!
//! Nearly everything else of this crate is compiled for a plugin as it is for a package, over the host's statics
//! ([`host_static`](crate::host_static)); what needs wasm-bindgen itself (promises, js-sys, iterators, calls by name) is left out.

mod allocator;
mod array;
mod exports;
pub(crate) mod host_static;
pub(crate) mod js;
mod js_value;
pub(crate) mod module;

pub(crate) use array::Array;
pub use js_value::{JsCast, JsValue};
pub use wasm_lend_macros::{export_in_plugin as export, import_in_plugin as import};

/// What only the public interface of a plugin has.
pub mod api {
    pub use super::JsCast;
}

/// The part of [`dispatch`](crate::value::dispatch) that only a package has.
pub mod dispatch {}

/// What only the expansions of a plugin name.
pub mod private {
    pub use wasm_lend_macros::ConfiguredInPlugin as Configured;

    pub use super::Tags;
    pub use super::exports::entered;
}

/// What the plugin's section says of this crate, in the form that `#[export]` gives its records: version, and whether it has
/// the checks.
#[cfg(target_arch = "wasm32")]
const _: () = {
    const FIELDS: [&str; 3] =
        ["runtime", env!("CARGO_PKG_VERSION"), if crate::checks::ENABLED { "checks" } else { "" }];
    const SIZE: usize = 4 * 4 + FIELDS[0].len() + FIELDS[1].len() + FIELDS[2].len();

    const fn put(record: &mut [u8; SIZE], mut at: usize, bytes: &[u8]) -> usize {
        let mut index = 0;
        while index < bytes.len() {
            record[at] = bytes[index];
            at += 1;
            index += 1;
        }
        at
    }

    const fn record() -> [u8; SIZE] {
        let mut record = [0; SIZE];
        let mut at = put(&mut record, 0, &(SIZE as u32 - 4).to_le_bytes());
        let mut index = 0;
        while index < FIELDS.len() {
            at = put(&mut record, at, &(FIELDS[index].len() as u32).to_le_bytes());
            at = put(&mut record, at, FIELDS[index].as_bytes());
            index += 1;
        }
        record
    }

    #[unsafe(link_section = "wasm-lend")]
    #[used]
    static RECORD: [u8; SIZE] = record();
};

use core::sync::atomic::{AtomicU32, Ordering};

/// The tags that the shims of a snippet want.
pub struct Tags<const N: usize>([AtomicU32; N]);

impl<const N: usize> Tags<N> {
    /// Unknown yet.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Tags([const { AtomicU32::new(0) }; N])
    }

    /// Where the loader finds them.
    pub fn set(&'static self, tags: [u32; N]) -> *const u32 {
        for (place, tag) in self.0.iter().zip(tags) {
            place.store(tag, Ordering::Relaxed);
        }
        self.0.as_ptr().cast()
    }
}
