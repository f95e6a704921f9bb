//! The JavaScript half of builds with shared memory.

use core::cell::Cell;

use wasm_bindgen::prelude::*;

ship! {
    "/js/threads/inside.js" ship_inside "counting"
}

#[wasm_bindgen(module = "/js/threads/memory.js")]
extern "C" {
    /// Has the JavaScript half treat memory as shared, before anything uses it.
    fn prepare(module: &JsValue, is_first: bool);
}

#[wasm_bindgen(module = "/js/threads/realm.js")]
extern "C" {
    /// Registers this thread. The part `threads` has been handed over.
    pub(crate) fn start();
    /// Tells another thread that a letter waits for it.
    #[wasm_bindgen(js_name = letterFor)]
    pub(crate) fn letter_for(thread: u32);
    /// A panic is about to end this thread. Others run the same call, and all end.
    #[cfg(feature = "rayon")]
    #[wasm_bindgen(js_name = leaveOthers)]
    pub(crate) fn leave_others();
}

#[wasm_bindgen(module = "/js/threads/worker.js")]
extern "C" {
    /// Does what `prepare` and `attach_exports` do, without a value of wasm-bindgen. False if JavaScript cannot.
    #[wasm_bindgen(js_name = attachWorker)]
    fn attach_worker() -> bool;
    /// `define` for that thread.
    #[wasm_bindgen(js_name = defineInWorker)]
    fn define_in_worker(names: *const u8, length: usize, places: *const usize);
}

thread_local! {
    /// True if JavaScript knows the exports and the function table of this thread.
    static IS_WORKER: Cell<bool> = const { Cell::new(false) };
}

/// Has the JavaScript half treat memory as shared, and gives it the exports.
pub(super) fn attach() {
    let is_first = crate::threads::is_first();
    if !is_first && attach_worker() {
        IS_WORKER.set(true);
        return;
    }
    prepare(&wasm_bindgen::module(), is_first);
    #[cfg(not(panic = "unwind"))]
    super::attach_exports(wasm_bindgen::exports());
}

/// `define`, without a value of wasm-bindgen in a worker.
pub(crate) fn define(names: &str, functions: &[usize]) {
    if IS_WORKER.get() {
        define_in_worker(names.as_ptr(), names.len(), functions.as_ptr());
    } else {
        super::define(names.as_ptr(), names.len(), functions.as_ptr(), &wasm_bindgen::function_table());
    }
}

#[cfg(feature = "async")]
#[wasm_bindgen(module = "/js/threads/pool.js")]
extern "C" {
    /// Has calls of workers run on a pool. The part `pool` has been handed over.
    #[wasm_bindgen(js_name = startPool)]
    pub(crate) fn start_pool();
}

#[cfg(feature = "rayon")]
#[wasm_bindgen(module = "/js/threads/pool.js")]
extern "C" {
    /// Has this many threads of the pool look for something to do.
    #[wasm_bindgen(js_name = wanted)]
    pub(crate) fn threads_wanted(count: usize);
}
