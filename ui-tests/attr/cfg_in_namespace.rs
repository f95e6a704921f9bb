use wasm_lend::export;

#[export(namespace = "ns")]
pub mod api {
    #[cfg(all())]
    pub fn f() {}
}

fn main() {}
