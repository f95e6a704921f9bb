//! The imports of a plugin from the JavaScript half. They are those of a package, with values by index, and strings
//! by address and length. `runtime/js/plugin/imports.js` implements them.

use crate::JsValue;
#[cfg(feature = "panic-messages")]
use crate::panic_parts::Parts;

macro_rules! imports {
    ({ $($(#[$doc:meta])* fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)* }) => {
        #[link(wasm_import_module = "wasm-lend")]
        unsafe extern "C" {
            // Safe with any arguments: JavaScript looks indices up in its table, and uses only addresses that Rust
            // gave it.
            $($(#[$doc])* pub(crate) safe fn $name($($argument: $type),*) $(-> $result)?;)*
        }
    };
}

crate::imported_functions::for_each_js_function!(imports);

imports!({
    fn refuse(argument: u32, fault: u32, handle: u32);
    fn released(token: u32);
    /// Tells the JavaScript half that drops are pending.
    fn drops_pending();
    /// Runs the pending drops.
    fn run_drops();
    fn object_drop(index: i32);
    /// Tells the calls of functions how to make instances for the length of a call. It may be called again.
    fn lend_instances();
    fn take_thrown() -> i32;
    /// Ends the closure of a function. 0 if it has ended already.
    fn function_ended(index: i32) -> u32;
    /// The value if it is an Array, an Array with the elements of a typed array, or -1.
    fn object_list(index: i32) -> i32;
    /// A BigInt of two halves.
    fn bigint_new(low: u64, high: u64, is_signed: u32) -> i32;
    /// Writes the halves of a BigInt of `size` bits to an address. 0 if it is larger.
    fn bigint_get(index: i32, size: u32, is_signed: u32, to: u32) -> u32;
});

mod raw {
    #[link(wasm_import_module = "wasm-lend")]
    unsafe extern "C" {
        // Safe for the same reason. The addresses and lengths are of strings that live during the call.
        pub(super) safe fn explain(text: u32, length: u32, code: u32, cause: i32);
        pub(super) safe fn name_holder(text: u32, length: u32, argument: u32, is_owned: u32);
        pub(super) safe fn refuse_in_result(argument: u32, fault: u32, handle: u32);
        pub(super) safe fn callback_failed(text: u32, length: u32, argument: u32) -> i32;
        #[rustfmt::skip]
        pub(super) safe fn callback_refused(
            text: u32,
            length: u32,
            argument: u32,
            message: u32,
            message_length: u32,
            code: u32,
        ) -> i32;
        pub(super) safe fn closure_error(code: u32, text: u32, length: u32) -> i32;
        pub(super) safe fn parameter_error(text: u32, length: u32, code: u32) -> i32;
        pub(super) safe fn make_error(text: u32, length: u32, cause: i32) -> i32;
        pub(super) safe fn out_of_memory(text: u32, length: u32) -> i32;
        pub(super) safe fn throw_out_of_memory(text: u32, length: u32);
        #[cfg(feature = "panic-messages")]
        #[rustfmt::skip]
        pub(super) safe fn panicked(
            text: u32,
            length: u32,
            file: u32,
            file_length: u32,
            line: u32,
            column: u32,
        );
        pub(super) safe fn take_value(place: u32) -> i32;
        pub(super) safe fn give_value(index: i32);
        pub(super) safe fn fail(index: i32);
        pub(super) safe fn handle_of(index: i32) -> u32;
        pub(super) safe fn buffer_state(index: i32) -> u32;
        pub(super) safe fn hold_buffer(index: i32, handle: u32) -> u32;
        pub(super) safe fn let_go_of_buffer(index: i32, handle: u32, was_moved: u32);
        pub(super) safe fn copy_of(index: i32, tag: u32) -> u32;
        pub(super) safe fn copy_elements(address: u32, length: u32, tag: u32) -> i32;
        pub(super) safe fn read_only_buffer(handle: u32, tag: u32) -> i32;
        pub(super) safe fn mutable_buffer(handle: u32, tag: u32) -> i32;
        pub(super) safe fn instance_handle(index: i32, tag: u32) -> u32;
        pub(super) safe fn instance_state(index: i32, tag: u32) -> u32;
        pub(super) safe fn instance_moved(index: i32, tag: u32);
        pub(super) safe fn new_instance(handle: u32, tag: u32) -> i32;
    }
}

/// The address and length of a string, as JavaScript reads it.
macro_rules! with_text {
    ($text:ident => $($call:tt)*) => {{
        let (address, length) = ($text.as_ptr().expose_provenance() as u32, $text.len() as u32);
        with_text!(@ address length $($call)*)
    }};
    (@ $address:ident $length:ident $name:ident(.. $(, $more:expr)*)) => {
        raw::$name($address, $length $(, $more)*)
    };
}

/// The message of the next refusal, and its cause, unless that is `undefined`.
pub(crate) fn explain(message: &str, code: u32, cause: &JsValue) {
    with_text!(message => explain(.., code, cause.index()));
}

/// The call that the next refusal names.
pub(crate) fn name_holder(function: &str, argument: u32, is_owned: bool) {
    with_text!(function => name_holder(.., argument, u32::from(is_owned)));
}

pub(crate) fn refuse_in_result(argument: u32, fault: u32, handle: u32) {
    raw::refuse_in_result(argument, fault, handle);
}

/// The exception of the last call, or the error of a result of a wrong type: names the callback.
pub(crate) fn callback_failed(function: &str, argument: u32) -> i32 {
    with_text!(function => callback_failed(.., argument))
}

/// The `LendError` for a result that Rust could not convert.
pub(crate) fn callback_refused(function: &str, argument: u32, message: &str, code: u32) -> i32 {
    let (text, length) = (message.as_ptr().expose_provenance() as u32, message.len() as u32);
    with_text!(function => callback_refused(.., argument, text, length, code))
}

/// Ends the closure of a function. False if it has ended already.
pub(crate) fn closure_ended(index: i32) -> bool {
    function_ended(index) != 0
}

/// The `LendError` for an argument that Rust could not convert.
pub(crate) fn parameter_error(message: &str, code: u32) -> JsValue {
    let (text, length) = (message.as_ptr().expose_provenance() as u32, message.len() as u32);
    JsValue::from_new(raw::parameter_error(text, length, code))
}

/// The `LendError` for an argument or a call that the closure cannot take.
pub(crate) fn closure_error(code: u32, message: &str) -> JsValue {
    let (text, length) = (message.as_ptr().expose_provenance() as u32, message.len() as u32);
    JsValue::from_new(raw::closure_error(code, text, length))
}

/// An `Error` with a `cause`, unless that is `undefined`.
pub(crate) fn make_error(message: &str, cause: &JsValue) -> JsValue {
    JsValue::from_new(with_text!(message => make_error(.., cause.index())))
}

/// The `LendError` for memory that a function itself did not get.
pub(crate) fn out_of_memory(message: &str) -> JsValue {
    JsValue::from_new(with_text!(message => out_of_memory(..)))
}

/// Throws the `LendError` for a lack of memory or of a handle.
pub(crate) fn throw_out_of_memory(what: &str) {
    with_text!(what => throw_out_of_memory(..));
}

/// Poisons the plugin: it has panicked. Throws the error that says so.
#[cfg(feature = "panic-messages")]
pub(crate) fn report_panic(&Parts { message, file, line, column }: &Parts<'_>) {
    let (at, length) = (file.as_ptr().expose_provenance() as u32, file.len() as u32);
    with_text!(message => panicked(.., at, length, line, column));
}

/// The value, as an error message names it.
pub(crate) fn describe(value: &JsValue) -> String {
    value.as_object().describe()
}

pub(crate) fn take_value(place: u32) -> JsValue {
    JsValue::from_new(raw::take_value(place))
}

pub(crate) fn give_value(value: &JsValue) {
    raw::give_value(value.index());
}

/// Sets what the shim throws when the call has returned.
pub(crate) fn fail(error: &JsValue) {
    raw::fail(error.index());
}

/// The handle of a live buffer, or 0.
pub(crate) fn buffer_state(value: &JsValue) -> u32 {
    raw::buffer_state(value.index())
}

pub(crate) fn hold_buffer(value: &JsValue, handle: u32) -> bool {
    raw::hold_buffer(value.index(), handle) != 0
}

pub(crate) fn let_go_of_buffer(value: &JsValue, handle: u32, was_moved: bool) {
    raw::let_go_of_buffer(value.index(), handle, u32::from(was_moved));
}

pub(crate) fn handle_of(value: &JsValue) -> u32 {
    raw::handle_of(value.index())
}

/// A new buffer with the elements of a plain typed array, if it is of the tag's type; else 0.
pub(crate) fn copy_of(value: &JsValue, tag: u32) -> u32 {
    raw::copy_of(value.index(), tag)
}

/// A plain typed array with a copy of the elements at an address.
pub(crate) fn copy_elements(address: u32, length: u32, tag: u32) -> JsValue {
    JsValue::from_new(raw::copy_elements(address, length, tag))
}

pub(crate) fn read_only_buffer(handle: u32, tag: u32) -> JsValue {
    JsValue::from_new(raw::read_only_buffer(handle, tag))
}

pub(crate) fn mutable_buffer(handle: u32, tag: u32) -> JsValue {
    JsValue::from_new(raw::mutable_buffer(handle, tag))
}

/// The handle of a live instance of the class of this tag, or 0.
pub(crate) fn instance_handle(value: &JsValue, tag: u32) -> u32 {
    raw::instance_handle(value.index(), tag)
}

/// 0 if the value is no instance of the class, 1 if it was freed, 2 if it was moved.
pub(crate) fn instance_state(value: &JsValue, tag: u32) -> u32 {
    raw::instance_state(value.index(), tag)
}

/// Marks an instance as moved into Rust.
pub(crate) fn instance_moved(value: &JsValue, tag: u32) {
    raw::instance_moved(value.index(), tag);
}

/// The JavaScript object for a new instance.
pub(crate) fn new_instance(handle: u32, tag: u32) -> JsValue {
    JsValue::from_new(raw::new_instance(handle, tag))
}

pub(crate) fn object_value(index: i32) -> JsValue {
    JsValue::from_new(object_clone(index))
}

// Only builds that unwind call these. A plugin never unwinds.
pub(crate) fn panic_caught(_was_moved: bool) {}
pub(crate) fn panic_caught_in_result(_was_moved: bool) {}
pub(crate) fn panic_to_throw() {}

/// A plugin imports no classes.
pub(crate) fn is_class(_name: &str) -> bool {
    true
}
