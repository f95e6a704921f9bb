//! Files of the JavaScript half from which Rust calls nothing. Other files import them, and these blocks make
//! wasm-bindgen ship them.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/stack.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = withWholeStack)]
    fn ship_stack(make: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/js/elements.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = tagOfArray)]
    fn ship_elements(value: &JsValue) -> i32;
}

#[wasm_bindgen(module = "/js/instanceMark.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = isBuffer)]
    fn ship_instance_mark(value: &JsValue) -> bool;
}

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = randomNumber)]
    fn ship_host() -> u32;
}

#[wasm_bindgen(module = "/js/handles.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = spend)]
    fn ship_handles(value: &JsValue);
}

#[wasm_bindgen(module = "/js/copies.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = countCopied)]
    fn ship_copies(bytes: u32);
}

#[wasm_bindgen(module = "/js/signatures.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = place)]
    fn ship_signatures(name: &str, index: u32) -> String;
}

#[wasm_bindgen(module = "/js/displayNames.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = className)]
    fn ship_display_names(tag: u32) -> JsValue;
}

#[wasm_bindgen(module = "/js/nursery.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = flush)]
    fn ship_nursery();
}

#[wasm_bindgen(module = "/js/subBuffers.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = rangeOf)]
    fn ship_sub_buffers(length: u32, begin: u32, end: u32) -> JsValue;
}

#[wasm_bindgen(module = "/js/accounting.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = leaks)]
    fn ship_accounting() -> JsValue;
}

#[wasm_bindgen(module = "/js/plugin/loader.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = setLoader)]
    fn ship_loader(f: &JsValue);
}

#[wasm_bindgen(module = "/js/scope.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = scope)]
    fn ship_scope(f: &JsValue) -> JsValue;
}

// The files that snippets import, and what those import.
macro_rules! ship {
    ($($file:literal $function:ident $export:literal)*) => {$(
        #[wasm_bindgen(module = $file)]
        extern "C" {
            #[allow(dead_code)]
            #[wasm_bindgen(js_name = $export)]
            fn $function();
        }
    )*};
}

ship! {
    "/js/raw.js" ship_raw "late"
    "/js/codecs.js" ship_codecs "newEncoder"
    "/js/glueCodecs.js" ship_glue_codecs "none"
    "/js/refusalErrors.js" ship_refusal_errors "refusalError"
    "/js/heap.js" ship_heap "heap"
    "/js/reject.js" ship_reject "reject"
    "/js/expectedElements.js" ship_expected_elements "expected"
    "/js/text.js" ship_text "text"
    "/js/slices.js" ship_slices "copyToScratch"
    "/js/exclusive.js" ship_exclusive "copyBack"
    "/js/owned.js" ship_owned "give"
    "/js/results.js" ship_results "copyOut"
    "/js/scalars.js" ship_scalars "absent"
    "/js/records.js" ship_records "defineRecord"
    "/js/references.js" ship_references "readHandle"
    "/js/names.js" ship_names "claim"
    "/js/byName.js" ship_by_name "register"
}
