//! Files of the JavaScript half that Rust calls nothing of: these blocks make wasm-bindgen ship them, for others import them.

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

#[wasm_bindgen(module = "/js/home.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = isBuffer)]
    fn ship_home(value: &JsValue) -> bool;
}

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = randomNumber)]
    fn ship_host() -> u32;
}

#[wasm_bindgen(module = "/js/utf8.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = Encoder)]
    fn ship_utf8() -> JsValue;
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

#[wasm_bindgen(module = "/js/byName.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = callRustSync)]
    fn ship_by_name(name: &str) -> JsValue;
}

#[wasm_bindgen(module = "/js/signatures.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = place)]
    fn ship_signatures(name: &str, index: u32) -> String;
}

#[wasm_bindgen(module = "/js/release.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = tell)]
    fn ship_release();
}

#[wasm_bindgen(module = "/js/lentBuffers.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = endLent)]
    fn ship_lent_buffers(buffer: &JsValue);
}

#[wasm_bindgen(module = "/js/nouns.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = className)]
    fn ship_nouns(shape: u32) -> JsValue;
}

#[wasm_bindgen(module = "/js/unmade.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = noResult)]
    fn ship_unmade(handle: u32, what: &str, cause: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/js/watch.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = watch)]
    fn ship_watch(value: &JsValue, listener: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/js/nursery.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = flush)]
    fn ship_nursery();
}

#[wasm_bindgen(module = "/js/parts.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = rangeOf)]
    fn ship_parts(length: u32, begin: u32, end: u32) -> JsValue;
}

#[wasm_bindgen(module = "/js/accounting.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = leaks)]
    fn ship_accounting() -> JsValue;
}

#[wasm_bindgen(module = "/js/loader.js")]
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

// The files of the loader, which only packages with the feature have.
#[cfg(feature = "plugin-host")]
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

#[cfg(feature = "plugin-host")]
ship! {
    "/js/plugin/activeCalls.js" ship_active_calls "findFrames"
    "/js/plugin/plugin.js" ship_plugin "modules"
    "/js/plugin/checks.js" ship_plugin_checks "offer"
    "/js/plugin/imports.js" ship_plugin_imports "importsOf"
    "/js/plugin/link.js" ship_plugin_link "release"
    "/js/plugin/module.js" ship_plugin_module "read"
}
