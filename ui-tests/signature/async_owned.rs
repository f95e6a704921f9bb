use wasm_lend::export;

#[export]
pub async fn sum(values: Vec<u8>) -> u8 {
    values.iter().sum()
}

fn main() {}
