//! The JavaScript half, as seen from Rust.

use wasm_bindgen::prelude::*;

// One block for each file of `runtime/js/`: wasm-bindgen ships just the files that are named.
#[wasm_bindgen(module = "/js/runtime.js")]
extern "C" {
    /// Gives the exports of this instance to the JavaScript runtime; returns what snippets need of it.
    #[wasm_bindgen(js_name = attach, catch)]
    fn attach_exports(exports: JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/js/poison.js")]
extern "C" {
    /// Marks the instance as unusable: Rust has panicked.
    #[wasm_bindgen(js_name = panicked)]
    fn report_panic(message: &str);
}

#[wasm_bindgen(module = "/js/lend.js")]
extern "C" {
    #[wasm_bindgen(reexport, js_name = lend, skip_typescript)]
    fn reexport_lend();
}

#[wasm_bindgen(module = "/js/buffers.js")]
extern "C" {
    #[wasm_bindgen(reexport, js_name = ReadOnlyBuffer, skip_typescript)]
    fn reexport_read_only_buffer();

    #[wasm_bindgen(reexport, js_name = MutableBuffer, skip_typescript)]
    fn reexport_mutable_buffer();
}

#[wasm_bindgen(module = "/js/error.js")]
extern "C" {
    #[wasm_bindgen(reexport, js_name = LendError, skip_typescript)]
    fn reexport_lend_error();
}

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &'static str = include_str!("../js/lend.d.ts");

// Not called from Rust: these blocks make wasm-bindgen ship the files, which the others import.
#[wasm_bindgen(module = "/js/elements.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = tagOfArray)]
    fn ship_elements(value: &JsValue) -> i32;
}

#[wasm_bindgen(module = "/js/memory.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = heap)]
    fn ship_memory(tag: u32) -> JsValue;
}

#[wasm_bindgen(module = "/js/loans.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = copyOut)]
    fn ship_loans(address: u32, tag: u32) -> JsValue;
}

#[wasm_bindgen(module = "/js/signatures.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(js_name = place)]
    fn ship_signatures(name: &str, index: u32) -> String;
}

#[wasm_bindgen(module = "/js/refusal.js")]
extern "C" {
    #[wasm_bindgen(js_name = refuse)]
    fn throw_refusal(function: &str, argument: u32, fault: u32, handle: u32);
}

/// Throws a `LendError`.
pub(crate) fn refuse(function: &str, argument: u32, fault: u32, handle: u32) -> ! {
    throw_refusal(function, argument, fault, handle);
    // Not a panic, whose hook would call the instance poisoned.
    std::process::abort()
}

/// See [`__private::attach`](crate::__private::attach).
#[cfg(target_arch = "wasm32")]
pub(crate) fn attach() -> JsValue {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Only where a panic is the end: an instance that unwinds goes on.
            if cfg!(panic = "abort") {
                report_panic(&panic.to_string());
            }
            earlier(panic);
        }));
    });
    match attach_exports(wasm_bindgen::exports()) {
        Ok(runtime) => runtime,
        Err(error) => wasm_bindgen::throw_val(error),
    }
}
