use wasm_lend::export;

#[export]
pub unsafe fn read(address: u32) -> u8 {
    unsafe { *(address as usize as *const u8) }
}

fn main() {}
