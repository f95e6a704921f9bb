use wasm_lend::export;

#[export(namespace = "modes")]
pub enum Mode {
    A,
}

#[export(ts_return = "number")]
pub enum Level {
    A,
}

#[export(getter)]
pub enum Size {
    A,
}

fn main() {}
