use wasm_lend::export;

#[export]
#[wasm_bindgen]
pub fn sum(a: u32) -> u32 {
    a
}

#[export]
#[wasm_bindgen(js_name = areaOf)]
pub fn area(a: f64) -> f64 {
    a
}

#[export]
#[wasm_bindgen(js_name = Text)]
pub struct Editor {
    pub text: String,
}

#[export]
#[wasm_bindgen(js_class = Text)]
impl Editor {
    pub fn new() -> Self {
        Editor { text: String::new() }
    }
}

#[export]
pub mod tools {
    #[wasm_bindgen(js_name = cutText)]
    pub fn cut(text: &str) -> u32 {
        text.len() as u32
    }
}

#[export(extends = Editor)]
pub struct Viewer;

#[export]
#[wasm_bindgen(extends = Editor)]
pub struct Reader;

fn main() {
    let _ = (sum(1), area(1.0), Editor::new().text, tools::cut(""));
}
