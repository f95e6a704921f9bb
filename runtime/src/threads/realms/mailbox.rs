//! Release listeners of other threads. JavaScript of one thread cannot call a function of another, so the token waits
//! here until that thread looks.

use super::static_lock;
use crate::kept::try_push;

struct Letter {
    thread: u32,
    token: u32,
}

static_lock!(LETTERS: Vec<Letter> = Vec::new());

/// Leaves a token for another thread. False if there is no memory for it.
pub(crate) fn post(thread: u32, token: u32) -> bool {
    LETTERS.with(|letters| try_push(letters, Letter { thread, token })).is_some()
}

/// The next token for this thread, or 0.
pub(crate) fn take() -> u32 {
    let thread = super::number();
    LETTERS
        .with(|letters| {
            let at = letters.iter().position(|letter| letter.thread == thread)?;
            Some(letters.remove(at).token)
        })
        .unwrap_or(0)
}

/// Throws away the tokens for a thread that has ended.
pub(super) fn forget(thread: u32) {
    LETTERS.with(|letters| letters.retain(|letter| letter.thread != thread));
}
