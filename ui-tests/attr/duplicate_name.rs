use wasm_lend::export;

#[export]
pub mod api {
    pub fn f() {}

    #[lend(name = "f")]
    pub fn g() {}
}

fn main() {}
