//! A plugin with a function of each kind.

#![allow(missing_docs)]

use std::cell::RefCell;

use wasm_lend::{
    Buffer, BufferMut, Callback, Exception, ExportedClosure, FromJs, IntoJs, JsObject, JsRef, export,
    export_closure,
};

static CONSTANT: &str = "a constant of the probe's";
static BYTES: [u8; 4] = [1, 2, 3, 4];

thread_local! {
    static COUNT: RefCell<u32> = const { RefCell::new(0) };
    static KEPT: RefCell<Option<Buffer<u8>>> = const { RefCell::new(None) };
    static HELD: RefCell<Option<JsObject>> = const { RefCell::new(None) };
}

#[derive(Debug)]
pub struct Odd(u32);

impl std::fmt::Display for Odd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is odd", self.0)
    }
}

impl std::error::Error for Odd {}

#[export]
mod scalars {
    #[lend(variadic)]
    pub fn add_all(first: u32, rest: &[u32]) -> u32 {
        rest.iter().fold(first, |sum, number| sum + number)
    }

    pub fn add(a: u32, b: u32) -> u32 {
        a + b
    }

    pub fn wide(a: u64, b: i128) -> i128 {
        i128::from(a) * b
    }

    pub fn flip(value: bool) -> bool {
        !value
    }

    pub fn next(letter: char) -> char {
        char::from_u32(letter as u32 + 1).unwrap_or('?')
    }

    pub fn half(value: Option<f64>) -> Option<f64> {
        value.map(|value| value / 2.0)
    }
}

/// How fast it goes.
#[export]
#[derive(Clone, Copy)]
pub enum Pace {
    Fast = -1,
    Slow = 10,
}

#[export]
impl Pace {
    pub fn other(self) -> Self {
        match self {
            Pace::Fast => Pace::Slow,
            Pace::Slow => Pace::Fast,
        }
    }
}

#[derive(FromJs, IntoJs)]
pub struct Extent {
    width: f64,
    height: Option<f64>,
}

#[derive(FromJs, IntoJs)]
pub enum Figure {
    Circle { radius: f64 },
    Square(Extent),
    Nothing,
}

#[export]
mod data {
    use super::*;

    pub fn same_pace(pace: Pace) -> Pace {
        pace
    }

    pub fn ask_pace(ask: Callback<'_, (Pace,), Pace>) -> Result<Pace, Exception> {
        ask.call((Pace::Slow,))
    }

    pub fn same_figures(figures: Vec<Figure>) -> Vec<Figure> {
        figures
    }
}

#[export]
mod texts {
    use super::*;

    pub fn greet(name: &str) -> String {
        format!("Hello, {name}!")
    }

    pub fn length(text: String) -> usize {
        text.len()
    }

    pub fn constant() -> &'static str {
        CONSTANT
    }

    pub fn constant_length(more: u32) -> u32 {
        CONSTANT.len() as u32 + more
    }

    pub fn constant_address() -> u32 {
        CONSTANT.as_ptr().addr() as u32
    }
}

#[export]
mod buffers {
    use super::*;

    pub fn sum(values: &[f32]) -> f32 {
        values.iter().sum()
    }

    pub fn address_and_length(values: &[u8]) -> u32 {
        values.as_ptr().addr() as u32 ^ values.len() as u32
    }

    pub fn scale(values: &mut [f32], factor: f32) {
        values.iter_mut().for_each(|value| *value *= factor);
    }

    pub fn make(len: u32, value: f32) -> BufferMut<f32> {
        vec![value; len as usize].into()
    }

    pub fn copied(values: Vec<u8>) -> Vec<u8> {
        values.into_iter().rev().collect()
    }

    pub fn keep(bytes: Buffer<u8>) {
        KEPT.set(Some(bytes));
    }

    pub fn kept() -> Option<Buffer<u8>> {
        KEPT.take()
    }

    /// A buffer over the static data of the plugin.
    pub fn of_data() -> Buffer<u8> {
        Buffer::from_owner(&BYTES[..])
    }

    pub fn freeze(bytes: BufferMut<u8>) -> Buffer<u8> {
        bytes.freeze()
    }

    /// Grows memory by this many pages.
    pub fn grow(pages: u32) -> BufferMut<u8> {
        BufferMut::zeroed(pages as usize * 65536)
    }
}

#[export]
mod objects {
    use super::*;

    pub fn name_of(value: JsRef<'_>) -> Result<String, Exception> {
        value.get("name")?.to_text()
    }

    pub fn hold(value: JsObject) {
        HELD.set(Some(value));
    }

    pub fn held() -> Option<JsObject> {
        HELD.take()
    }

    pub fn apply(f: Callback<'_, (f64, String), f64>, value: f64) -> Result<f64, Exception> {
        f.call((value, "text".to_owned()))
    }

    pub fn visit(f: Callback<'_, (&mut [f32],)>) -> Result<f32, Exception> {
        let mut values = [1.0, 2.0];
        f.call((&mut values,))?;
        Ok(values.iter().sum())
    }

    pub fn multiplier(factor: f64) -> ExportedClosure {
        export_closure(move |value: f64, text: Option<String>| (value * factor, text))
    }

    pub fn joined(words: Vec<String>, more: [u32; 2], last: (bool, f64)) -> String {
        format!("{} {more:?} {last:?}", words.join("+"))
    }

    pub fn lists(count: u32) -> Vec<String> {
        (0..count).map(|n| n.to_string()).collect()
    }

    pub fn even(number: u32) -> Result<u32, Odd> {
        if number & 1 == 0 { Ok(number) } else { Err(Odd(number)) }
    }
}

/// A class of a plugin.
#[export]
pub struct Counter {
    pub count: u32,
    seen: Vec<f32>,
}

#[export]
impl Counter {
    pub fn new(start: u32) -> Self {
        Counter { count: start, seen: Vec::new() }
    }

    pub fn add(&mut self, value: f32) -> u32 {
        self.seen.push(value);
        self.count += 1;
        self.count
    }

    /// A property of the class.
    #[lend(getter)]
    pub fn unit() -> String {
        "events".to_owned()
    }

    pub fn seen(&self) -> &[f32] {
        &self.seen
    }

    pub fn trap(&mut self) {
        panic!("in the middle of a method");
    }
}

#[export]
mod faults {
    use super::*;

    pub fn count() -> u32 {
        COUNT.with_borrow_mut(|count| {
            *count += 1;
            *count
        })
    }

    pub fn panic(message: &str) {
        panic!("{message}");
    }

    /// A trap without a panic.
    pub fn trap(values: &mut [f32]) -> u32 {
        values[0] = 1.0;
        #[cfg(target_arch = "wasm32")]
        core::arch::wasm32::unreachable();
        #[cfg(not(target_arch = "wasm32"))]
        0
    }

    /// A function of numbers, whose shim has no `try` block.
    pub fn trap_with(number: u32) -> u32 {
        number / number.wrapping_sub(number).max(std::hint::black_box(0))
    }

    #[allow(unconditional_recursion)]
    pub fn overflow(depth: u32) -> u32 {
        let memory = std::hint::black_box([depth as u8; 1024]);
        overflow(depth + 1) + u32::from(std::hint::black_box(memory)[7])
    }

    /// Passes a temporary buffer to a function, which may trap in another module.
    pub fn lend_and_call(f: Callback<'_, (&[f32],)>) -> Result<(), Exception> {
        let memory = std::hint::black_box([1.0; 300]);
        f.call((&memory,))
    }

    /// Addresses of its stack, its data and its functions.
    pub fn places() -> Vec<u32> {
        let local = 0_u8;
        vec![
            std::hint::black_box(&raw const local).addr() as u32,
            CONSTANT.as_ptr().addr() as u32,
            places as *const () as usize as u32,
        ]
    }
}
