use wasm_lend::export;

#[export]
pub fn greet(salutation: &str, name: String, suffix: Option<&str>) -> String {
    format!("{salutation}, {name}{}", suffix.unwrap_or_default())
}

fn main() {}
