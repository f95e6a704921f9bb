// A type that derives with a mistake crosses all the same: its users are no mistakes.
use wasm_lend::{FromJs, IntoJs, export};

#[derive(FromJs, IntoJs)]
pub struct Pair {
    pub one: u32,
    pub other: u32,
}

#[export]
pub fn swap(pair: Pair) -> Pair {
    Pair { one: pair.other, other: pair.one }
}

fn main() {}
