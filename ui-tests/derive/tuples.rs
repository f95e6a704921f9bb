use wasm_lend::{FromJs, IntoJs};

#[derive(FromJs)]
pub struct Nine(u8, u8, u8, u8, u8, u8, u8, u8, u8);

#[derive(IntoJs)]
pub enum Many {
    Nine(u8, u8, u8, u8, u8, u8, u8, u8, u8),
}

#[derive(FromJs)]
pub struct Named(#[lend(name = "x")] u8, u8);

#[derive(FromJs)]
pub struct Newtype {
    #[lend(default)]
    value: u8,
}

fn main() {}
