//! The key: a number that only the JavaScript half knows. It sets the key at its start, before anybody else can call.

use core::cell::Cell;

// One for each thread: each has a JavaScript half of its own.
crate::host_static! {
    thread_local static KEY: Cell<u32> = const { Cell::new(0) };
}

/// Sets the key. Only the first call does.
pub(crate) fn set(key: u32) {
    KEY.with(|place| place.set(if place.get() == 0 { key } else { place.get() }));
}

#[inline(always)]
pub(crate) fn get() -> u32 {
    KEY.with(Cell::get)
}

/// True if it is the key that was set.
pub(crate) fn is(key: u32) -> bool {
    key != 0 && get() == key
}
