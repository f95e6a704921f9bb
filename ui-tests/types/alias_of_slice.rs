use wasm_lend::export;

type Bytes = [u8];
type Text = str;

#[export]
pub fn count(bytes: &Bytes) -> u32 {
    bytes.len() as u32
}

#[export]
pub fn count_some(bytes: Option<&Bytes>) -> u32 {
    bytes.map_or(0, |bytes| bytes.len() as u32)
}

#[export]
pub fn clear(bytes: &mut Bytes) {
    bytes.fill(0);
}

#[export]
pub fn length(text: &Text) -> u32 {
    text.len() as u32
}

#[export]
pub fn clear_some(bytes: Option<&mut Bytes>) {
    let _ = bytes;
}

fn main() {}
