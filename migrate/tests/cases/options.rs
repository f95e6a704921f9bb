//! Every option of a function.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub fn plain(value: u32) -> u32 {
    value
}

/// Documented.
#[wasm_bindgen(js_name = camelCase)]
pub fn named(value: u32) -> u32 {
    value
}

#[wasm_bindgen(js_name = "literalName", skip_typescript)]
pub fn named_by_literal() {}

#[wasm_bindgen(js_name = delete)]
pub fn named_by_keyword() {}

#[wasm_bindgen(js_name = r#type)]
pub fn named_by_raw_word() {}

#[wasm_bindgen(js_namespace = shapes)]
pub fn in_namespace() {}

#[wasm_bindgen(js_namespace = ["one"])]
pub fn in_listed_namespace() {}

#[wasm_bindgen(js_namespace = ["one", "two"])]
pub fn in_inner_namespace() {}

#[wasm_bindgen(start)]
pub fn start() {}

#[wasm_bindgen(variadic)]
pub fn variadic(rest: Box<[f64]>) -> f64 {
    rest.iter().sum()
}

#[wasm_bindgen(skip_jsdoc)]
/// @returns by hand
pub fn skip_jsdoc() {}

#[wasm_bindgen(unchecked_return_type = "'a' | 'b'")]
pub fn returns_letter() -> String {
    "a".to_owned()
}

#[wasm_bindgen]
pub fn parameters(
    #[wasm_bindgen(js_name = firstOne)] first: u32,
    #[wasm_bindgen(unchecked_param_type = "'srgb' | 'linear'")] space: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "number[]")] list: Option<JsValue>,
) {
}

#[wasm_bindgen]
pub fn optional(#[wasm_bindgen(unchecked_optional_param_type = "number[]")] list: JsValue) {}

/// Blurs.
#[wasm_bindgen(return_description = "the sum")]
pub fn described(
    #[wasm_bindgen(js_name = theRadius, param_description = "in pixels")] radius: f64,
    #[wasm_bindgen(param_description = "two
        lines")]
    other: f64,
) -> f64 {
    radius + other
}

#[wasm_bindgen(return_description = "no doc comment")]
pub fn described_alone() -> f64 {
    1.0
}

/// # Returns
///
/// This.
#[wasm_bindgen(return_description = "that")]
pub fn described_twice() -> f64 {
    1.0
}

#[wasm_bindgen(js_name = "has-dash")]
pub fn odd_name() {}

#[wasm_bindgen(js_name = default)]
pub fn default_export() {}

#[wasm_bindgen(js_name = one)]
#[wasm_bindgen(skip_typescript)]
pub fn two_attributes() {}

#[wasm_bindgen(private)]
pub fn private() {}

#[wasm_bindgen(this)]
pub fn this(this: &JsValue) {}

#[wasm_bindgen(main)]
pub fn main() {}

#[wasm_bindgen(jspi)]
pub fn jspi() {}

#[wasm_bindgen(experimental_tokio)]
pub async fn tokio() {}

#[wasm_bindgen(wasm_bindgen = my::path)]
pub fn other_path() {}

#[wasm_bindgen(catch, structural, r#final, vendor_prefix = webkit)]
pub fn options_of_imports() {}

#[wasm_bindgen(extends = Parent)]
pub fn unknown_there() {}

#[wasm_bindgen(unheard_of)]
pub fn unknown() {}

#[wasm_bindgen]
pub unsafe fn dangerous() {}

#[wasm_bindgen]
pub extern "C" fn with_abi() {}

#[wasm_bindgen]
pub fn delete() {}

#[wasm_bindgen(skip_typescript)]
pub fn r#new() {}
