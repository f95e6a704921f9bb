//! `AbortSignal`, which cancels an `async fn`.

use core::future::Future;
use core::pin::pin;
use core::task::Poll;

use crate::JsValue;

use super::task;
use crate::JsObject;
use crate::js;
use crate::ts::Ts;
use crate::value::{ConversionError, FromJs, Held};

/// An `AbortSignal` of JavaScript. As an argument of an exported `async fn` it cancels the function.
///
/// When the signal aborts, the future is dropped at its current await. What it had borrowed ends, what it owned is
/// dropped, and the promise is rejected with the signal's reason. If the signal has aborted before the call, the
/// function does not run.
///
/// ```no_run
/// use wasm_lend::{AbortSignal, BufferMut, export};
/// # async fn fetch_into(_: &mut [u8]) {}
///
/// #[export]
/// pub async fn load(mut into: BufferMut<u8>, signal: Option<AbortSignal>) -> BufferMut<u8> {
///     drop(signal); // nothing else to do for it
///     fetch_into(&mut into).await;
///     into
/// }
/// ```
#[derive(Clone, Debug)]
pub struct AbortSignal(JsValue);

impl AbortSignal {
    /// True if it has aborted.
    #[must_use]
    pub fn aborted(&self) -> bool {
        js::is_aborted(&self.0)
    }

    /// The reason why it has aborted, or `undefined`.
    #[must_use]
    pub fn reason(&self) -> JsObject {
        js::abort_reason(&self.0).into()
    }
}

impl AsRef<JsValue> for AbortSignal {
    fn as_ref(&self) -> &JsValue {
        &self.0
    }
}

impl FromJs for AbortSignal {
    const TS: Ts = Ts::Text("AbortSignal");

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        if js::is_abort_signal(&value) {
            Ok(AbortSignal(value))
        } else {
            Err(ConversionError::expected("an AbortSignal", &value))
        }
    }
}

/// An argument that is a signal: of this crate's type, or of web-sys's.
pub trait Signal {
    #[doc(hidden)]
    fn __lend_signal(&self) -> Option<JsValue>;
}

impl<T: AsRef<JsValue>> Signal for Held<T> {
    fn __lend_signal(&self) -> Option<JsValue> {
        self.as_ready().map(|signal| signal.as_ref().clone())
    }
}

/// An argument that is a signal or absent.
pub trait OptionalSignal {
    #[doc(hidden)]
    fn __lend_signal(&self) -> Option<JsValue>;
}

impl<T: AsRef<JsValue>> OptionalSignal for Held<Option<T>> {
    fn __lend_signal(&self) -> Option<JsValue> {
        self.as_ready()?.as_ref().map(|signal| signal.as_ref().clone())
    }
}

/// The reason of a signal that has aborted already, so that the call must not begin.
#[must_use]
pub fn aborted(signals: &[Option<JsValue>]) -> Option<JsValue> {
    signals.iter().flatten().find(|signal| js::is_aborted(signal)).map(js::abort_reason)
}

/// Runs the future until one of the signals aborts.
///
/// # Errors
///
/// The error of the future, or the reason of the signal.
pub async fn until_aborted(
    signals: Vec<Option<JsValue>>,
    future: impl Future<Output = Result<JsValue, JsValue>>,
) -> Result<JsValue, JsValue> {
    let mut listeners: Vec<Listener> = Vec::new();
    let mut future = pin!(future);
    core::future::poll_fn(|context| {
        if let Some(reason) = aborted(&signals) {
            return Poll::Ready(Err(reason));
        }
        if listeners.is_empty() {
            let listen = |signal| Listener(js::when_aborted(signal, task::current()));
            listeners = signals.iter().flatten().map(listen).collect();
        }
        future.as_mut().poll(context)
    })
    .await
}

/// Has a task polled when a signal aborts. It is removed from the signal when this drops.
struct Listener(JsValue);

impl Drop for Listener {
    fn drop(&mut self) {
        js::stop_waiting(&self.0);
    }
}
