// An enum without data, an enum without variants, a union.
use wasm_lend::FromJs;

#[derive(FromJs)]
pub enum Kind {
    A,
}

#[derive(FromJs)]
pub enum Never {}

#[derive(FromJs)]
pub union Bits {
    pub int: u32,
    pub float: f32,
}

fn main() {}
