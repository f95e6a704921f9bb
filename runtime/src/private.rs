//! The names that `#[export]` uses in a user's crate; it uses no others of this crate. Not a public interface.

pub use core::clone::Clone;
pub use core::default::Default;
pub use core::mem::offset_of;
pub use core::option::Option::{self, None, Some};
pub use core::primitive;
pub use core::result::Result::{self, Err, Ok};
pub use core::time::Duration;
pub use std::borrow::Cow;
pub use std::boxed::Box;
pub use std::string::String;
pub use std::vec::Vec;
pub use wasm_lend_macros::unconfigured;

pub use crate::__lend_class_lent as class_lent;
pub use crate::__lend_declared as declared;
pub use crate::JsValue;
pub use crate::backend::private::*;
pub use crate::call_record::{Call, begin, begin_if};
pub use crate::call_site::CallSite;
pub use crate::callback::Signature;
pub use crate::class::{
    Class, ClassId, borrowed_result, borrowed_result_mut, class_tag, exclusive_instance, into_handle,
    shared_instance, take_instance,
};
pub use crate::class::{LentInstance, given};
pub use crate::convert::{
    ArrayArgument, Raw, Return, call, call_in_result, call_in_result_with_ends, call_in_result_with_values,
    call_of_scalars, call_with_catch, char, duration, exclusive_array, flagged, optional_duration,
    shared_array, small, wide, word,
};
pub use crate::element::Element;
pub use crate::element::Registration;
pub use crate::fault::Refusal;
pub use crate::guard::{Outlives, exclusive, retain, shared, take, take_vec};
pub use crate::object::{
    GIVEN, JsObject, JsRef, LENT, Parameter, Pass, PassAsValue, RawObject, borrowed_object, owned_object,
};
pub use crate::pending_drops::End;
pub use crate::record::{Field, PlainData, Record, assert_number, describe_record};
pub use crate::text::{RawText, optional_string, optional_text, string, text};
pub use crate::ts::{Ts, ts_length, ts_str, ts_text};
pub use crate::value::{
    Caught, ConversionError, Enum, FromJs, Held, Holder, IntoArgument, IntoJs, NewObject, Probe, Properties,
    TakenValue, assert_discriminant, converted, give, hold_instance, instance_into_js, is_absent,
    no_variant_of_numbers, no_variant_of_strings, take_value, thrown, whole_number,
};
pub use crate::{Buffer, BufferMut, Clamped};
pub use crate::{Callback, Function};

pub use crate::direct::{answer, ask, message};

/// The traits of autoref specialization, by which a shim finds conversions.
pub mod dispatch {
    pub use crate::backend::dispatch::*;
    pub use crate::value::dispatch::*;
}

/// What a function of `#[import]` does in a crate that is not compiled as a plugin.
///
/// # Panics
///
/// Always.
pub fn not_linked(module: &str, name: &str) -> ! {
    panic!("only a plugin can call `{name}` of `{module}`: build this crate as a plugin (docs/PLUGINS.md)")
}

/// True if a block knows the name that its class has in JavaScript. `name` is empty if there is no such class.
#[must_use]
pub const fn is_class_name(name: &str, known: &str) -> bool {
    let (name, known) = (name.as_bytes(), known.as_bytes());
    let mut is_same = name.len() == known.len();
    let mut index = 0;
    while is_same && index < name.len() {
        is_same = name[index] == known[index];
        index += 1;
    }
    is_same || name.is_empty()
}

/// What a derive writes for this kind of module.
#[doc(hidden)]
#[macro_export]
macro_rules! __lend_kept {
    ($($token:tt)*) => { $($token)* };
}

/// What a derive writes for the other kind of module.
#[doc(hidden)]
#[macro_export]
macro_rules! __lend_left_out {
    ($($token:tt)*) => {};
}

/// The body of a function in the expansion of a type with a mistake, which is never compiled to the end.
///
/// # Panics
///
/// Always.
pub fn not_expanded() -> ! {
    unreachable!("a type with a mistake does not compile")
}

/// A buffer handle, as it crosses.
pub type Handle = primitive::u32;

/// Holds for a type and itself. By it the expansion asserts that a name stands for the type that it says.
#[diagnostic::on_unimplemented(
    message = "`#[export]` reads types by their names, and this name stands for another type here",
    label = "this is `{Self}`, not `{T}`",
    note = "rename the type that hides `{T}`, or write the type it stands for"
)]
pub trait Is<T: ?Sized> {}

impl<T: ?Sized> Is<T> for T {}

/// See [`Is`].
pub const fn assert_is<A: ?Sized + Is<B>, B: ?Sized>() {}

/// Holds for what a function of `#[export(worker)]` may take.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot go to another thread",
    label = "a function of `#[export(worker)]` takes what is `Send`"
)]
pub trait Sent {}

impl<T: Send> Sent for T {}

/// See [`Sent`].
pub const fn assert_sent<T: Sent>() {}

/// Holds for what a function of `#[export(worker)]` may have a reference to, which the caller's thread has too.
#[diagnostic::on_unimplemented(
    message = "`&{Self}` cannot go to another thread",
    label = "a function of `#[export(worker)]` takes references to what is `Send` and `Sync`"
)]
pub trait SharedWithWorker {}

impl<T: Send + Sync> SharedWithWorker for T {}

/// See [`SharedWithWorker`].
pub const fn assert_shared<T: SharedWithWorker>() {}

/// What a job takes, the first time. A job runs once.
///
/// # Panics
///
/// The second time.
pub fn taken<T>(value: &mut Option<T>) -> T {
    let Some(value) = value.take() else { crate::trap::never("a job runs once") };
    value
}
