use wasm_lend::export;

#[export]
pub struct Editor {
    other: Vec<String>,
}

#[export]
impl Editor {
    pub fn lines(&self) -> &[String] {
        &self.other
    }

    pub fn all(&self) -> &Vec<String> {
        &self.other
    }

    pub fn first(&mut self) -> &mut String {
        &mut self.other[0]
    }
}

fn main() {}
