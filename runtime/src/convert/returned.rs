//! How a result crosses to JavaScript.

use crate::buffer::{Buffer, BufferMut};
use crate::element::Element;
use crate::fault::{Fault, RESULT, Refusal};

/// A type that an exported function may return.
///
/// `Raw` is what the wasm function returns; the generated JavaScript makes the value from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned to JavaScript",
    label = "not a type that an exported function returns",
    note = "return `()`, a number of up to 32 bits, `f64`, `bool`, `Vec<T>`, `Buffer<T>` or `BufferMut<T>`"
)]
pub trait Return {
    /// The value's form on the wasm stack.
    type Raw;

    /// Converts the value.
    ///
    /// # Errors
    ///
    /// `OutOfMemory` when no handle is left for a buffer.
    fn into_raw(self) -> Result<Self::Raw, Refusal>;
}

macro_rules! numbers {
    ($($type:ty as $raw:ty),*) => {$(
        impl Return for $type {
            type Raw = $raw;

            #[inline(always)]
            fn into_raw(self) -> Result<$raw, Refusal> {
                Ok(self as $raw)
            }
        }
    )*};
}

numbers!(
    u8 as u32,
    i8 as i32,
    u16 as u32,
    i16 as i32,
    u32 as u32,
    i32 as i32,
    bool as u32,
    f32 as f32,
    f64 as f64
);

impl Return for () {
    type Raw = ();

    #[inline(always)]
    fn into_raw(self) -> Result<(), Refusal> {
        Ok(())
    }
}

const NO_HANDLE_LEFT: Refusal = Refusal { fault: Fault::OutOfMemory, argument: RESULT, handle: 0 };

impl<T: Element> Return for Buffer<T> {
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        self.into_handle().ok_or(NO_HANDLE_LEFT)
    }
}

impl<T: Element> Return for BufferMut<T> {
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        self.into_handle().ok_or(NO_HANDLE_LEFT)
    }
}

/// A plain typed array: JavaScript copies the elements out of wasm memory, once.
impl<T: Element> Return for Vec<T> {
    /// The address of the elements; [`RETURNED`] has the rest.
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        let len = self.len();
        let (address, handle) = if size_of_val(&self[..]) <= SMALL {
            (copy_to_small(&self), 0)
        } else {
            let address = self.as_ptr().expose_provenance() as u32;
            (address, BufferMut::from(self).into_handle().ok_or(NO_HANDLE_LEFT)?)
        };
        set_returned(len as u32, handle);
        Ok(address)
    }
}

/// Up to this many bytes are copied aside so that JavaScript need not call again to free them.
const SMALL: usize = 4096;

#[repr(align(16))]
struct Small(core::cell::UnsafeCell<[u8; SMALL]>);

#[repr(C)]
struct Returned {
    len: core::cell::Cell<u32>,
    handle: core::cell::Cell<u32>,
}

// One per thread: JavaScript reads it right after the call, on the thread that made the call.
thread_local! {
    static SMALL_RESULT: Small = const { Small(core::cell::UnsafeCell::new([0; SMALL])) };
    static RETURNED: Returned = const { Returned { len: core::cell::Cell::new(0), handle: core::cell::Cell::new(0) } };
}

#[inline]
fn copy_to_small<T: Element>(elements: &[T]) -> u32 {
    SMALL_RESULT.with(|small| {
        let to = small.0.get().cast::<T>();
        // SAFETY: at most SMALL bytes (checked by the caller), aligned for every element type, and nobody else uses
        // the area while a shim returns.
        unsafe { core::ptr::copy_nonoverlapping(elements.as_ptr(), to, elements.len()) };
        to.expose_provenance() as u32
    })
}

pub(crate) fn set_returned(len: u32, handle: u32) {
    RETURNED.with(|returned| {
        returned.len.set(len);
        returned.handle.set(handle);
    });
}

/// Where JavaScript finds the length in elements, and the handle to release after copying (or 0), of the `Vec` that
/// the last call returned: two `u32`.
#[cfg(target_arch = "wasm32")]
pub(crate) fn returned_address() -> u32 {
    RETURNED.with(|returned| core::ptr::from_ref(returned).expose_provenance() as u32)
}
