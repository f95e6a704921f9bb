//! The JavaScript half of builds with shared memory.

use wasm_bindgen::prelude::*;

ship! {
    "/js/threads/inside.js" ship_inside "counting"
}

#[wasm_bindgen(module = "/js/threads/memory.js")]
extern "C" {
    /// Has the JavaScript half treat memory as shared, before anything uses it.
    pub(crate) fn prepare(module: &JsValue, is_first: bool);
}

#[wasm_bindgen(module = "/js/threads/realm.js")]
extern "C" {
    /// Registers this thread. The part `threads` has been handed over.
    pub(crate) fn start();
    /// Tells another thread that a letter waits for it.
    #[wasm_bindgen(js_name = letterFor)]
    pub(crate) fn letter_for(thread: u32);
}

#[cfg(feature = "async")]
#[wasm_bindgen(module = "/js/threads/pool.js")]
extern "C" {
    /// Has calls of workers run on a pool. The part `pool` has been handed over.
    #[wasm_bindgen(js_name = startPool)]
    pub(crate) fn start_pool();
}
