//! What stands in a plugin in the place of wasm-bindgen: a module that is linked when it is loaded has no glue of its own, and
//! shares memory, allocator, handle table and JavaScript runtime with its host.
//!
//! The files beside this one are the whole difference: everything else of this crate is compiled for a plugin as it is for
//! a package, over statics that [`shared`](crate::shared) imports from the host.

mod allocator;
mod exports;
pub(crate) mod js;
mod value;

pub(crate) use exports::module;
pub use value::{JsCast, JsValue};
