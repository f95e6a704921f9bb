//! `async fn`s as promises.

use core::future::Future;
use core::panic::AssertUnwindSafe;

use crate::JsValue;

use super::{retired, task};
use crate::fault::{Fault, Refusal};
use crate::{js, unwind};

/// Runs the future on JavaScript's microtask queue, and gives its promise to the JavaScript shim.
///
/// The promise is also rejected if the instance ends before the future does.
///
/// # Errors
///
/// Never. The result has this type because the other ways to end a call have it.
pub fn give_promise(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Result<(), Refusal> {
    js::give_promise(&promise_of(future));
    Ok(())
}

/// Has the JavaScript shim, an async function, reject its promise at once: nothing was moved to the function.
#[cold]
pub fn rejected(reason: &JsValue) -> Refusal {
    js::fail_before_moving(reason);
    Refusal { fault: Fault::Thrown, argument: 0, handle: 0 }
}

/// The future as a promise.
pub(crate) fn promise_of(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> JsValue {
    task::spawn(caught(future))
}

/// The future; or the error of its panic, where panics unwind. If another instance has replaced this one, the future is
/// not polled any more: its promise has been rejected, and nobody could catch an exception.
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
