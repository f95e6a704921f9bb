use wasm_lend::{Buffer, export};

#[export(name = "otherName", ts_return = "1 | 2")]
pub fn named(#[lend(name = the_value, ts = "1")] value: u8, #[lend(default = 7)] more: u8) -> u8 {
    value + more
}

#[export(namespace = "math", skip_typescript)]
pub mod math {
    #[lend(name = "delete")]
    pub fn remove(#[lend(default = "x")] text: &str, #[lend(default = &[1.0])] weights: &[f32]) -> usize {
        text.len() + weights.len()
    }

    pub fn r#match(r#type: Option<u8>) -> Option<u8> {
        r#type
    }
}

#[export]
pub async fn later(values: Buffer<f32>, name: String, id: Option<u64>) -> Result<(Buffer<f32>, String), std::fmt::Error> {
    let _ = id;
    Ok((values, name))
}

fn main() {
    assert_eq!(named(1, 2), 3);
    assert_eq!(math::remove("ab", &[]), 2);
    assert_eq!(math::r#match(Some(1)), Some(1));
}
