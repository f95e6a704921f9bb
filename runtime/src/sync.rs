//! The atomics and the lock under counts, flags and handles: the only place that knows whether loom checks them.

#[cfg(not(loom))]
pub(crate) use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicUsize, Ordering};
#[cfg(loom)]
pub(crate) use loom::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicUsize, Ordering};

#[cfg(loom)]
use loom::cell::UnsafeCell;

/// True if this build has one thread only, in which nothing needs to be atomic.
pub(crate) const ONE_THREAD: bool = cfg!(all(target_arch = "wasm32", not(target_feature = "atomics")));

/// loom's interface, for the standard cell.
#[cfg(not(loom))]
struct UnsafeCell<T>(core::cell::UnsafeCell<T>);

#[cfg(not(loom))]
impl<T> UnsafeCell<T> {
    const fn new(value: T) -> Self {
        UnsafeCell(core::cell::UnsafeCell::new(value))
    }

    fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
        f(self.0.get())
    }
}

/// A lock that spins. What it guards takes a few loads and stores, runs nobody else's code, and must be had by the main
/// thread of a browser too, which is not allowed to sleep.
#[repr(C)]
pub(crate) struct Lock<T> {
    taken: AtomicBool,
    /// # Invariants
    ///
    /// Only reached by who has set `taken`, until it clears it.
    value: UnsafeCell<T>,
}

// SAFETY: one thread at a time reaches the value (invariant of `value`).
unsafe impl<T: Send> Sync for Lock<T> {}

impl<T> Lock<T> {
    #[cfg(not(loom))]
    pub(crate) const fn new(value: T) -> Self {
        Lock { taken: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    #[cfg(loom)]
    pub(crate) fn new(value: T) -> Self {
        Lock { taken: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    /// Runs `f` with the value to itself. `f` must not come back here.
    #[inline(always)]
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        while self.taken.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            wait();
        }
        // Also when `f` panics: nothing that it does leaves the value in disorder before it can.
        let _unlock = Unlock(&self.taken);
        // SAFETY: `taken` was clear and is set now (invariant of `value`).
        self.value.with_mut(|value| f(unsafe { &mut *value }))
    }
}

struct Unlock<'a>(&'a AtomicBool);

impl Drop for Unlock<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cold]
fn wait() {
    if ONE_THREAD {
        // Nobody else could ever clear it.
        std::process::abort();
    }
    #[cfg(loom)]
    loom::thread::yield_now();
    #[cfg(not(loom))]
    std::thread::yield_now();
}
