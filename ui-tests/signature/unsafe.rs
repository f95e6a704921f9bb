use wasm_lend::export;

#[export]
pub unsafe fn read(address: u32) -> u8 {
    // SAFETY: the caller passes the address of a byte. JavaScript cannot promise that, so the function is refused.
    unsafe { *(address as usize as *const u8) }
}

fn main() {}
