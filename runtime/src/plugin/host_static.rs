//! Host statics in a plugin, which finds them by their addresses.

use core::marker::PhantomData;
use core::ops::Deref;
use core::sync::atomic::{AtomicUsize, Ordering};

use crate::host_static::{COUNT, HostStatic};

/// The addresses of the host statics, once the plugin has started.
static ADDRESSES: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];

/// # Safety
///
/// `addresses` are those of the host statics, in the order of [`HostStatic`], and the host has the same fingerprint.
pub(crate) unsafe fn set_addresses(addresses: *const usize) {
    for (index, place) in ADDRESSES.iter().enumerate() {
        // SAFETY: the list is as long (the caller's promise).
        let address = unsafe { addresses.add(index) };
        // SAFETY: as above.
        place.store(unsafe { address.read() }, Ordering::Relaxed);
    }
}

/// A static of the host.
pub(crate) struct OfHost<T> {
    which: HostStatic,
    of: PhantomData<fn() -> T>,
}

impl<T> OfHost<T> {
    /// # Safety
    ///
    /// The host static of this number is a `T`. It is `Sync`, or there is only one thread.
    pub(crate) const unsafe fn new(which: HostStatic) -> Self {
        OfHost { which, of: PhantomData }
    }
}

impl<T> Deref for OfHost<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        let address = ADDRESSES[self.which as usize].load(Ordering::Relaxed);
        // SAFETY: the host static (the promise of `new`). No code of this crate runs before the plugin has started.
        unsafe { &*core::ptr::with_exposed_provenance(address) }
    }
}

/// A thread-local of the host.
#[repr(transparent)]
pub(crate) struct Local<T>(T);

impl<T> Local<T> {
    #[inline(always)]
    pub(crate) fn with<R>(&self, f: impl FnOnce(&T) -> R) -> R {
        f(&self.0)
    }
}

/// Declares a [host static](mod@crate::host_static). Packages with plugins have one thread, so a thread-local is a static
/// too.
macro_rules! host_static {
    ($(#[$doc:meta])* static $name:ident: $type:ty = $value:expr;) => {
        $(#[$doc])*
        // SAFETY: the host's list has the static of this name and type there (invariant of `host_static`).
        pub(crate) static $name: $crate::backend::host_static::OfHost<$type> = unsafe {
            $crate::backend::host_static::OfHost::new($crate::host_static::HostStatic::$name)
        };
    };
    ($(#[$doc:meta])* thread_local static $name:ident: $type:ty = const $value:block;) => {
        $(#[$doc])*
        // SAFETY: as above; `Local` is transparent.
        pub(crate) static $name: $crate::backend::host_static::OfHost<$crate::backend::host_static::Local<$type>> = unsafe {
            $crate::backend::host_static::OfHost::new($crate::host_static::HostStatic::$name)
        };
    };
}

pub(crate) use host_static;
