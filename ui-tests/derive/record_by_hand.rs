//! Two types with the same registration. Safe code cannot implement the trait that the derive implements.

use bytemuck::{Pod, Zeroable};
use wasm_lend::Record;

#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable, Record)]
struct Large {
    values: [u64; 8],
}

#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
struct Small {
    value: u8,
}

impl wasm_lend::__private::Record for Small {
    const NAME: &'static str = "Small";
    const FIELDS: &'static [wasm_lend::__private::Field] = &[];

    fn registration() -> &'static wasm_lend::__private::Registration {
        <Large as wasm_lend::__private::Record>::registration()
    }
}

fn main() {}
