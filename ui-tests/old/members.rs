use wasm_lend::export;

#[export]
pub struct Editor {
    #[wasm_bindgen(js_name = fullText)]
    pub text: String,
    #[wasm_bindgen(skip)]
    pub private: std::rc::Rc<str>,
    #[wasm_bindgen(readonly, js_name = "lineCount")]
    pub lines: u32,
    #[wasm_bindgen(getter_with_clone)]
    pub title: String,
}

#[export]
impl Editor {
    #[wasm_bindgen(constructor)]
    pub fn create(text: String) -> Self {
        Editor { text, private: "".into(), lines: 0, title: String::new() }
    }

    #[wasm_bindgen(getter)]
    pub fn length(&self) -> u32 {
        self.text.len() as u32
    }

    #[wasm_bindgen(getter = widthInColumns)]
    pub fn width(&self) -> u32 {
        80
    }

    #[wasm_bindgen(setter, js_name = gain)]
    pub fn change_gain(&mut self, gain: f32) {
        let _ = gain;
    }

    #[lend(skip_typescript)]
    #[wasm_bindgen(js_name = "insertText")]
    pub fn insert(&mut self, #[wasm_bindgen(js_name = theText)] text: &str) {
        self.text.push_str(text);
    }

    #[wasm_bindgen(skip)]
    pub fn shared(&self) -> std::rc::Rc<str> {
        self.private.clone()
    }

    #[wasm_bindgen]
    pub fn clear(&mut self) {}

    #[export(name = "closeNow")]
    pub fn close(&mut self) {}

    #[export]
    pub fn open(&mut self) {}

    #[wasm_bindgen(unchecked_return_type = "'a' | 'b'", return_description = "a letter")]
    pub fn letter(&self, #[wasm_bindgen(unchecked_param_type = "1 | 2")] which: u32) -> String {
        which.to_string()
    }

    #[wasm_bindgen(js_name = "[Symbol.iterator]")]
    pub fn each(&self) -> u32 {
        0
    }
}

fn main() {
    Editor::create(String::new()).clear();
}
