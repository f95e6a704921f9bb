//! The statics that all modules over one memory have in common: they are the host's, which tells a plugin their addresses.
//!
//! # Invariants
//!
//! What lies in them has one layout in host and plugin. Each says what it takes them for ([`fingerprint`]), and the loader
//! refuses a plugin that does not agree with the host.

/// Which static it is, in the list of addresses.
#[cfg(any(feature = "plugin", feature = "plugin-host"))]
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "plugin"), allow(dead_code))]
pub(crate) enum Which {
    Table,
    Records,
    Layouts,
    Key,
    Classes,
    Texts,
    Blocks,
    Returned,
    Released,
    Counts,
    PendingDrops,
    Calls,
    Frames,
}

#[cfg(any(feature = "plugin", feature = "plugin-host"))]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
pub(crate) const COUNT: usize = Which::Frames as usize + 1;

/// `static NAME: Type = value;`, of the host.
macro_rules! shared {
    ($which:ident => $(#[$doc:meta])* $vis:vis static $name:ident: $type:ty = $value:expr;) => {
        #[cfg(not(feature = "plugin"))]
        $(#[$doc])*
        $vis static $name: $type = $value;

        #[cfg(feature = "plugin")]
        $(#[$doc])*
        // SAFETY: the host's list has the static of this type there (invariant of `shared`).
        $vis static $name: $crate::shared::OfHost<$type> = unsafe { $crate::shared::OfHost::new($crate::shared::Which::$which) };
    };
}

/// `thread_local!(static NAME: Type = const { value })`, of the host. Where there are plugins, memory is of one thread.
macro_rules! shared_local {
    ($($which:ident => $(#[$doc:meta])* static $name:ident: $type:ty = const $value:block;)*) => {
        #[cfg(not(feature = "plugin"))]
        thread_local! {
            $($(#[$doc])* static $name: $type = const $value;)*
        }

        $(
            #[cfg(feature = "plugin")]
            $(#[$doc])*
            // SAFETY: as above.
            static $name: $crate::shared::OfHost<$crate::shared::Local<$type>> = unsafe {
                $crate::shared::OfHost::new($crate::shared::Which::$which)
            };
        )*
    };
}

pub(crate) use {shared, shared_local};

#[cfg(feature = "plugin")]
pub(crate) use of_host::{Local, OfHost, set_addresses};

#[cfg(feature = "plugin")]
mod of_host {
    use core::marker::PhantomData;
    use core::ops::Deref;
    use core::sync::atomic::{AtomicUsize, Ordering};

    use super::{COUNT, Which};

    /// Where the host's statics are, once this plugin has started.
    static ADDRESSES: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];

    /// # Safety
    ///
    /// `addresses` are those of the host's statics, in the order of [`Which`], and the host's fingerprint is this module's.
    pub(crate) unsafe fn set_addresses(addresses: *const usize) {
        for (index, place) in ADDRESSES.iter().enumerate() {
            // SAFETY: there are as many (the caller's promise).
            let address = unsafe { addresses.add(index) };
            // SAFETY: the same.
            place.store(unsafe { address.read() }, Ordering::Relaxed);
        }
    }

    /// A static of the host's.
    pub(crate) struct OfHost<T> {
        which: Which,
        of: PhantomData<fn() -> T>,
    }

    impl<T> OfHost<T> {
        /// # Safety
        ///
        /// The host's static of this number is a `T`, and `Sync` or of the one thread there is.
        pub(crate) const unsafe fn new(which: Which) -> Self {
            OfHost { which, of: PhantomData }
        }
    }

    impl<T> Deref for OfHost<T> {
        type Target = T;

        #[inline(always)]
        fn deref(&self) -> &T {
            let address = ADDRESSES[self.which as usize].load(Ordering::Relaxed);
            // SAFETY: the host's static (the promise of `new`); nothing of this crate runs before the plugin has started.
            unsafe { &*core::ptr::with_exposed_provenance(address) }
        }
    }

    /// A thread-local of the host's, as a plugin sees it.
    #[repr(transparent)]
    pub(crate) struct Local<T>(T);

    impl<T> Local<T> {
        #[inline(always)]
        pub(crate) fn with<R>(&self, f: impl FnOnce(&T) -> R) -> R {
            f(&self.0)
        }
    }

    impl<T> Local<core::cell::RefCell<T>> {
        pub(crate) fn with_borrow<R>(&self, f: impl FnOnce(&T) -> R) -> R {
            f(&self.0.borrow())
        }

        pub(crate) fn with_borrow_mut<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
            f(&mut self.0.borrow_mut())
        }
    }
}

/// Which module this is: 0 for the host, and for a plugin the number that the loader gives it.
#[cfg(not(feature = "plugin"))]
#[inline(always)]
pub(crate) const fn module() -> u32 {
    0
}

#[cfg(feature = "plugin")]
pub(crate) use crate::plugin::module;
