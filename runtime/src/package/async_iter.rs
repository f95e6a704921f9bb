//! Rust streams for `for await … of`.

use core::cell::RefCell;
use core::pin::Pin;
use core::task::Poll;
use std::rc::Rc;

use futures_core::Stream;

use super::iter::fulfilled;
use super::promise::promise_of;
use crate::JsValue;
use crate::closure::{ExportedClosure, export_closure};
use crate::js;
use crate::ts::Ts;
use crate::value::{ConversionError, IntoJs};

/// A stream that an exported function returns. In JavaScript it is an async iterable iterator.
///
/// Steps run one at a time; further ones wait. The stream is dropped as an [`Iter`](crate::Iter) is, also while a step is running.
///
/// ```no_run
/// use futures_core::Stream;
/// use wasm_lend::{AsyncIter, export};
///
/// fn lines(text: String) -> impl Stream<Item = String> {
/// #   struct None; impl Stream for None { type Item = String;
/// #   fn poll_next(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context) -> std::task::Poll<Option<String>> { std::task::Poll::Ready(Option::None) } } None
///     // …
/// }
///
/// /// `for await (const line of read(text)) …`
/// #[export]
/// pub fn read(text: String) -> AsyncIter<String> {
///     AsyncIter::new(lines(text))
/// }
/// ```
pub struct AsyncIter<T>(Pin<Box<dyn Stream<Item = T>>>);

impl<T> AsyncIter<T> {
    /// Makes it from any stream that borrows nothing.
    pub fn new(stream: impl Stream<Item = T> + 'static) -> Self {
        AsyncIter(Box::pin(stream))
    }
}

type SharedStream<T> = Rc<RefCell<Option<Pin<Box<dyn Stream<Item = T>>>>>>;

/// Drops the stream together with the closure, even if a running step refers to it.
struct Ended<T>(SharedStream<T>);

impl<T> Drop for Ended<T> {
    fn drop(&mut self) {
        // A stream that is being polled is dropped after that.
        if let Ok(mut stream) = self.0.try_borrow_mut() {
            let stream = stream.take();
            drop(stream);
        }
    }
}

impl<T: IntoJs + 'static> IntoJs for AsyncIter<T> {
    const TS: Ts = Ts::Concat(&[Ts::Text("LendAsyncIterator<"), T::TS, Ts::Text(">")]);

    fn into_js(self) -> Result<JsValue, ConversionError> {
        let shared = Ended(Rc::new(RefCell::new(Some(self.0))));
        let next: ExportedClosure = export_closure(move || {
            let stream = Rc::clone(&shared.0);
            promise_of(async move {
                let item = core::future::poll_fn(|context| {
                    let mut stream = stream.borrow_mut();
                    let polled = stream.as_mut().map(|stream| stream.as_mut().poll_next(context));
                    polled.unwrap_or(Poll::Ready(None))
                });
                match item.await {
                    Some(item) => fulfilled("a stream of Rust()", item.into_js()),
                    None => Ok(js::end_of_iteration()),
                }
            })
        });
        Ok(js::make_async_iterator(&next.into_js()?))
    }
}
