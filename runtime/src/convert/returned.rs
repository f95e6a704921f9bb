//! Results on their way to JavaScript.

use std::borrow::Cow;

use super::scalar::{NO_SMALL, NO_WORD};
use crate::buffer::{Buffer, BufferMut};
use crate::element::Element;
use crate::fault::{NO_HANDLE_LEFT, Refusal};
use crate::numbers::for_each_number;

/// A type that an exported function may return.
///
/// The wasm function returns `Raw`, and the generated JavaScript makes the value from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned to JavaScript",
    label = "not a type that an exported function returns",
    note = "return a number, a string, `Vec<T>`, `Buffer<T>`, or a type that implements `IntoJs`"
)]
pub trait Return {
    /// The type that the wasm function returns.
    type Raw: Default;

    /// Converts the value.
    ///
    /// # Errors
    ///
    /// `OutOfMemory` if no handle is left for a buffer.
    fn into_raw(self) -> Result<Self::Raw, Refusal>;
}

macro_rules! numbers {
    ($($tag:literal $type:ty as $raw:ty, $kind:ident, $array:literal;)*) => {
        $(number!($kind $type as $raw);)*
    };
}

/// `Return` for a number and for its `Option`, by its kind in `for_each_number!`.
macro_rules! number {
    // `None` is a number too large for the type.
    (small $type:ty as $raw:ty) => {
        number!(plain $type as $raw);

        impl Return for Option<$type> {
            type Raw = $raw;

            #[inline(always)]
            fn into_raw(self) -> Result<$raw, Refusal> {
                Ok(self.map_or(NO_SMALL as $raw, |value| value as $raw))
            }
        }
    };
    // `None` is an `f64` that is no value of the type.
    (word $type:ty as $raw:ty) => {
        number!(plain $type as $raw);

        impl Return for Option<$type> {
            type Raw = f64;

            #[inline(always)]
            fn into_raw(self) -> Result<f64, Refusal> {
                Ok(self.map_or(NO_WORD, |value| value as f64))
            }
        }
    };
    (single $type:ty as $raw:ty) => {
        number!(word $type as $raw);
    };
    (wide $type:ty as $raw:ty) => {
        number!(double $type as $raw);
    };
    (double $type:ty as $raw:ty) => {
        number!(plain $type as $raw);
        number!(flagged $type);
    };
    (clamped $type:ty as $raw:ty) => {};
    (plain $type:ty as $raw:ty) => {
        impl Return for $type {
            type Raw = $raw;

            #[inline(always)]
            fn into_raw(self) -> Result<$raw, Refusal> {
                Ok(self as $raw)
            }
        }
    };
    // The `len` of `RETURNED` says whether there is a value.
    (flagged $type:ty) => {
        impl Return for Option<$type> {
            type Raw = <$type as Return>::Raw;

            #[inline]
            fn into_raw(self) -> Result<Self::Raw, Refusal> {
                set_returned(u32::from(self.is_some()), 0);
                self.unwrap_or_default().into_raw()
            }
        }
    };
    (of_128_bits $type:ty) => {
        impl Return for $type {
            /// The lower half. `RETURNED` has the upper half.
            type Raw = u64;

            #[inline]
            fn into_raw(self) -> Result<u64, Refusal> {
                set_high((self >> 64) as u64);
                Ok(self as u64)
            }
        }

        number!(flagged $type);
    };
}

for_each_number!(numbers);
number!(word usize as u32);
number!(word isize as i32);
number!(small bool as u32);
number!(small char as u32);
number!(of_128_bits u128);
number!(of_128_bits i128);

/// `None` is 0, which is neither a handle nor an address.
macro_rules! zero_options {
    ($($type:ty $(where $parameter:ident)?),*) => {$(
        impl $(<$parameter: Element>)? Return for Option<$type> {
            type Raw = u32;

            #[inline]
            fn into_raw(self) -> Result<u32, Refusal> {
                self.map_or(Ok(0), Return::into_raw)
            }
        }
    )*};
}

zero_options!(
    Vec<T> where T,
    Buffer<T> where T,
    BufferMut<T> where T,
    String,
    Box<str>,
    Cow<'static, str>,
    &'static str
);

impl Return for String {
    /// The address of the bytes. `RETURNED` has the length and the handle.
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        // The shims of strings do not look for refusals: they are too rare to ask for after each call.
        self.into_bytes().into_raw().or_else(|_| crate::memory::out_of_memory("the result"))
    }
}

impl Return for Box<str> {
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        self.into_string().into_raw()
    }
}

/// JavaScript decodes it in place.
impl Return for &'static str {
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        set_returned(self.len() as u32, 0);
        Ok(self.as_ptr().expose_provenance() as u32)
    }
}

impl Return for Cow<'static, str> {
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        match self {
            Cow::Borrowed(text) => text.into_raw(),
            Cow::Owned(text) => text.into_raw(),
        }
    }
}

impl Return for crate::JsObject {
    /// The index, and whether JavaScript frees its place.
    type Raw = u32;

    #[inline(always)]
    fn into_raw(self) -> Result<u32, Refusal> {
        Ok(self.into_result())
    }
}

impl Return for Option<crate::JsObject> {
    /// `None` is 0, the index of `undefined`.
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        self.map_or(Ok(0), Return::into_raw)
    }
}

impl Return for () {
    type Raw = ();

    #[inline(always)]
    fn into_raw(self) -> Result<(), Refusal> {
        Ok(())
    }
}

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
        Ok(self.into_handle())
    }
}

/// A plain typed array. JavaScript copies the elements out of wasm memory, once.
impl<T: Element> Return for Vec<T> {
    /// The address of the elements. `RETURNED` has the length and the handle.
    type Raw = u32;

    #[inline]
    fn into_raw(self) -> Result<u32, Refusal> {
        let len = self.len();
        let (address, handle) = if size_of_val(&self[..]) <= SMALL && align_of::<T>() <= align_of::<Small>() {
            (copy_to_small(&self), 0)
        } else {
            let address = self.as_ptr().expose_provenance() as u32;
            (address, BufferMut::try_from_vec(self).map_err(|_| NO_HANDLE_LEFT)?.into_handle())
        };
        set_returned(len as u32, handle);
        Ok(address)
    }
}

/// Up to this many bytes are copied aside, so that JavaScript needs no second call to free them.
const SMALL: usize = 4096;

#[repr(align(16))]
struct Small(core::cell::UnsafeCell<[u8; SMALL]>);

/// The parts of a result that do not fit into the one result of a wasm function.
#[repr(C, align(8))]
pub(crate) struct Returned {
    /// A length in elements or bytes, or whether there is a value at all.
    len: core::cell::Cell<u32>,
    /// The handle to free after copying, or 0.
    handle: core::cell::Cell<u32>,
    /// The upper half of a number of 128 bits.
    high: core::cell::Cell<u64>,
}

// For each thread: JavaScript reads it right after the call, on the thread of the call.
thread_local! {
    static SMALL_RESULT: Small = const { Small(core::cell::UnsafeCell::new([0; SMALL])) };
}
crate::host_static! {
    thread_local static RETURNED: Returned = const {
        Returned { len: core::cell::Cell::new(0), handle: core::cell::Cell::new(0), high: core::cell::Cell::new(0) }
    };
}

#[inline]
fn copy_to_small<T: Element>(elements: &[T]) -> u32 {
    SMALL_RESULT.with(|small| {
        let to = small.0.get().cast::<T>();
        // SAFETY: at most SMALL bytes, and aligned for the type (the caller has checked both). Nobody else uses this
        // memory while a shim returns.
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

fn set_high(high: u64) {
    RETURNED.with(|returned| returned.high.set(high));
}

/// The address of `RETURNED`: two `u32`, the length and the handle, and then the upper half of a number of 128
/// bits.
pub(crate) fn returned_address() -> u32 {
    RETURNED.with(|returned| core::ptr::from_ref(returned).expose_provenance() as u32)
}
