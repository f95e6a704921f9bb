use wasm_lend::FromJs;

#[derive(FromJs)]
pub enum Kind {
    A,
}

fn main() {}
