//! Why a call was refused, and how that becomes a JavaScript exception.

use crate::{checks, class, table};

/// Why the runtime refused an argument or a result; each is one `code` of JavaScript's `LendError`.
///
/// The numbers are the wire format: `runtime/js/refusal.js` lists them in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Fault {
    /// `ERR_LEND_MOVED`: no buffer has this handle any more. JavaScript forgets the handles it frees, so this one was
    /// moved into Rust by a call that is still running.
    Stale = 0,
    /// `ERR_LEND_TYPE`: the buffer has another element type, or is read-only where a mutable one is needed.
    Type = 1,
    /// `ERR_LEND_BORROWED`: a call that is still running holds the buffer; or `ERR_LEND_ALIASED`, if that call is the
    /// refused one, by an earlier argument (`runtime/js/refusal.js` looks).
    Borrowed = 2,
    /// `ERR_LEND_OOM`: no memory, or no handle, is left.
    OutOfMemory = 3,
    /// A value could not be converted; `value::transfer` keeps the reason, under the number in place of the handle.
    Conversion = 4,
    /// The function's own `Err`, of which the JavaScript shim knows already.
    Thrown = 5,
    /// `ERR_LEND_CHANGED`: JavaScript has written to a read-only buffer. Only builds with checks look.
    Changed = 6,
    /// `ERR_LEND_BORROWED`: a buffer that is lent to a callback, which Rust can neither keep nor take.
    Lent = 7,
}

/// The number in place of an argument's index when it was the result that failed.
pub const RESULT: u32 = u32::MAX;

/// A result that needs a handle where there is none.
pub(crate) const NO_HANDLE_LEFT: Refusal = Refusal { fault: Fault::OutOfMemory, argument: RESULT, handle: 0 };

/// A `Fault`, the argument that met it (counted from 0, or `RESULT`), and that argument's handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub(crate) fault: Fault,
    pub(crate) argument: u32,
    pub(crate) handle: u32,
}

/// Tells the JavaScript shim to throw a `LendError` that names the function, the argument and what was expected of it.
///
/// Takes plain numbers, so that the shim's good path keeps nothing in memory for it.
#[cold]
#[inline(never)]
pub(crate) fn refuse(argument: u32, fault: u32, handle: u32) {
    if fault == Fault::Thrown as u32 {
        return;
    }
    explain(fault, handle);
    crate::js::refuse(argument, fault, handle);
}

/// The same for a shim whose result stands for the refusal.
#[cold]
#[inline(never)]
pub(crate) fn refuse_in_result(function: &str, argument: u32, fault: u32, handle: u32) {
    explain(fault, handle);
    crate::js::refuse_in_result(function, argument, fault, handle);
}

/// Tells JavaScript what it cannot know of the reason.
fn explain(fault: u32, handle: u32) {
    if fault != Fault::Conversion as u32 {
        return name_holder(fault, handle);
    }
    if let Some(error) = crate::value::take_conversion_error(handle) {
        crate::js::explain(&error.to_string(), error.code());
    }
}

/// Tells JavaScript which call it was: of an instance always, of a buffer where this build knows.
fn name_holder(fault: u32, handle: u32) {
    let Some(slot) = table::lookup_unproven(handle) else { return };
    if let Some(origin) = class::origin_of(slot).filter(|_| fault == Fault::Borrowed as u32) {
        return crate::js::name_holder(origin.function, origin.argument, false);
    }
    if !checks::ENABLED {
        return;
    }
    if fault == Fault::Borrowed as u32 {
        if let Some(origin) = checks::holder(slot) {
            crate::js::name_holder(origin.function, origin.argument, origin.is_owned());
        }
    } else if fault == Fault::Changed as u32 {
        crate::js::name_holder(checks::last_change(), RESULT, false);
    }
}
