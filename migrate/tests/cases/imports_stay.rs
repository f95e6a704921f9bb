use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn log(text: &str);

    #[wasm_bindgen(thread_local_v2, static_string)]
    static NAME: JsString = "name";
}

#[wasm_bindgen(module = "/src/snippet.js")]
extern "C" {
    #[wasm_bindgen(catch, method, structural, vendor_prefix = webkit)]
    fn run(this: &JsValue) -> Result<(), JsValue>;
}

#[wasm_bindgen(inline_js = "export function one() { return 1; }")]
extern "C" {
    fn one() -> u32;
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = "export type Letter = 'a';";

#[wasm_bindgen]
const OTHER: u32 = 1;

macro_rules! sums {
    ($($name:ident),*) => { $(
        #[wasm_bindgen]
        pub fn $name(values: &[f32]) -> f32 { values.iter().sum() }
    )* };
}

sums!(sum_one, sum_two);

cfg_if! {
    if #[cfg(feature = "js")] {
        #[wasm_bindgen]
        pub fn inside_cfg_if() {}
    }
}

#[wasm_bindgen]
pub fn moves() {
    #[wasm_bindgen]
    extern "C" {
        fn inside();
    }
    inside();
}
