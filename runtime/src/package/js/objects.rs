//! Imports for values by index, calls, classes, closures and iterators.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/objects.js")]
extern "C" {
    /// Frees the place of a value.
    #[wasm_bindgen(js_name = disown)]
    pub(crate) fn object_drop(index: i32);
}

// A status is an index, or the complement of the index of an exception. Every index that JavaScript returns is a new
// place in the table.
#[wasm_bindgen(module = "/js/operations.js")]
extern "C" {
    #[wasm_bindgen(js_name = typeOf)]
    pub(crate) fn object_type(index: i32) -> u32;
    #[wasm_bindgen(js_name = isFunction)]
    pub(crate) fn object_is_function(index: i32) -> u32;
    #[wasm_bindgen(js_name = isArray)]
    pub(crate) fn object_is_array(index: i32) -> u32;
    #[wasm_bindgen(js_name = get)]
    pub(crate) fn object_get(index: i32, key: u32, length: u32) -> i32;
    #[wasm_bindgen(js_name = getIndex)]
    pub(crate) fn object_get_index(index: i32, at: u32) -> i32;
    #[wasm_bindgen(js_name = getBy)]
    pub(crate) fn object_get_by(index: i32, key: i32) -> i32;
    #[wasm_bindgen(js_name = set)]
    pub(crate) fn object_set(index: i32, key: u32, length: u32, kind: u32, value: f64) -> i32;
    #[wasm_bindgen(js_name = setIndex)]
    pub(crate) fn object_set_index(index: i32, at: u32, kind: u32, value: f64) -> i32;
    #[wasm_bindgen(js_name = has)]
    pub(crate) fn object_has(index: i32, key: u32, length: u32) -> i32;
    #[wasm_bindgen(js_name = remove)]
    pub(crate) fn object_delete(index: i32, key: u32, length: u32) -> i32;
    #[wasm_bindgen(js_name = keys)]
    pub(crate) fn object_keys(index: i32) -> i32;
    #[wasm_bindgen(js_name = constructorOf)]
    pub(crate) fn object_constructor(index: i32) -> i32;
    #[wasm_bindgen(js_name = instanceOf)]
    pub(crate) fn object_instance_of(index: i32, class: i32) -> i32;
    #[wasm_bindgen(js_name = number)]
    pub(crate) fn object_number(index: i32) -> f64;
    #[wasm_bindgen(js_name = bool)]
    pub(crate) fn object_bool(index: i32) -> u32;
    /// A string in the form that `text::optional_string` takes.
    #[wasm_bindgen(js_name = string)]
    pub(crate) fn object_string(index: i32) -> u32;
    #[wasm_bindgen(js_name = toNumber)]
    pub(crate) fn object_to_number(index: i32) -> f64;
    #[wasm_bindgen(js_name = toBool)]
    pub(crate) fn object_to_bool(index: i32) -> u32;
    #[wasm_bindgen(js_name = toText)]
    pub(crate) fn object_to_text(index: i32) -> i32;
    #[wasm_bindgen(js_name = equals)]
    pub(crate) fn object_equals(one: i32, other: i32) -> u32;
    #[wasm_bindgen(js_name = isSame)]
    pub(crate) fn object_is_same(one: i32, other: i32) -> u32;
    #[wasm_bindgen(js_name = describeObject)]
    pub(crate) fn object_describe(index: i32) -> u32;
    #[wasm_bindgen(js_name = display)]
    pub(crate) fn object_display(index: i32) -> u32;
    #[wasm_bindgen(js_name = onCollected)]
    pub(crate) fn object_on_release(index: i32, f: i32) -> i32;
    #[wasm_bindgen(js_name = newObject)]
    pub(crate) fn object_new(which: u32) -> i32;
    /// A value that Rust passes, as a number of a kind of `object::pass`.
    #[wasm_bindgen(js_name = objectOf)]
    pub(crate) fn object_of(kind: u32, value: f64) -> i32;
    #[wasm_bindgen(js_name = clone)]
    pub(crate) fn object_clone(index: i32) -> i32;
    #[wasm_bindgen(js_name = valueOf)]
    pub(crate) fn object_value(index: i32) -> JsValue;
    #[wasm_bindgen(js_name = indexOf)]
    pub(crate) fn object_of_value(value: &JsValue) -> i32;
}

#[wasm_bindgen(module = "/js/calls.js")]
extern "C" {
    /// The index of the exception of the last call, or -1.
    #[wasm_bindgen(js_name = takeThrown)]
    pub(crate) fn take_thrown() -> i32;
    /// The same as `take_thrown`, if the result may also have a wrong type: names the callback.
    #[wasm_bindgen(js_name = callbackFailed)]
    pub(crate) fn callback_failed(function: &str, argument: u32) -> i32;
    /// The `LendError` for a result that Rust could not convert.
    #[wasm_bindgen(js_name = callbackRefused)]
    pub(crate) fn callback_refused(function: &str, argument: u32, message: &str, code: u32) -> i32;
    // NaN may stand for an exception.
    pub(crate) fn call0(function: i32, this: i32, kinds: u32) -> f64;
    pub(crate) fn call1(function: i32, this: i32, kinds: u32, a: f64) -> f64;
    pub(crate) fn call2(function: i32, this: i32, kinds: u32, a: f64, b: f64) -> f64;
    pub(crate) fn call3(function: i32, this: i32, kinds: u32, a: f64, b: f64, c: f64) -> f64;
    pub(crate) fn call4(function: i32, this: i32, kinds: u32, a: f64, b: f64, c: f64, d: f64) -> f64;
    pub(crate) fn call5(function: i32, this: i32, kinds: u32, a: f64, b: f64, c: f64, d: f64, e: f64) -> f64;
    #[rustfmt::skip]
    pub(crate) fn call6(
        function: i32,
        this: i32,
        kinds: u32,
        a: f64,
        b: f64,
        c: f64,
        d: f64,
        e: f64,
        f: f64,
    ) -> f64;
    /// The kinds and numbers of `count` arguments are at the address.
    #[wasm_bindgen(js_name = callMany)]
    pub(crate) fn call_many(function: i32, this: i32, result: u32, count: u32, address: u32) -> f64;
    /// The `LendError` for an argument that Rust could not convert.
    #[wasm_bindgen(js_name = parameterError)]
    pub(crate) fn parameter_error(message: &str, code: u32) -> JsValue;
}

#[wasm_bindgen(module = "/js/hostClasses.js")]
extern "C" {
    /// True if the host has a class of this name.
    #[wasm_bindgen(js_name = isClass)]
    pub(crate) fn is_class(name: &str) -> bool;
}

#[wasm_bindgen(module = "/js/lentInstances.js")]
extern "C" {
    /// Tells the calls of functions how to make instances for the length of a call.
    #[wasm_bindgen(js_name = lendInstances)]
    pub(crate) fn attach_lent_instances();
}

#[wasm_bindgen(module = "/js/classes.js")]
extern "C" {
    /// The handle of a live instance of the class of this tag, or 0.
    #[wasm_bindgen(js_name = instanceHandle)]
    pub(crate) fn instance_handle(value: &JsValue, tag: u32) -> u32;
    /// 0 if the value is no instance of the class, 1 if it was freed, 2 if it was moved.
    #[wasm_bindgen(js_name = instanceState)]
    pub(crate) fn instance_state(value: &JsValue, tag: u32) -> u32;
    /// Marks an instance as moved into Rust.
    #[wasm_bindgen(js_name = instanceMoved)]
    pub(crate) fn instance_moved(value: &JsValue, tag: u32);
    /// The JavaScript object for a new instance.
    #[wasm_bindgen(js_name = newInstance)]
    pub(crate) fn new_instance(handle: u32, tag: u32) -> JsValue;
}

#[wasm_bindgen(module = "/js/iterators.js")]
extern "C" {
    /// The marker that a step returns at the end.
    #[wasm_bindgen(js_name = endOfIteration)]
    pub(crate) fn end_of_iteration() -> JsValue;
    #[wasm_bindgen(js_name = makeIterator)]
    pub(crate) fn make_iterator(next: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = makeAsyncIterator)]
    pub(crate) fn make_async_iterator(next: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/js/abort.js")]
extern "C" {
    #[wasm_bindgen(js_name = isAbortSignal)]
    pub(crate) fn is_abort_signal(value: &JsValue) -> bool;
    #[wasm_bindgen(js_name = isAborted)]
    pub(crate) fn is_aborted(signal: &JsValue) -> bool;
    #[wasm_bindgen(js_name = reasonOf)]
    pub(crate) fn abort_reason(signal: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = whenAborted)]
    pub(crate) fn when_aborted(signal: &JsValue, task: u32) -> JsValue;
    #[wasm_bindgen(js_name = stopWaiting)]
    pub(crate) fn stop_waiting(listener: &JsValue);
}

#[wasm_bindgen(module = "/js/tasks.js")]
extern "C" {
    /// The functions that settle a new promise.
    #[wasm_bindgen(js_name = newSettlers)]
    pub(crate) fn new_settlers() -> JsValue;
    #[wasm_bindgen(js_name = promiseOf)]
    pub(crate) fn promise_of_settlers(settlers: &JsValue) -> JsValue;
    pub(crate) fn settle(settlers: &JsValue, is_error: bool, value: &JsValue);
    /// Has a task polled in a microtask.
    #[wasm_bindgen(js_name = queueTask)]
    pub(crate) fn queue_task(id: u32);
}

#[wasm_bindgen(module = "/js/closures.js")]
extern "C" {
    /// Makes a function that calls the closure, and returns its index.
    #[wasm_bindgen(js_name = exportClosure)]
    pub(crate) fn closure_new(id: u32) -> i32;
    /// Ends the closure of a function. False if it has ended already.
    #[wasm_bindgen(js_name = closureEnded)]
    pub(crate) fn closure_ended(index: i32) -> bool;
    /// The `LendError` for an argument or a call that the closure cannot take.
    #[wasm_bindgen(js_name = closureError)]
    pub(crate) fn closure_error(code: u32, message: &str) -> JsValue;
}

#[wasm_bindgen(module = "/js/elementValues.js")]
extern "C" {
    /// The handle of a live buffer of this instance, or 0.
    #[wasm_bindgen(js_name = handleOf)]
    pub(crate) fn handle_of(value: &JsValue) -> u32;
    /// Marks a buffer inside another value as being taken. False if it has another handle by now.
    #[wasm_bindgen(js_name = holdBuffer)]
    pub(crate) fn hold_buffer(value: &JsValue, handle: u32) -> bool;
    /// 0 for a live buffer and any other value, 1 for one that was freed, 2 for one that was moved.
    #[wasm_bindgen(js_name = bufferState)]
    pub(crate) fn buffer_state(value: &JsValue) -> u32;
    /// Ends that: the buffer was moved into Rust, or JavaScript has it back.
    #[wasm_bindgen(js_name = letGoOfBuffer)]
    pub(crate) fn let_go_of_buffer(value: &JsValue, handle: u32, was_moved: bool);
    /// A new buffer with the elements of a plain typed array, if it is of the tag's type; else 0.
    #[wasm_bindgen(js_name = copyOf)]
    pub(crate) fn copy_of(value: &JsValue, tag: u32) -> u32;
    /// A plain typed array with a copy of the elements at an address.
    #[wasm_bindgen(js_name = copyElements)]
    pub(crate) fn copy_elements(address: u32, length: u32, tag: u32) -> JsValue;
    #[wasm_bindgen(js_name = readOnlyBuffer)]
    pub(crate) fn read_only_buffer(handle: u32, tag: u32) -> JsValue;
    #[wasm_bindgen(js_name = mutableBuffer)]
    pub(crate) fn mutable_buffer(handle: u32, tag: u32) -> JsValue;
    /// The element tag of a live buffer or a typed array, or `u32::MAX`.
    #[wasm_bindgen(js_name = elementTag)]
    pub(crate) fn element_tag(value: &JsValue) -> u32;
}

#[wasm_bindgen(module = "/js/pendingDrops.js")]
extern "C" {
    /// Tells the JavaScript half that drops are pending.
    #[wasm_bindgen(js_name = dropsPending)]
    pub(crate) fn drops_pending();
    /// Runs the pending drops.
    #[wasm_bindgen(js_name = runDrops)]
    pub(crate) fn run_drops();
}

#[wasm_bindgen(module = "/js/release.js")]
extern "C" {
    /// Tells the JavaScript half that memory with one of its listeners was released.
    pub(crate) fn released(token: u32);
}
