#![no_implicit_prelude]

#[::wasm_lend::export]
pub fn sum(values: &[u8], buffer: ::wasm_lend::Buffer<f32>) -> ::std::vec::Vec<u8> {
    let _ = buffer;
    values.to_vec()
}

#[::wasm_lend::export]
pub enum Mode {
    Fast,
}

#[::wasm_lend::export]
impl Mode {
    pub fn same(self, text: &str) -> Self {
        let _ = text;
        self
    }
}

#[derive(::wasm_lend::FromJs, ::wasm_lend::IntoJs)]
pub struct Size {
    pub width: f64,
    #[lend(default)]
    pub height: f64,
}

#[derive(::wasm_lend::FromJs, ::wasm_lend::IntoJs)]
pub enum Shape {
    Square(Size),
    Circle { radius: f64 },
    Line(f64, f64),
    Nothing,
}

fn main() {}
