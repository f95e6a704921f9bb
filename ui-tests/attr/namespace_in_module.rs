use wasm_lend::export;

#[export]
pub mod api {
    #[lend(namespace = "inner")]
    pub fn f() {}
}

fn main() {}
