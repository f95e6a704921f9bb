use wasm_lend::export;

#[export]
pub async fn later(text: &str, more: std::borrow::Cow<'_, str>) -> usize {
    text.len() + more.len()
}

fn main() {}
