//! `async fn` as a promise.

use core::future::Future;
use core::panic::AssertUnwindSafe;

use crate::JsValue;

use super::retired;
use crate::fault::{Fault, Refusal};
use crate::value::ConversionError;
use crate::{js, unwind};

/// Runs the future on JavaScript's microtask queue, and hands its promise to the JavaScript shim.
///
/// The promise is rejected too if the instance comes to its end before the future does.
///
/// # Errors
///
/// None: the type is that of the other ways to end a call.
pub fn give_promise(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Result<(), Refusal> {
    js::give_promise(&promise_of(future));
    Ok(())
}

/// Has the JavaScript shim, an async function, reject its promise from the start: nothing was moved to the function.
#[cold]
pub fn rejected(reason: &JsValue) -> Refusal {
    js::fail_before_moving(reason);
    Refusal { fault: Fault::Thrown, argument: 0, handle: 0 }
}

/// The future as a promise.
pub(crate) fn promise_of(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> JsValue {
    wasm_bindgen_futures::future_to_promise(AssertUnwindSafe(caught(future))).into()
}

/// The future, or the error of its panic where that unwinds. It stands still when another instance has taken over: its promise has
/// been rejected then, and nobody could catch what it throws.
async fn caught(future: impl Future<Output = Result<JsValue, JsValue>>) -> Result<JsValue, JsValue> {
    let mut future = core::pin::pin!(future);
    core::future::poll_fn(|context| {
        if retired::is() {
            return core::task::Poll::Pending;
        }
        if !unwind::UNWINDS {
            return future.as_mut().poll(context);
        }
        let poll = AssertUnwindSafe(|| future.as_mut().poll(context));
        std::panic::catch_unwind(poll).unwrap_or_else(|_| core::task::Poll::Ready(Err(js::panic_error())))
    })
    .await
}

/// What the promise is resolved or rejected with.
///
/// # Errors
///
/// A `LendError` when the result could not be converted.
pub fn fulfilled(function: &str, result: Result<JsValue, ConversionError>) -> Result<JsValue, JsValue> {
    result.map_err(|error| js::result_error(function, &error.to_string()))
}
