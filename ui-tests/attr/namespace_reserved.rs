use wasm_lend::export;

#[export(namespace = "class")]
pub mod api {
    pub fn f() {}
}

fn main() {}
