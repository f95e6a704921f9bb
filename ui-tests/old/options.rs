use wasm_lend::export;

#[export(js_name = sumOfAll)]
pub fn sum(a: u32) -> u32 {
    a
}

#[export(js_name = "named", catch, js_namespace = math)]
pub fn three() -> u32 {
    0
}

#[export(getter)]
pub fn outside() -> u32 {
    0
}

#[export(unchecked_return_type = "number[]")]
pub fn list(#[lend(js_name = itsLength)] length: u32, #[lend(unchecked_param_type = "1")] one: u32) -> u32 {
    length + one
}

#[export(module = "./file.js")]
pub fn imported() {}

#[export(js_name = Text, inspectable, getter_with_clone)]
pub struct Editor {
    #[lend(js_name = fullText)]
    pub text: String,
    #[lend(getter)]
    pub lines: u32,
}

#[export(js_class = "Text")]
impl Editor {
    #[lend(getter = size)]
    pub fn length(&self) -> u32 {
        self.text.len() as u32
    }

    #[lend(js_name = insertText)]
    pub fn insert(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

#[export(js_namespace = geometry)]
pub mod geometry {
    #[lend(js_name = areaOf, js_namespace = other)]
    pub fn area(width: f64) -> f64 {
        width
    }
}

fn main() {
    let _ = (sum(three()), list(outside(), 1), geometry::area(1.0));
    imported();
}
