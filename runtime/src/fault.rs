//! Why a call was refused, and how that becomes a JavaScript exception.

/// Why the runtime refused an argument or a result; each is one `code` of JavaScript's `LendError`.
///
/// The numbers are the wire format: `runtime/js/faults.js` lists them in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[repr(u32)]
pub enum Fault {
    /// `ERR_LEND_MOVED`: no buffer has this handle any more. JavaScript forgets the handles it frees, so this one was
    /// moved into Rust by a call that is still running.
    #[error("the handle names no live buffer")]
    Stale = 0,
    /// `ERR_LEND_TYPE`: the buffer has another element type, or is read-only where a mutable one is needed.
    #[error("the buffer has another element type or mutability")]
    Type = 1,
    /// `ERR_LEND_BORROWED`: a call that is still running holds the buffer.
    #[error("the buffer is borrowed by a call that is still running")]
    Borrowed = 2,
    /// `ERR_LEND_ALIASED`: two arguments of one call are the same buffer, and one of them is exclusive.
    #[error("two arguments of one call are the same buffer, and one of them needs it exclusively")]
    Aliased = 3,
    /// `ERR_LEND_OOM`: no memory, or no handle, is left.
    #[error("no memory or no handle is left")]
    OutOfMemory = 4,
}

/// The number in place of an argument's index when it was the result that failed.
pub const RESULT: u32 = u32::MAX;

/// A [`Fault`], the argument that met it (counted from 0, or [`RESULT`]), and that argument's handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub(crate) fault: Fault,
    pub(crate) argument: u32,
    pub(crate) handle: u32,
}

impl Refusal {
    /// Throws a `LendError` that names `function`, the argument and what was expected of it.
    ///
    /// Called as the last act of a shim, when no guard and no other destructor is pending: nothing of this stack
    /// frame runs after it.
    #[cold]
    #[inline(never)]
    pub(crate) fn throw(self, function: &str, handles: &[u32]) -> ! {
        let earlier = handles.get(..self.argument as usize).unwrap_or(&[]);
        let fault = match self.fault {
            Fault::Borrowed if crate::table::any_shares_base(earlier, self.handle) => Fault::Aliased,
            fault => fault,
        };
        crate::js::refuse(function, self.argument, fault as u32, self.handle)
    }
}
