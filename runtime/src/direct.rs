//! Calls from one module into another, without JavaScript between them: they share memory, so a slice is a slice and a `Vec` a
//! `Vec`, and nothing is copied.
//!
//! The caller writes the arguments into a record on the stack, the callee takes them out and writes the result there. What the
//! record looks like depends on the signature alone; the loader has compared the signatures.

use core::mem::MaybeUninit;

use crate::buffer::{Buffer, BufferMut};
use crate::element::Element;
use crate::frame;
use crate::object::{JsObject, JsRef};

/// A type that another module takes or gives.
///
/// # Safety
///
/// `Wire` has one layout in every module, and `raise` undoes `lower`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross from one module into another",
    label = "not a type that modules exchange",
    note = "a number, `bool`, `char`, string, slice, `Vec`, buffer, `JsRef` or `JsObject` crosses, an `Option` of one, and a `Result` of one with a `String` as its error"
)]
pub unsafe trait Direct: Sized {
    /// The form in the record.
    type Wire: Copy;

    /// Gives it away.
    fn lower(self) -> Self::Wire;

    /// Takes it.
    ///
    /// # Safety
    ///
    /// `wire` came from `lower` of the same type, is taken once, and what it borrows lives as long as `Self`.
    unsafe fn raise(wire: Self::Wire) -> Self;
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        // SAFETY: itself.
        unsafe impl Direct for $type {
            type Wire = $type;

            #[inline(always)]
            fn lower(self) -> $type {
                self
            }

            #[inline(always)]
            unsafe fn raise(wire: $type) -> $type {
                wire
            }
        }
    )*};
}

plain!((), u8, i8, u16, i16, u32, i32, u64, i64, u128, i128, usize, isize, f32, f64, bool, char);

/// Address and length of a slice, in elements.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Span {
    data: *mut u8,
    len: usize,
    /// Of a `Vec`.
    capacity: usize,
}

impl Span {
    #[inline(always)]
    fn new<T>(data: *const T, len: usize, capacity: usize) -> Self {
        Span { data: data.cast_mut().cast(), len, capacity }
    }
}

macro_rules! spans {
    ($($(for $parameter:ident)? { $type:ty, $value:ident => $lower:expr, $wire:ident => $raise:expr })*) => {$(
        // SAFETY: the parts of the slice, string or vector, put together again; memory and allocator are the same.
        unsafe impl<'t $(, $parameter: Element)?> Direct for $type {
            type Wire = Span;

            #[inline(always)]
            fn lower(self) -> Span {
                let $value = core::mem::ManuallyDrop::new(self);
                $lower
            }

            #[inline(always)]
            unsafe fn raise($wire: Span) -> Self {
                // SAFETY: the caller's promise.
                unsafe { $raise }
            }
        }
    )*};
}

spans! {
    for T { &'t [T], it => Span::new(it.as_ptr(), it.len(), 0), wire => core::slice::from_raw_parts(wire.data.cast(), wire.len) }
    for T {
        &'t mut [T],
        it => Span::new(it.as_ptr(), it.len(), 0),
        wire => core::slice::from_raw_parts_mut(wire.data.cast(), wire.len)
    }
    for T {
        Vec<T>,
        it => Span::new(it.as_ptr(), it.len(), it.capacity()),
        wire => Vec::from_raw_parts(wire.data.cast(), wire.len, wire.capacity)
    }
    {
        &'t str,
        it => Span::new(it.as_ptr(), it.len(), 0),
        wire => core::str::from_utf8_unchecked(<&[u8]>::raise(wire))
    }
    {
        String,
        it => Span::new(it.as_ptr(), it.len(), it.capacity()),
        wire => String::from_raw_parts(wire.data, wire.len, wire.capacity)
    }
}

// SAFETY: address, length and slot, which stand for one count of the slot in every module.
unsafe impl<T: Element> Direct for Buffer<T> {
    type Wire = Pair<Span, *const ()>;

    #[inline(always)]
    fn lower(self) -> Self::Wire {
        let (data, len, slot) = self.into_parts();
        Pair(Span::new(data, len, 0), core::ptr::from_ref(slot).cast())
    }

    #[inline(always)]
    unsafe fn raise(Pair(span, slot): Self::Wire) -> Self {
        // SAFETY: the parts of such a buffer (the caller's promise).
        unsafe { Buffer::from_parts(span.data.cast(), span.len, slot.cast()) }
    }
}

// SAFETY: the slot, of which one module has the only owner.
unsafe impl<T: Element> Direct for BufferMut<T> {
    type Wire = *const ();

    #[inline(always)]
    fn lower(self) -> Self::Wire {
        core::ptr::from_ref(self.into_slot()).cast()
    }

    #[inline(always)]
    unsafe fn raise(slot: Self::Wire) -> Self {
        // SAFETY: the slot of such a buffer (the caller's promise).
        unsafe { BufferMut::from_slot(slot.cast()) }
    }
}

// SAFETY: an index of the one object table; its count goes along.
unsafe impl Direct for JsObject {
    type Wire = i32;

    #[inline(always)]
    fn lower(self) -> i32 {
        let index = self.index();
        core::mem::forget(self);
        index
    }

    #[inline(always)]
    unsafe fn raise(index: i32) -> Self {
        JsObject::from_counted(index)
    }
}

// SAFETY: an index of the one object table.
unsafe impl Direct for JsRef<'_> {
    type Wire = i32;

    #[inline(always)]
    fn lower(self) -> i32 {
        self.index()
    }

    #[inline(always)]
    unsafe fn raise(index: i32) -> Self {
        JsRef::new(index)
    }
}

/// Which of two, and it.
#[repr(C)]
pub struct Either<A: Copy, B: Copy> {
    is_first: u32,
    value: Both<A, B>,
}

#[repr(C)]
union Both<A: Copy, B: Copy> {
    first: A,
    second: B,
}

impl<A: Copy, B: Copy> Clone for Either<A, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Copy, B: Copy> Copy for Either<A, B> {}

impl<A: Copy, B: Copy> Clone for Both<A, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Copy, B: Copy> Copy for Both<A, B> {}

// SAFETY: `is_first` says which of the two the union has.
unsafe impl<T: Direct> Direct for Option<T> {
    type Wire = Either<T::Wire, ()>;

    #[inline(always)]
    fn lower(self) -> Self::Wire {
        match self {
            Some(value) => Either { is_first: 1, value: Both { first: value.lower() } },
            None => Either { is_first: 0, value: Both { second: () } },
        }
    }

    #[inline(always)]
    unsafe fn raise(wire: Self::Wire) -> Self {
        // SAFETY: it is the first, and the caller's promise.
        (wire.is_first != 0).then(|| unsafe { raise_first(wire) })
    }
}

/// # Safety
///
/// `wire` has a first, which came from `lower` and is taken once.
#[inline(always)]
unsafe fn raise_first<T: Direct, B: Copy>(wire: Either<T::Wire, B>) -> T {
    // SAFETY: the caller's promise.
    let first = unsafe { wire.value.first };
    // SAFETY: the caller's promise.
    unsafe { T::raise(first) }
}

// SAFETY: `is_first` says which of the two the union has.
unsafe impl<T: Direct> Direct for Result<T, String> {
    type Wire = Either<T::Wire, Span>;

    #[inline(always)]
    fn lower(self) -> Self::Wire {
        match self {
            Ok(value) => Either { is_first: 1, value: Both { first: value.lower() } },
            Err(error) => Either { is_first: 0, value: Both { second: error.lower() } },
        }
    }

    #[inline(always)]
    unsafe fn raise(wire: Self::Wire) -> Self {
        if wire.is_first != 0 {
            // SAFETY: it is the first, and the caller's promise.
            return Ok(unsafe { raise_first(wire) });
        }
        // SAFETY: it is the second.
        let error = unsafe { wire.value.second };
        // SAFETY: the caller's promise.
        Err(unsafe { String::raise(error) })
    }
}

/// Two in a row; more are pairs of pairs.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Pair<A, B>(A, B);

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        // SAFETY: one after the other.
        unsafe impl<$first: Direct, $($rest: Direct),*> Direct for ($first, $($rest,)*) {
            type Wire = Pair<$first::Wire, <($($rest,)*) as Direct>::Wire>;

            #[inline(always)]
            #[allow(non_snake_case)]
            fn lower(self) -> Self::Wire {
                let ($first, $($rest,)*) = self;
                Pair($first.lower(), ($($rest,)*).lower())
            }

            #[inline(always)]
            #[allow(non_snake_case, unused_variables)]
            unsafe fn raise(wire: Self::Wire) -> Self {
                // SAFETY: the caller's promise.
                let $first = unsafe { $first::raise(wire.0) };
                // SAFETY: the caller's promise.
                let ($($rest,)*) = unsafe { <($($rest,)*) as Direct>::raise(wire.1) };
                ($first, $($rest,)*)
            }
        }
        tuples!($($rest)*);
    };
    () => {};
}

tuples!(A B C D E F G H I J K L);

/// What lies on the caller's stack.
#[repr(C)]
struct Exchange<A: Direct, R: Direct> {
    arguments: A::Wire,
    result: MaybeUninit<R::Wire>,
}

/// Calls a function of another module.
///
/// # Safety
///
/// `function` is one that [`answer`]s with these types.
#[inline(always)]
pub unsafe fn ask<A: Direct, R: Direct>(function: unsafe extern "C-unwind" fn(*mut u8), arguments: A) -> R {
    let mut exchange = Exchange::<A, R> { arguments: arguments.lower(), result: MaybeUninit::uninit() };
    // SAFETY: the caller's promise; the record lives until it returns.
    unsafe { function((&raw mut exchange).cast()) };
    // SAFETY: `answer` has written it.
    let wire = unsafe { exchange.result.assume_init() };
    // SAFETY: of `lower`, and taken once.
    unsafe { R::raise(wire) }
}

/// Runs a function that another module has called.
///
/// # Safety
///
/// `exchange` is the record of an [`ask`] with these types, which is waiting.
#[inline(always)]
pub unsafe fn answer<A: Direct, R: Direct>(exchange: *mut u8, f: impl FnOnce(A) -> R) {
    #[cfg(feature = "plugin")]
    crate::plugin::check();
    let exchange = exchange.cast::<Exchange<A, R>>();
    // SAFETY: the caller's promise.
    let wire = unsafe { (*exchange).arguments };
    // SAFETY: of `lower`, taken once; the caller's borrows live until this returns.
    let arguments = unsafe { A::raise(wire) };
    let result = frame::called(|| f(arguments)).lower();
    // SAFETY: the caller's promise.
    let place = unsafe { &raw mut (*exchange).result };
    // SAFETY: the same.
    unsafe { place.write(MaybeUninit::new(result)) };
}

/// The message of an error that a function returns to another module.
#[cold]
pub fn message(error: crate::JsValue) -> String {
    let object = JsObject::from(error);
    let text = |value: &JsRef<'_>| value.get("message").ok().and_then(|message| message.as_string());
    object.as_string().or_else(|| text(&object)).unwrap_or_else(|| object.describe())
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    /// Calls itself as another module would.
    macro_rules! through {
        (($($argument:expr),*) as |($($name:ident),*): ($($type:ty,)*)| -> $result:ty $body:block) => {{
            extern "C-unwind" fn exported(exchange: *mut u8) {
                // SAFETY: asked with these types, just below.
                unsafe { answer(exchange, |($($name,)*): ($($type,)*)| -> $result { $body }) }
            }
            let arguments: ($($type,)*) = ($($argument,)*);
            // SAFETY: it answers with these types.
            let result: $result = unsafe { ask(exported, arguments) };
            result
        }};
    }

    #[test]
    fn numbers_cross_as_they_are() {
        let sum = through!((1_u8, -2_i64, u128::MAX, 0.5_f32, true, 'x') as |(a, b, c, d, e, f): (u8, i64, u128, f32, bool, char,)| -> String {
            format!("{a} {b} {c} {d} {e} {f}")
        });
        assert_eq!(sum, format!("1 -2 {} 0.5 true x", u128::MAX));
    }

    #[test]
    fn slices_are_the_same_memory() {
        let mut values = [1.0_f32, 2.0];
        let address = values.as_ptr().addr();
        let other = through!((&mut values[..], "text") as |(values, text): (&mut [f32], &str,)| -> (usize, usize) {
            values[1] = 9.0;
            (values.as_ptr().addr(), text.len())
        });
        assert_eq!((other, values[1]), ((address, 4), 9.0));
    }

    #[test]
    fn owners_change_hands() {
        let text = String::from("a text of its own");
        let list = vec![1_u32, 2, 3];
        let before = (text.as_ptr(), list.as_ptr());
        let (text, list) = through!((text, list) as |(text, list): (String, Vec<u32>,)| -> (String, Vec<u32>) { (text, list) });
        assert_eq!((text.as_ptr(), list.as_ptr()), before);
        assert_eq!((text.as_str(), &list[..]), ("a text of its own", &[1, 2, 3][..]));
    }

    #[test]
    fn buffers_keep_slot_and_count() {
        let buffer = Buffer::from(vec![1_u16, 2, 3]);
        let (part, address) = (buffer.slice(1..), buffer.as_ptr());
        let same = through!((buffer.clone(), part) as |(whole, part): (Buffer<u16>, Buffer<u16>,)| -> Buffer<u16> {
            assert_eq!(part[..], whole[1..]);
            whole
        });
        assert_eq!((same.as_ptr(), &same[..]), (address, &[1, 2, 3][..]));
        drop(buffer);
        let list = same.into_vec();
        assert_eq!(list.as_ptr(), address, "the only holder now, so nothing is copied");
        let mut bytes = BufferMut::from(vec![7_u8; 4]);
        bytes[0] = 1;
        let bytes = through!((bytes) as |(bytes): (BufferMut<u8>,)| -> BufferMut<u8> { bytes });
        assert_eq!(bytes[..], [1, 7, 7, 7]);
    }

    #[test]
    fn what_may_be_absent_or_fail() {
        let both = |value: Option<&str>| {
            through!((value) as |(value): (Option<&str>,)| -> Result<Vec<u8>, String> {
                value.map(|text| text.as_bytes().to_vec()).ok_or_else(|| "nothing came".to_owned())
            })
        };
        assert_eq!(both(Some("ab")), Ok(b"ab".to_vec()));
        assert_eq!(both(None), Err("nothing came".to_owned()));
        let none = through!(() as |(): ()| -> Option<u64> { None });
        assert_eq!(none, None);
    }

    #[test]
    fn a_function_without_anything() {
        through!(() as |(): ()| -> () {});
    }
}
