// A type that derives with a mistake still can be passed, so that its users cause no other errors.
use wasm_lend::{FromJs, IntoJs, export};

#[derive(FromJs, IntoJs)]
#[lend(tag = "kind")]
pub struct Pair {
    pub one: u32,
    pub other: u32,
}

#[export]
pub fn swap(pair: Pair) -> Pair {
    Pair { one: pair.other, other: pair.one }
}

fn main() {}
