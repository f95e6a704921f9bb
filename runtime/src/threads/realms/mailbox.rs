//! What threads leave for each other. A thread cannot call a function of another thread's JavaScript, nor destroy what is
//! bound to it. So a letter waits here until that thread looks.

use super::{is_there, number, static_lock};
use crate::kept::try_push;
use crate::pending_drops;
use crate::table::Slot;

struct Letter {
    thread: u32,
    content: Content,
}

enum Content {
    /// Memory was released: the token of a release listener.
    Released(u32),
    /// A future was woken: the id of its task.
    Woken(u32),
    /// A slot without references and borrows, whose owner is bound to the thread.
    ToDestroy(&'static Slot),
}

static_lock!(LETTERS: Vec<Letter> = Vec::new());

/// Leaves a letter, and tells the other thread. Nothing happens if that has ended, or if there is no memory.
fn post(thread: u32, content: Content) {
    let letter = Letter { thread, content };
    let is_posted = is_there(thread) && LETTERS.with(|letters| try_push(letters, letter)).is_some();
    #[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
    if is_posted {
        crate::js::threads::letter_for(thread);
    }
    let _ = is_posted;
}

/// The listener with this token is another thread's.
pub(crate) fn post_release(thread: u32, token: u32) {
    post(thread, Content::Released(token));
}

/// Another thread's task was woken.
pub(crate) fn post_wake(thread: u32, task: u32) {
    post(thread, Content::Woken(task));
}

/// Has the thread that a slot is bound to destroy it. If that has ended, the slot stays.
pub(crate) fn post_slot(slot: &'static Slot) {
    post(slot.base().module.load(crate::sync::Ordering::Relaxed), Content::ToDestroy(slot));
}

/// Reads the letters for this thread, up to the next token of a release listener, and returns the token. It returns 0
/// after the last letter. It leaves what has to be destroyed to the pending drops.
pub(crate) fn take() -> u32 {
    let own = number();
    let next = || {
        LETTERS.with(|letters| {
            let at = letters.iter().position(|letter| letter.thread == own)?;
            Some(letters.remove(at).content)
        })
    };
    while let Some(content) = next() {
        match content {
            Content::Released(token) => return token,
            Content::Woken(task) => super::super::queue_task(own, task),
            Content::ToDestroy(slot) => pending_drops::add(slot),
        }
    }
    0
}

/// Throws away the letters for a thread that has ended.
pub(super) fn forget(thread: u32) {
    LETTERS.with(|letters| letters.retain(|letter| letter.thread != thread));
}
