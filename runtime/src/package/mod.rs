//! What a package has and a plugin has not: wasm-bindgen, and everything that needs it.
//!
//! `plugin/` has a file of the same name for each that a plugin needs too. Nothing outside of these two folders asks which of them is
//! compiled.

mod abort;
mod array;
mod by_name;
mod classes;
pub mod dispatch;
#[cfg(target_arch = "wasm32")]
pub(crate) mod exports;
pub(crate) mod host_static;
mod iter;
pub(crate) mod js;
mod js_value;
pub(crate) mod module;
mod modules;
mod promise;
mod records;
mod retired;
#[cfg(feature = "serde")]
mod serde;

pub(crate) use array::Array;
pub(crate) use js_value::JsCast;
#[doc(no_inline)]
pub use js_value::JsValue;
pub use wasm_lend_macros::{export, import};

/// What only the public interface of a package has.
pub mod api {
    pub use super::abort::AbortSignal;
    pub use super::by_name::{IntoParam, Param};
    pub use super::iter::{AsyncIter, Iter};
    #[cfg(feature = "serde")]
    pub use super::serde::Serde;
}

/// What only the expansions of a package name.
pub mod private {
    pub use wasm_bindgen;
    pub use wasm_lend_macros::Configured;

    pub use super::abort::{aborted, until_aborted};
    pub use super::by_name::call_handler;
    pub use super::js::{
        attach_classes, attach_exclusive, attach_objects, attach_owned, attach_records, attach_results,
        attach_scalars, attach_slices, attach_text, attach_values,
    };
    pub use super::promise::{fulfilled, give_promise, rejected};

    /// Brings the JavaScript runtime of this instance to life, once, and returns what snippets need of it.
    ///
    /// Each expansion calls it in a start function.
    #[cfg(target_arch = "wasm32")]
    pub fn attach() -> crate::JsValue {
        super::js::attach()
    }
}
