//! What `#[export]` writes into a user's crate: the only names of this crate that it uses. Not a public interface.

pub use core::primitive;
pub use core::result::Result::Ok;
pub use wasm_bindgen;
pub use wasm_bindgen::JsValue;

pub use crate::convert::{Return, call, exclusive, keep, shared, take};
pub use crate::fault::Refusal;
pub use crate::{Buffer, BufferMut, Clamped};
pub use std::vec::Vec;

/// A buffer handle, as it crosses.
pub type Handle = primitive::u32;

/// Holds for a type and itself: the expansion asserts with it that a type is the one its name says.
#[diagnostic::on_unimplemented(
    message = "`#[export]` reads types by their names, and this name stands for another type here",
    label = "this is `{Self}`, not `{T}`",
    note = "rename the type that hides `{T}`, or write the type it stands for"
)]
pub trait Is<T: ?Sized> {}

impl<T: ?Sized> Is<T> for T {}

/// See [`Is`].
pub const fn assert_is<A: ?Sized + Is<B>, B: ?Sized>() {}

/// Brings the JavaScript runtime of this instance to life, once, and returns what snippets need of it.
///
/// Each expansion calls it in a start function.
#[cfg(target_arch = "wasm32")]
pub fn attach() -> JsValue {
    crate::js::attach()
}
