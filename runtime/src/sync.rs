//! The atomics and the lock for counts, flags and handles. Only this module knows whether loom checks them.

#[cfg(not(loom))]
pub(crate) use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicUsize, Ordering};
#[cfg(loom)]
pub(crate) use loom::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicUsize, Ordering};

#[cfg(loom)]
use loom::cell::UnsafeCell;

/// True if this build has one thread, so that nothing needs to be atomic.
pub(crate) const ONE_THREAD: bool = cfg!(all(target_arch = "wasm32", not(target_feature = "atomics")));

/// The standard cell with loom's interface.
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

/// A spin lock. Code under it is a few loads and stores and never foreign code. The main thread of a browser takes it
/// too, which is not allowed to sleep.
#[repr(C)]
pub(crate) struct Lock<T> {
    taken: AtomicBool,
    /// # Invariants
    ///
    /// Only the thread that has set `taken` uses the value, until it clears `taken`.
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

    /// Runs `f` with exclusive access to the value. `f` must not take this lock again.
    #[inline(always)]
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        if ONE_THREAD {
            // The same as below in less code.
            if self.taken.load(Ordering::Relaxed) {
                wait(&mut 0);
            }
            self.taken.store(true, Ordering::Relaxed);
        } else {
            let mut waits = 0;
            while self.taken.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
                wait(&mut waits);
            }
        }
        // Unlocks also if `f` panics: it never panics while the value is inconsistent.
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

/// Some seconds. A lock is held for less than a microsecond.
#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
const MOST_WAITS: u32 = 1 << 28;

#[cold]
fn wait(waits: &mut u32) {
    if ONE_THREAD {
        // No other thread could ever clear it.
        std::process::abort();
    }
    #[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
    if crate::threads::has_trapped() || *waits > MOST_WAITS {
        // The thread that holds it has ended, and will never clear it.
        std::process::abort();
    }
    *waits += 1;
    #[cfg(loom)]
    loom::thread::yield_now();
    #[cfg(not(loom))]
    std::thread::yield_now();
}
