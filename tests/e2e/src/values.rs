//! Arguments and results that are passed as JavaScript values, and results that may fail.

use std::fmt;

use js_sys::{Array, Date, Function};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::{Buffer, BufferMut, ConversionError, FromJs, IntoJs, JsValue, Serde, Ts, export};

/// Any value, by value.
#[export]
pub fn echo_value(value: JsValue) -> JsValue {
    value
}

/// Any value, by reference.
#[export]
pub fn kind_of(value: &JsValue) -> String {
    value.js_typeof().as_string().unwrap_or_default()
}

/// The year of a date.
#[export]
pub fn year_of(date: &Date) -> u32 {
    date.get_full_year()
}

/// The year of an optional date.
#[export]
pub fn year_of_maybe(date: Option<&Date>) -> Option<u32> {
    date.map(Date::get_full_year)
}

/// The date one year later.
#[export]
pub fn year_later(date: Date) -> Date {
    date.set_full_year(date.get_full_year() + 1);
    date
}

/// The host of a URL, which is a class of web-sys.
#[export]
pub fn host_of(url: &web_sys::Url) -> String {
    url.host()
}

/// The longest of the URLs, or the second argument if there are none.
#[export]
pub fn longest(urls: Vec<web_sys::Url>, otherwise: Option<web_sys::Url>) -> Option<web_sys::Url> {
    urls.into_iter().max_by_key(|url| url.href().len()).or(otherwise)
}

/// Calls a function with a number.
#[export]
pub fn call_with(function: &Function, number: f64) -> Result<JsValue, JsValue> {
    function.call1(&JsValue::NULL, &number.into())
}

/// A list of dates: a class of js-sys in a `Vec`.
#[export]
pub fn latest(dates: Vec<Date>) -> Option<Date> {
    dates.into_iter().max_by(|a, b| a.get_time().total_cmp(&b.get_time()))
}

/// An optional list of regular expressions.
#[export]
pub fn sources(expressions: Option<Vec<js_sys::RegExp>>) -> Vec<String> {
    expressions.unwrap_or_default().iter().map(|expression| expression.source().into()).collect()
}

/// The length of a list with a type for its elements.
#[export]
pub fn length_of(list: &Array<js_sys::JsString>) -> u32 {
    list.length()
}

/// The strings, reversed.
#[export]
pub fn reversed(names: Vec<String>) -> Vec<String> {
    names.into_iter().rev().collect()
}

/// The tuple, reversed.
#[export]
pub fn turned(pair: (u8, String, Option<bool>)) -> (Option<bool>, String, u8) {
    (pair.2, pair.1, pair.0)
}

/// The array, doubled.
#[export]
pub fn doubled(point: [f64; 3]) -> [f64; 3] {
    point.map(|part| part * 2.0)
}

/// Lists of numbers inside other types.
#[export]
pub fn nested(lists: Vec<Vec<f32>>, maybe: (Option<Vec<u8>>, Box<[u16]>)) -> (Vec<f32>, usize) {
    let bytes = maybe.0.map_or(0, |bytes| bytes.len());
    (lists.concat(), bytes + maybe.1.len())
}

/// Buffers inside other types.
#[export]
pub fn split(pair: (Buffer<f32>, u32)) -> (Buffer<f32>, BufferMut<f32>) {
    let (low, high) = pair.0.split_at(pair.1 as usize);
    (Buffer::from(low.to_vec()), BufferMut::from(high.to_vec()))
}

/// Optional buffers.
#[export]
pub fn maybe_buffers(
    slice: Option<&[u8]>,
    exclusive: Option<&mut [u8]>,
    keep: Option<Buffer<u8>>,
    take: Option<BufferMut<u8>>,
    vec: Option<Vec<u8>>,
) -> Option<Buffer<u8>> {
    let lengths = [
        slice.map(<[u8]>::len),
        exclusive.map(|bytes| {
            bytes.fill(9);
            bytes.len()
        }),
        keep.map(|bytes| bytes.len()),
        take.map(|bytes| bytes.len()),
        vec.map(|bytes| bytes.len()),
    ];
    if lengths.iter().all(Option::is_none) {
        return None;
    }
    Some(Buffer::from(
        lengths.iter().map(|length| length.map_or(255, |length| length as u8)).collect::<Vec<_>>(),
    ))
}

/// A plain array, if the flag is set.
#[export]
pub fn maybe_vec(there: bool) -> Option<Vec<u16>> {
    there.then(|| vec![1, 2])
}

/// A buffer, if the flag is set.
#[export]
pub fn maybe_mutable(there: bool) -> Option<BufferMut<u16>> {
    there.then(|| BufferMut::from(vec![1, 2]))
}

/// Settings that serde converts from an object.
#[derive(Serialize, Deserialize)]
pub struct Settings {
    name: String,
    sizes: Vec<u32>,
    #[serde(default)]
    deep: Option<Box<Settings>>,
}

/// Changes settings.
#[export(ts_return = "{ name: string, sizes: number[] }")]
pub fn larger(
    #[lend(ts = "{ name: string, sizes: number[] }")] settings: Serde<Settings>,
) -> Serde<Settings> {
    let Serde(mut settings) = settings;
    settings.sizes.iter_mut().for_each(|size| *size += 1);
    Serde(settings)
}

/// Reads an object while bytes are borrowed. The getters of the object may run any code.
#[export]
pub fn total(bytes: &[u8], #[lend(ts = "unknown")] settings: Serde<Settings>) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>() + settings.sizes.iter().sum::<u32>()
}

/// A newtype.
#[derive(FromJs, IntoJs, Clone, Copy)]
pub struct Meters(f64);

/// A newtype with a named field.
#[derive(FromJs, IntoJs)]
pub struct Label {
    text: String,
}

/// Newtypes, alone and in a list.
#[export]
pub fn measure(lengths: Vec<Meters>, label: Label) -> (Meters, Label) {
    (Meters(lengths.iter().map(|length| length.0).sum()), Label { text: label.text + "!" })
}

/// A type with its own conversion.
pub struct Color([u8; 3]);

impl FromJs for Color {
    const TS: Ts = Ts::Text("`#${string}`");

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        let expected = || ConversionError::expected("a color as in '#ff8000'", &value);
        let text = value.as_string().ok_or_else(expected)?;
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(expected)?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| expected())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Color([red, green, blue]))
    }
}

/// The red of a color.
#[export]
pub fn red(color: Color) -> u8 {
    color.0[0]
}

/// The red of each color.
#[export]
pub fn reds(colors: Vec<Color>) -> Vec<u8> {
    colors.iter().map(|color| color.0[0]).collect()
}

type Sample = f32;
type Names = Vec<String>;
type Id = u32;

/// Aliases. The macro does not know the types behind them.
#[export]
pub fn aliased(samples: &[Sample], names: Names, id: Id) -> (Sample, Names, Id) {
    (samples.iter().sum(), names, id)
}

/// An alias as a buffer.
#[export]
pub fn aliased_buffer(samples: Buffer<Sample>) -> Buffer<Sample> {
    samples
}

/// A wasm-bindgen class.
#[wasm_bindgen]
pub struct Counter {
    count: u32,
}

#[wasm_bindgen]
impl Counter {
    /// A counter that starts at this number.
    #[wasm_bindgen(constructor)]
    pub fn new(count: u32) -> Counter {
        Counter { count }
    }

    /// The current number.
    pub fn count(&self) -> u32 {
        self.count
    }
}

/// Takes and returns an instance of a wasm-bindgen class by value.
#[export]
pub fn count_on(counter: Counter, by: u32) -> Counter {
    Counter { count: counter.count + by }
}

/// A C-like enum.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Direction {
    /// 0
    Up = 0,
    /// 7
    Down = 7,
}

/// The opposite direction.
#[export]
pub fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
    }
}

/// The opposite direction, if there is one.
#[export]
pub fn opposite_maybe(direction: Option<Direction>) -> Option<Direction> {
    direction.map(opposite)
}

#[derive(Debug)]
struct Outer(std::num::ParseIntError);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number of lines")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// Reads a number of lines.
///
/// # Arguments
///
/// * `text` - the number, in decimal
///   digits
///
/// # Errors
///
/// When the text is not a number.
#[export]
pub fn parse_lines(text: &str) -> Result<u32, impl_error::Error> {
    text.parse().map_err(|error| impl_error::Error(Outer(error)))
}

mod impl_error {
    //! The error type behind a path.

    #[derive(Debug)]
    pub struct Error(pub(super) super::Outer);

    impl std::fmt::Display for Error {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("cannot read")
        }
    }

    impl std::error::Error for Error {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
}

/// Errors of other kinds: a JavaScript value, a string, a boxed error.
#[export]
pub mod failures {
    use std::error::Error;

    use super::*;

    pub fn fail_with(value: JsValue) -> Result<(), JsValue> {
        Err(value)
    }

    pub fn fail_text() -> Result<Vec<u8>, String> {
        Err("as text".to_owned())
    }

    pub fn fail_boxed() -> Result<Buffer<u8>, Box<dyn Error>> {
        Err("as a box".into())
    }

    pub fn fail_js() -> Result<f64, wasm_bindgen::JsError> {
        Err(wasm_bindgen::JsError::new("as a JsError"))
    }

    pub fn fail_borrowing(bytes: &mut [u8]) -> Result<u8, std::io::Error> {
        bytes[0] = 7;
        Err(std::io::Error::other("after writing"))
    }

    pub fn not_negative(number: f64) -> Result<Option<f64>, String> {
        if number.is_nan() {
            return Err("not a number".to_owned());
        }
        Ok((number >= 0.0).then_some(number))
    }

    pub fn unit_or(fail: bool) -> std::io::Result<()> {
        if fail { Err(std::io::Error::other("no unit")) } else { Ok(()) }
    }

    pub fn names_or(fail: bool) -> Result<Vec<String>, JsValue> {
        if fail { Err(JsValue::from_f64(7.0)) } else { Ok(vec!["a".to_owned()]) }
    }
}
