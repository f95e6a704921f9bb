use wasm_lend::export;

#[export(name = "other")]
pub mod api {
    pub fn f() {}
}

fn main() {}
