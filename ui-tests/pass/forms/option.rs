use wasm_lend::export;

#[export]
pub fn options(a: Option<u8>, b: Option<u32>, c: Option<f64>, d: Option<&[u8]>) -> Option<u32> {
    let _ = (a, c, d);
    b
}

fn main() {}
