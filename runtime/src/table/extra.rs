//! What few slots have: somebody to tell when they go, a shape of several dimensions.

use crate::sync::Ordering;
use crate::table::Slot;

/// Who is told that an allocation has gone, once.
pub(crate) enum Note {
    Rust(Box<dyn FnOnce() + Send>),
    /// A number that the JavaScript half knows what to do with.
    #[cfg_attr(not(any(target_arch = "wasm32", test)), allow(dead_code))]
    JavaScript(u32),
}

/// The shape of an array of several dimensions, in elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(any(target_arch = "wasm32", test, feature = "ndarray")), allow(dead_code))]
pub(crate) struct Layout {
    /// The lengths along the axes, then the distances between neighbours along them.
    pub(crate) lengths_and_strides: Box<[u32]>,
}

/// # Invariants
///
/// A slot's `extra` is null or came from `Box::into_raw`; whoever holds the slot may change it, one thread at a time (the
/// table's `free` lock).
#[derive(Default)]
pub(crate) struct Extra {
    pub(crate) notes: Vec<Note>,
    #[cfg_attr(not(any(target_arch = "wasm32", test, feature = "ndarray")), allow(dead_code))]
    pub(crate) layout: Option<Layout>,
}

impl Slot {
    /// Adds to, or reads, what the slot has besides.
    pub(crate) fn with_extra<R>(&self, f: impl FnOnce(&mut Extra) -> R) -> R {
        super::TABLE.free.with(|_| {
            let mut extra = self.extra.load(Ordering::Relaxed);
            if extra.is_null() {
                extra = Box::into_raw(Box::default());
                self.extra.store(extra, Ordering::Relaxed);
            }
            // SAFETY: a live box (invariant of Extra), and this thread's alone while the lock lasts.
            f(unsafe { &mut *extra })
        })
    }

    #[cfg(any(target_arch = "wasm32", test, feature = "ndarray"))]
    pub(crate) fn has_extra(&self) -> bool {
        !self.extra.load(Ordering::Relaxed).is_null()
    }

    /// What the slot has besides, which it has no more then.
    #[inline]
    pub(crate) fn take_extra(&self) -> Option<Box<Extra>> {
        let extra = self.extra.load(Ordering::Relaxed);
        if extra.is_null() {
            return None;
        }
        self.extra.store(core::ptr::null_mut(), Ordering::Relaxed);
        // SAFETY: a live box (invariant of Extra), and nobody else has the slot when it goes.
        Some(unsafe { Box::from_raw(extra) })
    }

    /// Gives back what `take_extra` of another slot took, to one that has none.
    pub(crate) fn set_extra(&self, extra: Option<Box<Extra>>) {
        self.extra.store(extra.map_or(core::ptr::null_mut(), Box::into_raw), Ordering::Relaxed);
    }
}

/// Tells everybody, each of them whatever the others do.
#[cold]
pub(crate) fn tell(notes: Vec<Note>) {
    let mut panic = None;
    for note in notes {
        match note {
            Note::Rust(f) => {
                if let Err(payload) = std::panic::catch_unwind(core::panic::AssertUnwindSafe(f)) {
                    panic = Some(payload);
                }
            }
            Note::JavaScript(token) => tell_javascript(token),
        }
    }
    if let Some(payload) = panic {
        // A second panic while one unwinds would abort.
        if !std::thread::panicking() {
            std::panic::resume_unwind(payload);
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn tell_javascript(token: u32) {
    crate::js::released(token);
}

/// On the host the tests read here what JavaScript was told.
#[cfg(not(target_arch = "wasm32"))]
fn tell_javascript(token: u32) {
    TOLD.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(token);
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) static TOLD: std::sync::Mutex<Vec<u32>> = std::sync::Mutex::new(Vec::new());
