//! The part of the runtime that only a package has: wasm-bindgen, and everything that needs it.
//!
//! If a plugin needs a module of this folder too, `plugin/` has one of the same name. `lib.rs` compiles one of the
//! two folders as `backend`. Nothing else asks which one.

wasm_lend_macros::check_runtime_folder!();

#[cfg(feature = "async")]
pub(crate) mod abort;
mod array;
#[cfg(feature = "async")]
pub(crate) mod async_iter;
mod bindgen;
mod by_name;
mod clamped;
#[cfg(feature = "js-sys")]
mod classes;
pub mod dispatch;
#[cfg(target_arch = "wasm32")]
pub(crate) mod exports;
mod glue;
pub(crate) mod host_static;
mod iter;
#[cfg(feature = "async")]
pub(crate) mod job;
pub(crate) mod js;
mod js_value;
mod maps;
pub(crate) mod module;
mod modules;
mod plain_object;
#[cfg(feature = "async")]
mod promise;
mod records;
mod retired;
#[cfg(feature = "serde")]
pub(crate) mod serde;
#[cfg(feature = "async")]
mod task;

pub(crate) use array::Array;
pub(crate) use js_value::JsCast;
#[doc(no_inline)]
pub use js_value::JsValue;
pub(crate) use plain_object::PlainObject;
pub use wasm_lend_macros::{export, import};

/// The names of the public interface that only a package has.
pub mod api {
    pub use super::by_name::{IntoParam, Param};
    pub use super::iter::Iter;
}

/// The names for expansions that only a package has.
pub mod private {
    pub use wasm_bindgen;
    pub use wasm_lend_macros::Configured;

    pub use crate::{__lend_kept as in_package, __lend_left_out as in_plugin};

    #[cfg(feature = "async")]
    pub use super::abort::{aborted, until_aborted};
    pub use super::by_name::call_handler;
    pub use super::glue::{
        borrow_from_glue, borrow_from_glue_for_long, borrow_mut_from_glue, instance_from_js, take_from_glue,
        throw_conversion_error,
    };
    pub use super::iter::fulfilled;
    #[cfg(feature = "async")]
    pub use super::job::{NewJob, give_job, progressed};
    #[cfg(feature = "async")]
    pub use super::promise::{give_promise, rejected};
    pub use crate::__lend_class_in_bindgen as class_in_bindgen;
    pub use crate::class::{ExclusiveInstance, SharedInstance};
    pub use core::convert::{From, TryFrom};

    /// The parts of wasm that start functions hand over.
    #[cfg(target_arch = "wasm32")]
    pub mod parts {
        #[cfg(feature = "async")]
        pub use crate::backend::exports::jobs;
        pub use crate::backend::exports::{arrays, buffers, gifts, objects, records_of_calls, text};
    }

    /// Starts the JavaScript half for this instance, once.
    ///
    /// Each start function calls it first: nobody knows in which order they run.
    #[cfg(target_arch = "wasm32")]
    pub fn attach() {
        super::js::attach();
    }
}
