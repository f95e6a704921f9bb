use wasm_lend::{Buffer, BufferMut, export};

#[export]
pub fn take(retained: Buffer<u16>, moved: BufferMut<f64>, copied: Vec<u8>) -> Buffer<u16> {
    drop((moved, copied));
    retained
}

fn main() {}
