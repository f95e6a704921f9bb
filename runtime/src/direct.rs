//! Calls from one module to another, without JavaScript in between. The modules share memory and allocator, so slices
//! and `Vec`s cross as they are, without a copy.
//!
//! The caller writes the arguments into an [`Exchange`] on its stack. The callee takes them out and writes the result
//! there. The layout of the exchange depends on the signature only, and the loader has compared the signatures.

use core::mem::MaybeUninit;

use crate::active_call;
use crate::buffer::{Buffer, BufferMut};
use crate::element::Element;
use crate::numbers::for_each_number;
use crate::object::{JsObject, JsRef};

/// A type that can cross from one module to another.
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
    /// How a value of the type lies in the exchange.
    type Wire: Copy;

    /// Gives the value away.
    fn lower(self) -> Self::Wire;

    /// Takes the value.
    ///
    /// # Safety
    ///
    /// `wire` came from `lower` of the same type and is taken once. What it borrows lives as long as `Self`.
    unsafe fn raise(wire: Self::Wire) -> Self;
}

macro_rules! plain {
    (clamped $type:ty) => {};
    ($kind:ident $type:ty) => {
        // SAFETY: a number has the same layout in every module, and `raise` returns it unchanged.
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
    };
}

macro_rules! numbers {
    ($($tag:literal $type:ty as $raw:ty, $kind:ident, $array:literal;)*) => {
        $(plain!($kind $type);)*
    };
}

for_each_number!(numbers);
plain!(number u128);
plain!(number i128);
plain!(number usize);
plain!(number isize);
plain!(unit());
plain!(flag bool);
plain!(character char);

/// The address and length of a slice, in elements.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Span {
    data: *mut u8,
    len: usize,
    /// The capacity of a `Vec`.
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
        // SAFETY: the parts of the slice, string or vector are put together again. Memory and allocator are the same.
        unsafe impl<'t $(, $parameter: Element)?> Direct for $type {
            type Wire = Span;

            #[inline(always)]
            fn lower(self) -> Span {
                let $value = core::mem::ManuallyDrop::new(self);
                $lower
            }

            #[inline(always)]
            unsafe fn raise($wire: Span) -> Self {
                // SAFETY: `wire` came from `lower` of this type and is taken once (the promise of `raise`).
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

// SAFETY: address, length and slot stand for one reference to the slot in every module.
unsafe impl<T: Element> Direct for Buffer<T> {
    type Wire = Pair<Span, *const ()>;

    #[inline(always)]
    fn lower(self) -> Self::Wire {
        let (data, len, slot) = self.into_parts();
        Pair(Span::new(data, len, 0), core::ptr::from_ref(slot).cast())
    }

    #[inline(always)]
    unsafe fn raise(Pair(span, slot): Self::Wire) -> Self {
        // SAFETY: the parts of such a buffer, taken once (the promise of `raise`).
        unsafe { Buffer::from_parts(span.data.cast(), span.len, slot.cast()) }
    }
}

// SAFETY: the slot, whose only owner is in one module.
unsafe impl<T: Element> Direct for BufferMut<T> {
    type Wire = *const ();

    #[inline(always)]
    fn lower(self) -> Self::Wire {
        core::ptr::from_ref(self.into_slot()).cast()
    }

    #[inline(always)]
    unsafe fn raise(slot: Self::Wire) -> Self {
        // SAFETY: the slot of such a buffer, taken once (the promise of `raise`).
        unsafe { BufferMut::from_slot(slot.cast()) }
    }
}

// SAFETY: an index of the one object table. Its reference moves with it.
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

/// One of two types, and which of them it is.
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

// SAFETY: `is_first` says which field of the union is set.
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
        // SAFETY: the first field is set. It came from `lower` and is taken once (the promise of `raise`).
        (wire.is_first != 0).then(|| unsafe { raise_first(wire) })
    }
}

/// # Safety
///
/// The first field of `wire` is set. It came from `lower` and is taken once.
#[inline(always)]
unsafe fn raise_first<T: Direct, B: Copy>(wire: Either<T::Wire, B>) -> T {
    // SAFETY: the first field is set, as the caller promises.
    let first = unsafe { wire.value.first };
    // SAFETY: it came from `lower` and is taken once, as the caller promises.
    unsafe { T::raise(first) }
}

// SAFETY: `is_first` says which field of the union is set.
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
            // SAFETY: the first field is set. It came from `lower` and is taken once (the promise of `raise`).
            return Ok(unsafe { raise_first(wire) });
        }
        // SAFETY: the second field is set.
        let error = unsafe { wire.value.second };
        // SAFETY: it came from `lower` and is taken once (the promise of `raise`).
        Err(unsafe { String::raise(error) })
    }
}

/// Two values in a row. Longer rows are pairs of pairs.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Pair<A, B>(A, B);

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        // SAFETY: each part is a `Direct`, and a pair of `repr(C)` has one layout.
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
                // SAFETY: each part came from `lower` and is taken once (the promise of `raise`).
                let $first = unsafe { $first::raise(wire.0) };
                // SAFETY: the same.
                let ($($rest,)*) = unsafe { <($($rest,)*) as Direct>::raise(wire.1) };
                ($first, $($rest,)*)
            }
        }
        tuples!($($rest)*);
    };
    () => {};
}

tuples!(A B C D E F G H I J K L);

/// Arguments and result of one call, on the caller's stack.
#[repr(C)]
struct Exchange<A: Direct, R: Direct> {
    arguments: A::Wire,
    result: MaybeUninit<R::Wire>,
}

/// Calls a function of another module.
///
/// # Safety
///
/// `function` [`answer`]s with the same types.
#[inline(always)]
pub unsafe fn ask<A: Direct, R: Direct>(function: unsafe extern "C-unwind" fn(*mut u8), arguments: A) -> R {
    let mut exchange = Exchange::<A, R> { arguments: arguments.lower(), result: MaybeUninit::uninit() };
    // SAFETY: `function` answers with these types, as the caller promises. The exchange lives until it returns.
    unsafe { function((&raw mut exchange).cast()) };
    // SAFETY: `answer` has written the result.
    let wire = unsafe { exchange.result.assume_init() };
    // SAFETY: it came from `lower`, and is taken once.
    unsafe { R::raise(wire) }
}

/// Runs a function that another module has called.
///
/// # Safety
///
/// `exchange` belongs to an [`ask`] with the same types, which is waiting.
#[inline(always)]
pub unsafe fn answer<A: Direct, R: Direct>(exchange: *mut u8, f: impl FnOnce(A) -> R) {
    crate::backend::module::check();
    let exchange = exchange.cast::<Exchange<A, R>>();
    // SAFETY: it is the exchange of an `ask` with these types, as the caller promises.
    let wire = unsafe { (*exchange).arguments };
    // SAFETY: they came from `lower` and are taken once. The caller's borrows live until this returns.
    let arguments = unsafe { A::raise(wire) };
    let result = active_call::called(|| f(arguments)).lower();
    // SAFETY: the same exchange: `ask` is still waiting.
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
#[path = "direct_tests.rs"]
mod tests;
