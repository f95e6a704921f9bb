//! Writes the sources of a crate such as libraries have: 190 functions in 13 files, 3 classes and an enum.

use std::fmt::Write;

const TOPICS: &[&str] = &[
    "blur", "channels", "colors", "convolve", "crop", "draw", "edges", "effects", "filters", "frames",
    "levels", "noise",
];

/// Each file with its text.
pub fn sources() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = TOPICS
        .iter()
        .enumerate()
        .map(|(index, topic)| {
            (format!("src/{topic}.rs"), topic_file(index, topic, 15 + u32::from(index < 10)))
        })
        .collect();
    files.push(("src/lib.rs".to_owned(), root()));
    files
}

/// The number of exported functions outside of classes.
pub const FUNCTIONS: usize = 190;

/// Three classes with two `impl` blocks each, and the enum.
pub const TYPES: usize = 3 * 3 + 1;

fn topic_file(index: usize, topic: &str, functions: u32) -> String {
    let mut text = format!(
        "//! Functions for {topic}.\n\nuse crate::{{Image, Mode, Point}};\nuse wasm_bindgen::prelude::*;\n"
    );
    if index % 3 == 0 {
        text.push_str("\n#[wasm_bindgen]\nextern \"C\" {\n    #[wasm_bindgen(js_namespace = console)]\n    fn log(text: &str);\n}\n");
    }
    for number in 0..functions {
        let _ = write!(
            text,
            "\n/// Applies the step {number} of {topic}.\n///\n/// ### Parameters\n/// * `image` - changed in place\n"
        );
        text.push_str(&function(index, topic, number));
    }
    text
}

fn function(index: usize, topic: &str, number: u32) -> String {
    let name = format!("{topic}_{number}");
    match (index + number as usize) % 8 {
        0 => format!("#[wasm_bindgen]\npub fn {name}(image: &mut Image) {{\n    image.touch();\n}}\n"),
        1 => format!(
            "#[wasm_bindgen(js_name = \"{topic}Step{number}\")]\npub fn {name}(image: &mut Image, amount: f32) {{\n    image.scale(amount);\n}}\n"
        ),
        2 => format!(
            "#[wasm_bindgen(js_name = {topic}Of{number})] // short\npub fn {name}(bytes: &[u8]) -> Vec<u8> {{\n    bytes.to_vec()\n}}\n"
        ),
        3 => format!(
            "#[wasm_bindgen]\n#[must_use]\npub fn {name}(\n    image: &Image,\n    #[wasm_bindgen(js_name = topLeft)] top_left: &Point,\n) -> Image {{\n    image.crop(top_left)\n}}\n"
        ),
        4 => {
            format!("#[wasm_bindgen(skip_typescript)]\npub fn {name}(mode: Mode) -> Mode {{\n    mode\n}}\n")
        }
        5 => format!(
            "#[wasm_bindgen(unchecked_return_type = \"Uint8Array\")]\npub fn {name}(value: JsValue) -> Result<JsValue, JsValue> {{\n    Ok(value)\n}}\n"
        ),
        6 => format!(
            "#[wasm_bindgen]\npub async fn {name}(url: String) -> Result<String, JsError> {{\n    Ok(url)\n}}\n"
        ),
        // wasm-lend has the functions of one namespace in one module.
        _ if number >= 8 => format!(
            "#[cfg_attr(target_arch = \"wasm32\", wasm_bindgen)]\npub fn {name}(values: Option<Vec<f64>>) -> f64 {{\n    values.unwrap_or_default().iter().sum()\n}}\n"
        ),
        _ => format!(
            "#[cfg_attr(target_arch = \"wasm32\", wasm_bindgen(js_namespace = {topic}))]\npub fn {name}(values: Option<Vec<f64>>) -> f64 {{\n    values.unwrap_or_default().iter().sum()\n}}\n"
        ),
    }
}

fn root() -> String {
    let mut text = "//! Image processing.\n\nuse wasm_bindgen::prelude::*;\n\n".to_owned();
    for topic in TOPICS {
        let _ = writeln!(text, "pub mod {topic};");
    }
    for class in ["Image", "Point", "Palette"] {
        text.push_str(&self::class(class));
    }
    text.push_str(
        "\n/// How to sample.\n#[wasm_bindgen]\n#[derive(Clone, Copy, PartialEq)]\npub enum Mode {\n    Nearest = 1,\n    Linear = 2,\n}\n",
    );
    text
}

fn class(name: &str) -> String {
    format!(
        "
/// The class {name}.
#[wasm_bindgen(getter_with_clone, inspectable)]
#[derive(Clone)]
pub struct {name} {{
    #[wasm_bindgen(readonly)]
    pub title: String,
    pub left: f64,
    #[wasm_bindgen(skip)]
    pub bytes: Vec<u8>,
    width: u32,
}}

#[wasm_bindgen]
impl {name} {{
    #[wasm_bindgen(constructor)]
    pub fn new(title: String, width: u32) -> {name} {{
        {name} {{ title, left: 0.0, bytes: Vec::new(), width }}
    }}

    #[wasm_bindgen(getter)]
    pub fn width(&self) -> u32 {{
        self.width
    }}

    #[wasm_bindgen(setter)]
    pub fn set_width(&mut self, width: u32) {{
        self.width = width;
    }}

    #[wasm_bindgen(getter, js_name = byteLength)]
    pub fn byte_length(&self) -> usize {{
        self.bytes.len()
    }}
}}

#[wasm_bindgen]
impl {name} {{
    pub fn touch(&mut self) {{
        self.left += 1.0;
    }}

    #[wasm_bindgen(js_name = \"scaleBy\")]
    pub fn scale(&mut self, amount: f32) {{
        self.left *= f64::from(amount);
    }}

    pub fn crop(&self, other: &Point) -> {name} {{
        let mut cropped = self.clone();
        cropped.left = other.left;
        cropped
    }}
}}
"
    )
}
