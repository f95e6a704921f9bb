//! Why a call was refused.

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
    Temporary = 7,
    /// `ERR_LEND_RANGE`: the buffer has another length than the array that the function takes.
    Length = 8,
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
