//! Values that Rust passes to JavaScript functions, and their results. Each value is one number, whose kind follows
//! from the type. Numbers, `bool`s and objects write nothing to memory.

use super::{JsObject, JsRef};
use crate::element::Element;
use crate::js;
use crate::numbers::for_each_number;
use crate::temporary::TemporaryBuffer;
use crate::ts::Ts;

// The kinds, as `runtime/js/calls.js` lists them. A kind has four bits, and the result's kind comes first.
pub(crate) const NUMBER: u32 = 0;
pub(crate) const UNIT: u32 = 1;
pub(crate) const BOOL: u32 = 2;
pub(crate) const OBJECT: u32 = 3;
pub(crate) const TEXT: u32 = 4;
const READ_ONLY: u32 = 5;
const MUTABLE: u32 = 6;
/// An object, or the complement of the index of an error that JavaScript throws in place of the call.
pub(super) const VALUE: u32 = 7;
/// An instance that is lent for the call.
pub const LENT: u32 = 8;
/// An instance that JavaScript gets.
pub const GIVEN: u32 = 9;

/// A value that Rust can pass to a JavaScript function: a number, `bool`, string, object, buffer or slice. A slice
/// crosses as a temporary buffer, which ends with the call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be passed to a function of JavaScript",
    label = "not a number, `bool`, string, slice or object",
    note = "convert it to a `JsObject` first"
)]
pub trait Pass: Sized {
    #[doc(hidden)]
    const KIND: u32;
    /// What stays alive while the function runs.
    #[doc(hidden)]
    type Passed;
    #[doc(hidden)]
    fn pass(self) -> Self::Passed;
    /// The number that crosses.
    #[doc(hidden)]
    fn number(passed: &Self::Passed) -> f64;
}

/// A type of a callback's parameter: as [`Pass`], for any lifetime.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a callback",
    label = "JavaScript has no such value to get",
    note = "a parameter is a number, a `bool`, a string, a slice, a buffer, an object, or any type that implements `PassAsValue`"
)]
pub trait Parameter {
    /// The type in the `.d.ts`.
    #[doc(hidden)]
    const TS: Ts;
    /// The type with another lifetime.
    #[doc(hidden)]
    type At<'a>: Pass;
}

macro_rules! numbers {
    ($($tag:literal $type:ty as $raw:ty, $kind:ident, $array:literal;)*) => {
        $(number!($kind $type);)*
    };
}

macro_rules! number {
    (wide $type:ty) => {}; // value/passed.rs: a BigInt crosses as an object
    (clamped $type:ty) => {};
    ($kind:ident $type:ty) => {
        impl Pass for $type {
            const KIND: u32 = NUMBER;
            type Passed = f64;

            #[inline(always)]
            fn pass(self) -> f64 {
                self as f64
            }

            #[inline(always)]
            fn number(passed: &f64) -> f64 {
                *passed
            }
        }

        impl Parameter for $type {
            const TS: Ts = Ts::Text("number");
            type At<'a> = $type;
        }
    };
}

for_each_number!(numbers);
number!(word usize);
number!(word isize);

impl Pass for bool {
    const KIND: u32 = BOOL;
    type Passed = bool;

    #[inline(always)]
    fn pass(self) -> bool {
        self
    }

    #[inline(always)]
    fn number(passed: &bool) -> f64 {
        f64::from(u8::from(*passed))
    }
}

impl Parameter for bool {
    const TS: Ts = Ts::Text("boolean");
    type At<'a> = bool;
}

/// The address and length of a string. JavaScript reads both.
type Place = [u32; 2];

fn place(text: &str) -> Place {
    [text.as_ptr().expose_provenance() as u32, text.len() as u32]
}

fn address(place: &Place) -> f64 {
    place.as_ptr().expose_provenance() as u32 as f64
}

impl<'t> Pass for &'t str {
    const KIND: u32 = TEXT;
    type Passed = (Place, &'t str);

    #[inline]
    fn pass(self) -> (Place, &'t str) {
        (place(self), self)
    }

    #[inline]
    fn number(passed: &(Place, &'t str)) -> f64 {
        address(&passed.0)
    }
}

impl Parameter for &str {
    const TS: Ts = Ts::Text("string");
    type At<'a> = &'a str;
}

impl Pass for String {
    const KIND: u32 = TEXT;
    type Passed = (Place, String);

    fn pass(self) -> (Place, String) {
        (place(&self), self)
    }

    fn number(passed: &(Place, String)) -> f64 {
        address(&passed.0)
    }
}

impl Parameter for String {
    const TS: Ts = Ts::Text("string");
    type At<'a> = String;
}

impl<'t, T: Element> Pass for &'t [T] {
    const KIND: u32 = READ_ONLY;
    type Passed = TemporaryBuffer<&'t [T]>;

    fn pass(self) -> TemporaryBuffer<&'t [T]> {
        TemporaryBuffer::shared(self)
    }

    fn number(passed: &TemporaryBuffer<&'t [T]>) -> f64 {
        passed.number()
    }
}

impl<T: Element> Parameter for &[T] {
    const TS: Ts = Ts::Concat(&[Ts::Text("ReadOnlyBuffer<"), T::TYPED_ARRAY, Ts::Text(">")]);
    type At<'a> = &'a [T];
}

impl<'t, T: Element> Pass for &'t mut [T] {
    const KIND: u32 = MUTABLE;
    type Passed = TemporaryBuffer<&'t mut [T]>;

    fn pass(self) -> TemporaryBuffer<&'t mut [T]> {
        TemporaryBuffer::exclusive(self)
    }

    fn number(passed: &TemporaryBuffer<&'t mut [T]>) -> f64 {
        passed.number()
    }
}

impl<T: Element> Parameter for &mut [T] {
    const TS: Ts = Ts::Concat(&[Ts::Text("MutableBuffer<"), T::TYPED_ARRAY, Ts::Text(">")]);
    type At<'a> = &'a mut [T];
}

impl<'t> Pass for &'t JsRef<'_> {
    const KIND: u32 = OBJECT;
    type Passed = (i32, core::marker::PhantomData<&'t ()>);

    #[inline(always)]
    fn pass(self) -> Self::Passed {
        (self.index(), core::marker::PhantomData)
    }

    #[inline(always)]
    fn number(passed: &Self::Passed) -> f64 {
        f64::from(passed.0)
    }
}

impl Parameter for JsRef<'_> {
    const TS: Ts = Ts::Text("any");
    type At<'a> = &'a JsRef<'a>;
}

impl<'t> Pass for &'t JsObject {
    const KIND: u32 = OBJECT;
    type Passed = &'t JsObject;

    #[inline(always)]
    fn pass(self) -> &'t JsObject {
        self
    }

    #[inline(always)]
    fn number(passed: &&'t JsObject) -> f64 {
        f64::from(passed.index())
    }
}

impl Parameter for &JsObject {
    const TS: Ts = Ts::Text("any");
    type At<'a> = &'a JsObject;
}

impl Pass for JsObject {
    const KIND: u32 = OBJECT;
    type Passed = JsObject;

    #[inline(always)]
    fn pass(self) -> JsObject {
        self
    }

    #[inline(always)]
    fn number(passed: &JsObject) -> f64 {
        f64::from(passed.index())
    }
}

impl Parameter for JsObject {
    const TS: Ts = Ts::Text("any");
    type At<'a> = JsObject;
}

/// Arguments for a JavaScript function: a tuple of up to twelve values that implement [`Pass`].
pub trait PassAll {
    /// Calls `function` on `this`. `result` is the kind of the result, to which the kinds of the arguments are added.
    #[doc(hidden)]
    fn call(self, function: i32, this: i32, result: u32) -> f64;
}

/// The types of a callback's parameters: a tuple of up to twelve.
pub trait Parameters {
    /// The parameters in the `.d.ts`: `(a: number, b: string)`.
    #[doc(hidden)]
    const TS: Ts;
    /// The tuple with another lifetime.
    #[doc(hidden)]
    type At<'a>: PassAll;
}

macro_rules! tuples {
    ($($call:ident($($name:ident $js:literal $bits:literal),*);)*) => {$(
        impl<$($name: Pass),*> PassAll for ($($name,)*) {
            #[inline(always)]
            #[allow(non_snake_case)]
            fn call(self, function: i32, this: i32, result: u32) -> f64 {
                let ($($name,)*) = self;
                $(let $name = (core::marker::PhantomData::<$name>, $name.pass());)*
                let kinds = result $(| kind(&$name.0) << $bits)*;
                js::$call(function, this, kinds, $(number(&$name)),*)
            }
        }

        impl<$($name: Parameter),*> Parameters for ($($name,)*) {
            const TS: Ts = Ts::Concat(&[
                Ts::Text("("),
                $(Ts::Text($js), $name::TS,)*
                Ts::Text(")"),
            ]);
            type At<'a> = ($($name::At<'a>,)*);
        }
    )*};
}

#[inline(always)]
fn kind<T: Pass>(_: &core::marker::PhantomData<T>) -> u32 {
    T::KIND
}

#[inline(always)]
fn number<T: Pass>(passed: &(core::marker::PhantomData<T>, T::Passed)) -> f64 {
    T::number(&passed.1)
}

tuples! {
    call0();
    call1(A "a: " 4);
    call2(A "a: " 4, B ", b: " 8);
    call3(A "a: " 4, B ", b: " 8, C ", c: " 12);
    call4(A "a: " 4, B ", b: " 8, C ", c: " 12, D ", d: " 16);
    call5(A "a: " 4, B ", b: " 8, C ", c: " 12, D ", d: " 16, E ", e: " 20);
    call6(A "a: " 4, B ", b: " 8, C ", c: " 12, D ", d: " 16, E ", e: " 20, F ", f: " 24);
}

/// Longer lists of parameters cross by memory: the kind and the number of each.
macro_rules! long_tuples {
    ($($length:literal $($name:ident $js:literal)*;)*) => {$(
        impl<$($name: Pass),*> PassAll for ($($name,)*) {
            #[allow(non_snake_case)]
            fn call(self, function: i32, this: i32, result: u32) -> f64 {
                let ($($name,)*) = self;
                $(let $name = (core::marker::PhantomData::<$name>, $name.pass());)*
                let numbers: [[f64; 2]; $length] = [$([f64::from(kind(&$name.0)), number(&$name)]),*];
                let address = numbers.as_ptr().expose_provenance() as u32;
                js::call_many(function, this, result, $length, address)
            }
        }

        impl<$($name: Parameter),*> Parameters for ($($name,)*) {
            const TS: Ts = Ts::Concat(&[Ts::Text("("), $(Ts::Text($js), $name::TS,)* Ts::Text(")")]);
            type At<'a> = ($($name::At<'a>,)*);
        }
    )*};
}

long_tuples! {
    7 A "a: " B ", b: " C ", c: " D ", d: " E ", e: " F ", f: " G ", g: ";
    8 A "a: " B ", b: " C ", c: " D ", d: " E ", e: " F ", f: " G ", g: " H ", h: ";
    9 A "a: " B ", b: " C ", c: " D ", d: " E ", e: " F ", f: " G ", g: " H ", h: " I ", i: ";
    10 A "a: " B ", b: " C ", c: " D ", d: " E ", e: " F ", f: " G ", g: " H ", h: " I ", i: " J ", j: ";
    11 A "a: " B ", b: " C ", c: " D ", d: " E ", e: " F ", f: " G ", g: " H ", h: " I ", i: " J ", j: " K ", k: ";
    12 A "a: " B ", b: " C ", c: " D ", d: " E ", e: " F ", f: " G ", g: " H ", h: " I ", i: " J ", j: " K ", k: " L ", l: ";
}
