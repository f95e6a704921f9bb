use wasm_lend::export;

struct Image;

impl Image {
    #[export]
    pub fn invert(&mut self, by: u8) {
        let _ = by;
    }
}

fn main() {}
