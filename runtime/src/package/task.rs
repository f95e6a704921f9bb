//! Futures that run on JavaScript's microtask queue.
//!
//! The executor is our own: that of wasm-bindgen-futures is a part of js-sys, and js-sys weighs on a package as soon as
//! it is linked, even if nothing calls it.

use core::cell::Cell;
use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Wake;

use super::retired;
use crate::JsValue;
use crate::js;
use crate::kept::Kept;
use crate::threads;

type Running = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

/// A future that settles a promise. It stays on its thread.
struct Task {
    /// `None` while it is polled, and when it has ended.
    future: Cell<Option<Running>>,
    /// The functions that settle the promise.
    settlers: JsValue,
    alarm: Arc<Alarm>,
}

/// What wakes a task, from any thread.
struct Alarm {
    /// The thread of the task.
    thread: u32,
    /// The task's place in `TASKS`, counted from 1. JavaScript knows the task by it.
    id: u32,
    /// True while JavaScript has it in the queue. Then a wake need not add it.
    is_queued: AtomicBool,
    has_ended: AtomicBool,
}

thread_local! {
    /// The tasks that have not ended. A place is used again, and then a late wake polls another task once too often,
    /// which every future allows.
    static TASKS: Kept<Vec<Option<Rc<Task>>>> = const { Kept::new(Vec::new()) };
    /// The task that is polled now, or 0.
    static CURRENT: Cell<u32> = const { Cell::new(0) };
}

/// Runs the future, and returns its promise. The first poll is in a microtask.
pub(super) fn spawn(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> JsValue {
    #[cfg(target_arch = "wasm32")]
    super::exports::tasks();
    let future: Running = Box::pin(future);
    let settlers = js::new_settlers();
    let promise = js::promise_of_settlers(&settlers);
    let alarm = TASKS.with(|tasks| {
        tasks.with(|tasks| {
            let free = tasks.iter().position(Option::is_none);
            let index = free.unwrap_or_else(|| {
                tasks.push(None);
                tasks.len() - 1
            });
            let alarm = Arc::new(Alarm {
                thread: threads::number(),
                id: index as u32 + 1,
                is_queued: AtomicBool::new(false),
                has_ended: AtomicBool::new(false),
            });
            if let Some(place) = tasks.get_mut(index) {
                let future = Cell::new(Some(future));
                *place = Some(Rc::new(Task { future, settlers, alarm: Arc::clone(&alarm) }));
            }
            alarm
        })
    });
    alarm.wake_by_ref();
    promise
}

/// The id of the task that is polled now.
pub(super) fn current() -> u32 {
    CURRENT.get()
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.has_ended.load(Ordering::Relaxed)
            && !retired::is()
            && !self.is_queued.swap(true, Ordering::AcqRel)
        {
            threads::queue_task(self.thread, self.id);
        }
    }
}

/// Drops the futures of all tasks, with what they hold: this thread leaves. JavaScript rejects their promises.
#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
pub(crate) fn end_all() {
    let tasks = TASKS.with(|tasks| tasks.with(core::mem::take));
    for task in tasks.into_iter().flatten() {
        task.alarm.has_ended.store(true, Ordering::Relaxed);
        drop(task.future.take());
    }
}

/// Polls a task, which JavaScript has taken from its queue. The number may be made up.
pub(crate) fn run(id: u32) {
    let place = (id as usize).wrapping_sub(1);
    let task = TASKS.with(|tasks| tasks.with(|tasks| tasks.get(place).cloned().flatten()));
    let Some(task) = task.filter(|_| !retired::is()) else { return };
    // First: a wake during the poll queues it again.
    task.alarm.is_queued.store(false, Ordering::Release);
    // Not there if this is a call from within its own poll.
    let Some(mut future) = task.future.take() else { return };
    let waker = Arc::clone(&task.alarm).into();
    let outer = CURRENT.replace(id);
    let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
    CURRENT.set(outer);
    match polled {
        Poll::Pending => task.future.set(Some(future)),
        Poll::Ready(result) => {
            task.alarm.has_ended.store(true, Ordering::Relaxed);
            let ended = TASKS.with(|tasks| tasks.with(|tasks| tasks.get_mut(place).and_then(Option::take)));
            drop(ended);
            match result {
                Ok(value) => js::settle(&task.settlers, false, &value),
                Err(error) => js::settle(&task.settlers, true, &error),
            }
            // Last: its captures may throw when they are dropped.
            drop(future);
        }
    }
}
