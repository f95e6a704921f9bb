//! Types by names that the macro does not know.

use std::fmt;

use wasm_bindgen::JsValue;
use wasm_lend::export;

pub type Answer<T> = Result<T, JsValue>;
pub type Count = Result<u32, String>;
pub type Result<T, E = String> = core::result::Result<T, E>;

#[export]
pub fn answer(number: i32) -> Answer<u32> {
    u32::try_from(number).map_err(|_| JsValue::from("negative"))
}

#[export]
pub fn answers(count: u32) -> Answer<Vec<String>> {
    if count > 9 { Err(JsValue::NULL) } else { Ok((0..count).map(|number| number.to_string()).collect()) }
}

#[export]
pub fn answer_nothing(fails: bool) -> Answer<()> {
    if fails { Err(JsValue::from(1)) } else { Ok(()) }
}

#[export]
pub fn answer_count(fails: bool) -> Count {
    if fails { Err("no count".to_owned()) } else { Ok(3) }
}

#[export]
pub async fn answer_later(fails: bool) -> Answer<Option<f64>> {
    if fails { Err(JsValue::from("late")) } else { Ok(Some(0.5)) }
}

#[export]
pub fn answer_plain(fails: bool) -> Result<u32> {
    if fails { Err("plain".to_owned()) } else { Ok(1) }
}

#[export]
pub fn answer_read(fails: bool) -> std::io::Result<u8> {
    if fails { Err(std::io::Error::other("unreadable")) } else { Ok(7) }
}

#[export]
pub fn answer_format(fails: bool) -> fmt::Result {
    if fails { Err(fmt::Error) } else { Ok(()) }
}

/// A class with the name of a container of wasm-lend.
#[export]
#[derive(Clone)]
pub struct Buffer {
    pub length: u32,
}

#[export]
impl Buffer {
    pub fn new(length: u32) -> Self {
        Buffer { length }
    }

    pub fn answer(&self) -> Answer<Buffer> {
        if self.length == 0 { Err(JsValue::from("empty")) } else { Ok(self.clone()) }
    }
}

#[export]
pub fn length_of_both(one: &Buffer, other: Buffer) -> u32 {
    one.length + other.length
}

#[export]
pub fn shrink(buffer: &mut Buffer) -> Option<Buffer> {
    buffer.length -= 1;
    (buffer.length > 0).then(|| buffer.clone())
}
