use wasm_lend::export;

#[export(rename_all = "camelCase")]
pub enum Mode {
    Fast,
    #[lend(name = "fast")]
    Quick,
    #[lend(name = "__proto__")]
    Strange,
    #[lend(name = "no name")]
    NoName,
}

#[export(name = "class")]
pub enum Reserved {
    A,
}

#[export]
pub enum LendError {
    A,
}

fn main() {}
