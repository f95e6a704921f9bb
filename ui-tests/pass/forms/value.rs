use js_sys::Date;
use wasm_lend::{JsValue, export};

#[export]
pub fn values(date: &Date, list: Vec<String>, any: JsValue) -> (u8, Option<String>) {
    let _ = (date, any);
    (list.len() as u8, list.into_iter().next())
}

fn main() {}
