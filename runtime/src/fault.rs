//! The reasons for refusals.

/// The reason why the runtime refused an argument or a result. Each is a `code` of JavaScript's `LendError`.
///
/// The numbers cross to JavaScript: `runtime/js/refusalErrors.js` has the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Fault {
    /// `ERR_LEND_MOVED`: no buffer has this handle any more. JavaScript forgets the handles that it frees, so a
    /// running call has moved this buffer into Rust.
    Stale = 0,
    /// `ERR_LEND_TYPE`: the buffer has another element type, or is read-only where a mutable one is needed.
    Type = 1,
    /// `ERR_LEND_BORROWED`: a running call borrows the buffer, Rust holds it in a `BufferMut`, or a buffer over the
    /// memory of the instance does. `ERR_LEND_ALIASED`, if the refused call itself borrows it, by an earlier argument
    /// (`runtime/js/refusalErrors.js` finds out).
    Borrowed = 2,
    /// `ERR_LEND_OOM`: no memory, or no handle, is left.
    OutOfMemory = 3,
    /// A value could not be converted. `value::transfer` keeps the reason; the number in place of the handle is its
    /// place there.
    Conversion = 4,
    /// The function returned an `Err`. The JavaScript shim has it already.
    Thrown = 5,
    /// `ERR_LEND_CHANGED`: JavaScript has written to a read-only buffer. Only builds with checks find out.
    Changed = 6,
    /// `ERR_LEND_BORROWED`: a temporary buffer, which Rust can neither retain nor take.
    Temporary = 7,
    /// `ERR_LEND_RANGE`: the buffer has another length than the array that the function takes.
    Length = 8,
    /// `ERR_LEND_ALIASED`: an earlier argument of the call takes the same instance by value. JavaScript does not know the handles of those.
    Aliased = 9,
}

/// Stands for an argument number: the result failed.
pub const RESULT: u32 = u32::MAX;

/// The result needs a handle, and none is left.
pub(crate) const NO_HANDLE_LEFT: Refusal = Refusal { fault: Fault::OutOfMemory, argument: RESULT, handle: 0 };

/// A `Fault`, the number of the argument that it is about (from 0, or `RESULT`), and the handle of that argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub(crate) fault: Fault,
    pub(crate) argument: u32,
    pub(crate) handle: u32,
}
