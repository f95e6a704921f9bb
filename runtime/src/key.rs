//! The key: a number that only the JavaScript half knows. It sets the key at its start, before anybody else can call.

use core::sync::atomic::{AtomicU32, Ordering};

crate::host_static! {
    static KEY: AtomicU32 = AtomicU32::new(0);
}

/// Sets the key. Only the first call does.
pub(crate) fn set(key: u32) {
    let _ = KEY.compare_exchange(0, key, Ordering::Relaxed, Ordering::Relaxed);
}

#[inline(always)]
pub(crate) fn get() -> u32 {
    KEY.load(Ordering::Relaxed)
}

/// True if it is the key that was set.
pub(crate) fn is(key: u32) -> bool {
    key != 0 && get() == key
}
