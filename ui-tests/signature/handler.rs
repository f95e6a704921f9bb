use wasm_lend::register_call_rust;

fn handler(name: &str) -> u8 {
    name.len() as u8
}

register_call_rust!(handler);

fn main() {}
