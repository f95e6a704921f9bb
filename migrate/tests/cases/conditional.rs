#[cfg(feature = "js")]
use wasm_bindgen::prelude::*;

#[cfg_attr(feature = "js", wasm_bindgen)]
pub fn plain() {}

#[cfg_attr(feature = "js", wasm_bindgen(js_name = other))]
pub fn named() {}

#[cfg_attr(all(feature = "js", target_arch = "wasm32"), derive(Debug), wasm_bindgen(getter_with_clone), must_use)]
pub struct Class {
    #[cfg_attr(feature = "js", wasm_bindgen(getter_with_clone))]
    pub name: String,
    #[cfg_attr(feature = "js", wasm_bindgen(readonly))]
    pub length: u32,
    #[cfg_attr(feature = "js", allow(unused), wasm_bindgen(getter_with_clone))]
    pub title: String,
    #[cfg_attr(feature = "js", wasm_bindgen(getter_with_clone), allow(unused))]
    pub subtitle: String,
}

#[cfg_attr(feature = "js", wasm_bindgen)]
impl Class {
    #[cfg_attr(feature = "js", wasm_bindgen(constructor))]
    pub fn new() -> Self {
        todo!()
    }

    #[cfg_attr(feature = "js", wasm_bindgen(getter, js_name = "size"))]
    pub fn length_of_it(&self) -> u32 {
        self.length
    }
}

#[cfg_attr(a, cfg_attr(b, wasm_bindgen(js_name = inner)))]
pub fn nested() {}

#[cfg_attr(feature = "js", wasm_bindgen(js_name = one))]
#[cfg_attr(not(feature = "js"), wasm_bindgen(js_name = two))]
pub fn two() {}
