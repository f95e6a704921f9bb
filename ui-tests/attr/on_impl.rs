use wasm_lend::export;

struct S;

#[export]
impl S {
    pub fn f() {}
}

fn main() {}
