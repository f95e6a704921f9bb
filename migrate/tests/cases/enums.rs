use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Direction {
    Up,
    Down,
}

#[wasm_bindgen(js_name = HttpStatus)]
pub enum Status {
    /// Fine.
    Ok = 200,
    NotFound = 404,
}

#[wasm_bindgen]
pub enum Pace {
    /// Quickly.
    Fast = "fast",
    #[allow(unused)]
    Slow   =   "very slow", // odd spaces
}

#[wasm_bindgen] pub enum OneLine { A = "a", B = "b" }

#[wasm_bindgen(skip_typescript)]
pub enum Untyped {
    A,
}

#[wasm_bindgen(fallback)]
pub enum Union {
    Text(String),
    Known = "known",
}

#[wasm_bindgen(js_namespace = inner)]
pub enum InNamespace {
    A,
}
