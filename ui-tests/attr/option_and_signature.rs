use wasm_lend::export;

#[export(rename = "x")]
pub fn f(#[lend(name = y)] one: u8, two: &String) -> u8 {
    one + two.len() as u8
}

fn main() {}
