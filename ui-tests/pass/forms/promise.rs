use wasm_lend::{AbortSignal, BufferMut, JsValue, export};

#[export]
pub async fn load(name: String, into: BufferMut<u8>) -> Result<BufferMut<u8>, JsValue> {
    drop(name);
    Ok(into)
}

#[export]
pub async fn wait(text: String, signal: Option<AbortSignal>) -> u32 {
    drop(signal);
    text.len() as u32
}

fn main() {}
