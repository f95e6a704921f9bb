//! The JavaScript half, as seen from Rust.

/// Makes wasm-bindgen ship files of the JavaScript half. Each entry is a file, a name for the import that Rust never calls, and an export of the file.
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

mod objects;
#[cfg(feature = "plugin-host")]
mod plugins;
mod shipped;
#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
pub(crate) mod threads;

use core::cell::Cell;
pub(crate) use objects::*;
use wasm_bindgen::prelude::*;

#[cfg(feature = "panic-messages")]
use crate::panic_parts::Parts;

// Each function has the name of an import. It checks that this instance is current (see [`retired`](super::retired)),
// and then calls the import. `prepare` also hands over what an import needs that makes values by index.
macro_rules! of_this_instance {
    ($check:ident { $(fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)* }) => {$(
        // As many as the JavaScript function has.
        #[allow(clippy::too_many_arguments)]
        #[inline]
        pub(crate) fn $name($($argument: $type),*) $(-> $result)? {
            of_this_instance!(@$check);
            objects::$name($($argument),*)
        }
    )*};
    (@prepare) => { super::retired::before_objects() };
    (@refuse) => { if super::retired::is() { refuse_replaced() } };
    (@ignore) => { if super::retired::is() { return } };
}

crate::imported_functions::for_each_js_function!(of_this_instance prepare);

of_this_instance!(prepare {
    fn object_value(index: i32) -> JsValue;
    fn object_of_value(value: &JsValue) -> i32;
});

of_this_instance!(refuse {
    fn instance_handle(value: &JsValue, tag: u32) -> u32;
    fn instance_moved(value: &JsValue, tag: u32);
    fn new_instance(handle: u32, tag: u32) -> JsValue;
    fn handle_of(value: &JsValue) -> u32;
    fn copy_of(value: &JsValue, tag: u32) -> u32;
    fn read_only_buffer(handle: u32, tag: u32) -> JsValue;
    fn mutable_buffer(handle: u32, tag: u32) -> JsValue;
});

of_this_instance!(ignore {
    fn object_drop(index: i32);
    fn drops_pending();
    fn run_drops();
    fn released(token: u32);
});

/// Ends the closure of a function. False if it has ended already, or belongs to another instance.
pub(crate) fn closure_ended(index: i32) -> bool {
    !super::retired::is() && objects::closure_ended(index)
}

// One block for each file of `runtime/js/`: wasm-bindgen ships only the files that are named.
#[wasm_bindgen(module = "/js/start.js")]
extern "C" {
    /// Gives the exports of this instance to the JavaScript half.
    #[cfg_attr(panic = "unwind", allow(dead_code))]
    #[wasm_bindgen(js_name = attach)]
    fn attach_exports(exports: JsValue);
}

#[wasm_bindgen(module = "/js/parts.js")]
extern "C" {
    /// Adds functions to the raw exports: their names without `lend_`, each with a space after it, and where their places
    /// in the table are. The names cross as numbers: a string would bring wasm-bindgen's decoder into every package.
    pub(crate) fn define(names: *const u8, length: usize, places: *const usize, table: &JsValue);
}

#[wasm_bindgen(module = "/js/values.js")]
extern "C" {
    #[wasm_bindgen(js_name = takeValue)]
    pub(crate) fn take_value(place: u32) -> JsValue;
    #[wasm_bindgen(js_name = giveValue)]
    pub(crate) fn give_value(value: &JsValue);
    #[wasm_bindgen(js_name = givePromise)]
    pub(crate) fn give_promise(promise: &JsValue);
}

#[cfg(feature = "async")]
#[wasm_bindgen(module = "/js/jobs.js")]
extern "C" {
    /// Gives the promise of a job and its number to the shim.
    #[wasm_bindgen(js_name = giveJob)]
    pub(crate) fn give_job(promise: &JsValue, id: u32);
    /// What a promise is rejected with before the shim gives it the signal's own reason.
    #[wasm_bindgen(js_name = aborted)]
    pub(crate) fn job_aborted() -> JsValue;
    /// The `LendError` of a panic on another thread.
    #[wasm_bindgen(js_name = panicked)]
    pub(crate) fn job_panicked(message: &str, file: &str, line: u32, column: u32) -> JsValue;
    /// Calls the listener of a job, or reports an error in place of it.
    #[wasm_bindgen(js_name = progressed)]
    pub(crate) fn job_progress(id: u32, value: &JsValue, is_error: bool);
}

#[wasm_bindgen(module = "/js/rustErrors.js")]
extern "C" {
    /// An `Error` with a `cause`, unless that is `undefined`.
    #[wasm_bindgen(js_name = makeError)]
    pub(crate) fn make_error(message: &str, cause: &JsValue) -> JsValue;
    /// The `LendError` for memory that a function itself did not get.
    #[wasm_bindgen(js_name = outOfMemory)]
    pub(crate) fn out_of_memory(message: &str) -> JsValue;
    /// Throws the `LendError` for a lack of memory or of a handle.
    #[wasm_bindgen(js_name = throwOutOfMemory)]
    pub(crate) fn throw_out_of_memory(what: &str);
    /// The `LendError` for a result that cannot be converted.
    #[wasm_bindgen(js_name = resultError)]
    pub(crate) fn result_error(function: &str, message: &str) -> JsValue;
}

#[wasm_bindgen(module = "/js/poison.js")]
extern "C" {
    /// Poisons the instance: Rust has panicked. Throws the error that says so.
    ///
    /// The texts cross as numbers: strings would bring wasm-bindgen's decoder into every package.
    ///
    /// It is not caught here and thrown again: that would bring wasm-bindgen's table of values into every package.
    /// (Packages of `wasm-bindgen --debug` print what an import throws.)
    #[cfg_attr(not(feature = "panic-messages"), allow(dead_code))]
    #[wasm_bindgen(js_name = panicked)]
    fn report_panic(
        message: *const u8,
        length: usize,
        file: *const u8,
        file_length: usize,
        line: u32,
        column: u32,
    );
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
    /// The value, as an error message names it.
    pub(crate) fn describe(value: &JsValue) -> String;

    #[wasm_bindgen(reexport, js_name = LendError, skip_typescript)]
    fn reexport_lend_error();
}

// wasm-bindgen sorts the sections of a package by their text. This one starts with `type`, which sorts after `/**` and
// `export`, so that a package's own functions come first in its `.d.ts`.
#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &'static str = include_str!("../../../js/lend.d.ts");

// The type of `buffer.view`. What engines do not take over shared memory, TypeScript refuses.
#[cfg(not(target_feature = "atomics"))]
#[wasm_bindgen(typescript_custom_section)]
const VIEW: &'static str = "type LendView<A> = LendPlain<A>;";
#[cfg(target_feature = "atomics")]
#[wasm_bindgen(typescript_custom_section)]
const VIEW: &'static str = include_str!("../../../js/threads/view.d.ts");

#[wasm_bindgen(module = "/js/memory.js")]
extern "C" {
    /// Throws the `LendError` of an instance that another one has replaced.
    #[wasm_bindgen(js_name = refuseReplaced)]
    pub(crate) fn refuse_replaced();
}

#[wasm_bindgen(module = "/js/refusal.js")]
extern "C" {
    /// Sets what the shim throws when the call has returned. False if the call had not moved its arguments.
    #[wasm_bindgen(js_name = fail)]
    fn fail_after(error: &JsValue, was_moved: bool);
    pub(crate) fn refuse(argument: u32, fault: u32, handle: u32);
    #[wasm_bindgen(js_name = refuseInResult)]
    pub(crate) fn refuse_in_result(argument: u32, fault: u32, handle: u32);
}

#[wasm_bindgen(module = "/js/explain.js")]
extern "C" {
    /// The message for the refusal that comes next.
    pub(crate) fn explain(message: &str, code: u32, cause: &JsValue);
}

#[wasm_bindgen(module = "/js/refusalErrors.js")]
extern "C" {
    /// The call site that has to do with the refusal that comes next.
    ///
    /// The name crosses as numbers: a string would bring wasm-bindgen's decoder into every package.
    #[wasm_bindgen(js_name = nameHolder)]
    fn name_holder_of(function: *const u8, length: usize, argument: u32, is_owned: u32);
}

/// Sets the function's own error.
pub(crate) fn fail(error: &JsValue) {
    fail_after(error, true);
}

/// The same as `fail`, for a call that has not moved its arguments.
#[cfg(feature = "async")]
pub(crate) fn fail_before_moving(error: &JsValue) {
    fail_after(error, false);
}

/// See `name_holder_of`.
pub(crate) fn name_holder(function: &str, argument: u32, is_owned: bool) {
    name_holder_of(function.as_ptr(), function.len(), argument, u32::from(is_owned));
}

#[wasm_bindgen(module = "/js/unwind.js")]
extern "C" {
    /// The same as `attach_exports`, for a build that unwinds.
    #[cfg(all(target_arch = "wasm32", panic = "unwind"))]
    #[wasm_bindgen(js_name = attachUnwinding)]
    fn attach_unwinding(exports: JsValue);
    /// The message of a panic that may be caught next.
    #[cfg(feature = "panic-messages")]
    #[wasm_bindgen(js_name = notePanic)]
    fn note_panic(message: &str, file: &str, line: u32, column: u32);
    /// Throws the exception that wasm-bindgen has wrapped.
    #[cfg(all(target_arch = "wasm32", panic = "unwind"))]
    #[wasm_bindgen(js_name = throwWrapped)]
    fn throw_wrapped();
    /// Sets the function that unwraps and throws an exception. Only exports of wasm-bindgen itself unwrap.
    #[cfg(all(target_arch = "wasm32", panic = "unwind"))]
    #[wasm_bindgen(js_name = setUnwrapper)]
    fn set_unwrapper(throw: &JsValue);
    /// The `LendError` of that panic.
    #[wasm_bindgen(js_name = panicError)]
    pub(crate) fn panic_error() -> JsValue;
    /// Has the shim throw the panic when the call has returned.
    #[wasm_bindgen(js_name = panicCaught)]
    pub(crate) fn panic_caught(was_moved: bool);
    /// The same as `panic_caught`, for a shim whose result stands for the panic.
    #[wasm_bindgen(js_name = panicCaughtInResult)]
    pub(crate) fn panic_caught_in_result(was_moved: bool);
    /// The same as `panic_caught`, for a shim that does not ask for an outcome.
    #[wasm_bindgen(js_name = panicToThrow)]
    pub(crate) fn panic_to_throw();
}

/// Starts the JavaScript half, also of a package that exports nothing which needs a start function of its own.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen(start, private, skip_typescript)]
fn __lend_start() {
    attach();
}

/// See [`__private::attach`](crate::__private::attach).
#[cfg(target_arch = "wasm32")]
pub(crate) fn attach() {
    thread_local! {
        static IS_ATTACHED: Cell<bool> = const { Cell::new(false) };
    }
    if IS_ATTACHED.get() {
        return;
    }
    #[cfg(feature = "panic-messages")]
    set_panic_hook();
    #[cfg(target_feature = "atomics")]
    threads::attach();
    #[cfg(panic = "unwind")]
    {
        attach_unwinding(wasm_bindgen::exports());
        set_unwrapper(&Closure::<dyn Fn()>::new(throw_wrapped).into_js_value());
    }
    #[cfg(not(any(panic = "unwind", target_feature = "atomics")))]
    attach_exports(wasm_bindgen::exports());
    // Not before: JavaScript refuses an instance by an exception.
    IS_ATTACHED.set(true);
    #[cfg(target_feature = "atomics")]
    {
        super::exports::threads();
        threads::start();
    }
    #[cfg(feature = "plugin-host")]
    {
        super::exports::all();
        plugins::attach();
    }
}

/// Has panics reported to JavaScript, after any hook that was set before.
#[cfg(all(target_arch = "wasm32", feature = "panic-messages"))]
fn set_panic_hook() {
    static IS_HOOKED: core::sync::atomic::AtomicBool = core::sync::atomic::AtomicBool::new(false);
    if !IS_HOOKED.swap(true, core::sync::atomic::Ordering::Relaxed) {
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            earlier(panic);
            report(panic);
        }));
    }
}

#[cfg(all(
    target_arch = "wasm32",
    feature = "panic-messages",
    feature = "async",
    any(target_feature = "atomics", panic = "unwind")
))]
thread_local! {
    /// Hears of a panic on this thread. Set by the first job, so that a package without jobs has none of their code.
    static HEARS_PANICS: Cell<Option<fn(&Parts<'_>)>> = const { Cell::new(None) };
}

/// Has the panic hook call `hear` for panics on this thread.
#[cfg(all(
    target_arch = "wasm32",
    feature = "panic-messages",
    feature = "async",
    any(target_feature = "atomics", panic = "unwind")
))]
pub(crate) fn hear_panics(hear: fn(&Parts<'_>)) {
    HEARS_PANICS.set(Some(hear));
}

/// What the hook does. A function of its own, since the compiler makes two copies of a boxed closure.
#[cfg(all(target_arch = "wasm32", feature = "panic-messages"))]
#[inline(never)]
fn report(panic: &std::panic::PanicHookInfo<'_>) {
    // Another instance has replaced this one and goes on.
    if super::retired::is() {
        return;
    }
    let parts = Parts::of(panic);
    #[cfg(all(feature = "async", any(target_feature = "atomics", panic = "unwind")))]
    if let Some(hear) = HEARS_PANICS.get() {
        hear(&parts);
    }
    let Parts { message, file, line, column } = parts;
    // A panic ends the instance only if it does not unwind.
    if crate::unwind::UNWINDS {
        note_panic(message, file, line, column);
    } else {
        report_panic(message.as_ptr(), message.len(), file.as_ptr(), file.len(), line, column);
    }
}

/// Prepares the JavaScript half for instances that are lent to callbacks, once.
#[inline]
pub(crate) fn lend_instances() {
    thread_local! {
        static IS_ATTACHED: Cell<bool> = const { Cell::new(false) };
    }
    if !IS_ATTACHED.get() {
        attach_lent_instances();
        IS_ATTACHED.set(true);
    }
}
