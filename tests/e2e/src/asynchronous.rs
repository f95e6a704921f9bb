//! Functions that return promises.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use wasm_lend::{Buffer, BufferMut, JsValue, export};

/// Waits for a promise, then adds.
#[export]
pub async fn sum_later(values: Buffer<u8>, promise: Promise) -> Result<u32, JsValue> {
    let more = JsFuture::from(promise).await?;
    Ok(values.iter().map(|value| u32::from(*value)).sum::<u32>() + more.as_f64().unwrap_or(0.0) as u32)
}

/// Takes a buffer and gives it back.
#[export]
pub async fn doubled_later(mut values: BufferMut<f32>, name: String) -> (BufferMut<f32>, String) {
    values.iter_mut().for_each(|value| *value *= 2.0);
    (values, name)
}

/// All other kinds of results.
#[export]
pub async fn later_unit() {}

/// A string, later.
#[export]
pub async fn later_text(number: u64, maybe: Option<char>) -> String {
    format!("{number} {maybe:?}")
}

/// Fails, later.
#[export]
pub async fn later_fail(text: String) -> Result<(), std::num::ParseIntError> {
    text.parse::<u8>().map(drop)
}

/// Panics, later.
#[export]
pub async fn later_panic(promise: Promise) -> u8 {
    let _ = JsFuture::from(promise).await;
    panic!("later");
}

/// Never ends.
#[export]
pub async fn later_never() {
    std::future::pending::<()>().await;
}

#[export]
pub mod sequences {
    use core::pin::Pin;
    use core::task::{Context, Poll};
    use std::cell::Cell;

    use futures_core::Stream;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;
    use wasm_lend::{AbortSignal, AsyncIter, Buffer, BufferMut, Iter, JsObject};

    thread_local!(static DROPPED: Cell<u32> = const { Cell::new(0) });

    /// Counts how often it is dropped.
    struct Counted;

    impl Drop for Counted {
        fn drop(&mut self) {
            DROPPED.set(DROPPED.get() + 1);
        }
    }

    pub fn sequences_dropped() -> u32 {
        DROPPED.get()
    }

    pub fn iter_squares(count: u32) -> Iter<u32> {
        let counted = Counted;
        Iter::new((0..count).map(move |n| {
            let _ = &counted;
            n * n
        }))
    }

    pub fn iter_words(text: String) -> Iter<(u32, String)> {
        Iter::new(
            text.split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .into_iter()
                .enumerate()
                .map(|(i, word)| (i as u32, word)),
        )
    }

    pub fn iter_objects(first: JsObject) -> Iter<Option<JsObject>> {
        Iter::new([Some(first), None])
    }

    pub fn iter_maybe(present: bool) -> Option<Iter<Buffer<u8>>> {
        present.then(|| Iter::new((1..3_u8).map(|n| Buffer::from(vec![n; 4]))))
    }

    struct Ticks {
        left: u32,
        promise: Box<dyn Fn() -> js_sys::Promise>,
        pending: Option<JsFuture>,
        _counted: Counted,
    }

    impl Stream for Ticks {
        type Item = u32;

        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<u32>> {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            let promise = (self.promise)();
            let pending = self.pending.get_or_insert_with(|| JsFuture::from(promise));
            if core::future::Future::poll(Pin::new(pending), context).is_pending() {
                return Poll::Pending;
            }
            self.pending = None;
            self.left -= 1;
            Poll::Ready(Some(self.left))
        }
    }

    /// Counts down by one each time a promise is resolved.
    pub fn stream_ticks(left: u32, promise: JsObject) -> AsyncIter<u32> {
        let promise = move || promise.call(()).expect("a promise").to_class().expect("a promise");
        AsyncIter::new(Ticks { left, promise: Box::new(promise), pending: None, _counted: Counted })
    }

    /// Waits while it owns a buffer.
    pub async fn wait_abortable(
        buffer: BufferMut<u8>,
        promise: js_sys::Promise,
        signal: Option<AbortSignal>,
    ) -> Result<BufferMut<u8>, JsValue> {
        let _counted = Counted;
        let aborted = signal.is_some_and(|signal| signal.aborted());
        JsFuture::from(promise).await?;
        if aborted { Err(JsValue::from_str("began all the same")) } else { Ok(buffer) }
    }
}
