use wasm_lend::export;

#[export]
pub mod api {
    fn private() {}
}

fn main() {}
