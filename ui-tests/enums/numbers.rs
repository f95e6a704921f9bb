use wasm_lend::export;

const HIGH: isize = 10;

#[export]
pub enum Level {
    Low = 1,
    High = HIGH,
    Higher,
}

#[export]
#[repr(i64)]
pub enum Wide {
    Exact = 9_007_199_254_740_991,
    Inexact,
    Least = -0x20_0000_0000_0000,
}

#[export]
pub enum Twice {
    One = 1,
    Other = 1,
}

fn main() {}
