//! The part of the runtime that only a plugin has, in place of `package/`. A plugin is linked when it is loaded, so
//! it has no glue of wasm-bindgen. It shares memory, allocator, handle table and JavaScript half with its host.
//!
//! Nearly everything else of this crate is compiled for a plugin as for a package, over the statics of the host
//! ([`host_static`](mod@crate::host_static)). What needs wasm-bindgen itself is left out: promises, js-sys, iterators,
//! calls by name.

mod allocator;
mod array;
pub(crate) mod exports;
pub(crate) mod host_static;
pub(crate) mod js;
mod js_value;
pub(crate) mod module;
mod plain_object;

pub(crate) use array::Array;
pub use js_value::{JsCast, JsValue};
pub(crate) use plain_object::PlainObject;
pub use wasm_lend_macros::{export_in_plugin as export, import_in_plugin as import};

/// The names of the public interface that only a plugin has.
pub mod api {
    pub use super::JsCast;
}

/// The part of [`dispatch`](crate::value::dispatch) that only a package has.
pub mod dispatch {}

/// The names for expansions that only a plugin has.
pub mod private {
    pub use wasm_lend_macros::ConfiguredInPlugin as Configured;

    pub use super::Tags;
    pub use super::exports::entered;
    pub use crate::{__lend_kept as in_plugin, __lend_left_out as in_package};
}

/// The entry of this crate in the plugin's section, in the format of `#[export]`'s entries: the version, and whether
/// it has the checks.
#[cfg(target_arch = "wasm32")]
const _: () = {
    const FIELDS: [&str; 3] =
        ["runtime", env!("CARGO_PKG_VERSION"), if crate::checks::ENABLED { "checks" } else { "" }];
    const SIZE: usize = 4 * 4 + FIELDS[0].len() + FIELDS[1].len() + FIELDS[2].len();

    const fn put(entry: &mut [u8; SIZE], mut at: usize, bytes: &[u8]) -> usize {
        let mut index = 0;
        while index < bytes.len() {
            entry[at] = bytes[index];
            at += 1;
            index += 1;
        }
        at
    }

    const fn entry() -> [u8; SIZE] {
        let mut entry = [0; SIZE];
        let mut at = put(&mut entry, 0, &(SIZE as u32 - 4).to_le_bytes());
        let mut index = 0;
        while index < FIELDS.len() {
            at = put(&mut entry, at, &(FIELDS[index].len() as u32).to_le_bytes());
            at = put(&mut entry, at, FIELDS[index].as_bytes());
            index += 1;
        }
        entry
    }

    #[unsafe(link_section = "wasm-lend")]
    #[used]
    static ENTRY: [u8; SIZE] = entry();
};

use core::sync::atomic::{AtomicU32, Ordering};

/// The tags that the shims of a snippet need.
pub struct Tags<const N: usize>([AtomicU32; N]);

impl<const N: usize> Tags<N> {
    /// Tags that are not known yet.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Tags([const { AtomicU32::new(0) }; N])
    }

    /// Sets the tags. Returns the address where the loader reads them.
    pub fn set(&'static self, tags: [u32; N]) -> *const u32 {
        for (place, tag) in self.0.iter().zip(tags) {
            place.store(tag, Ordering::Relaxed);
        }
        self.0.as_ptr().cast()
    }
}
