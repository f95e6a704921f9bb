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

/// A number that is another one where host and plugin would take the shared statics for something else: of this crate's version, of
/// whether it has the checks, and of how the compiler lays out what it chooses by itself.
#[cfg(any(feature = "plugin", feature = "plugin-host"))]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
pub(crate) fn fingerprint() -> u32 {
    let sizes = [
        size_of::<crate::table::Table>(),
        size_of::<crate::table::Slot>(),
        size_of::<core::any::TypeId>(),
        usize::from(crate::checks::ENABLED),
    ];
    // FNV-1a.
    let mix = |hash: u32, word: usize| (hash ^ word as u32).wrapping_mul(0x0100_0193);
    let version = env!("CARGO_PKG_VERSION").bytes().map(usize::from);
    sizes.into_iter().chain(version).chain(probe::words()).fold(0x811c_9dc5, mix)
}

/// How types are laid out that the compiler, or std, chooses the layout of.
#[cfg(any(feature = "plugin", feature = "plugin-host"))]
mod probe {
    use core::cell::RefCell;

    /// The words of a value; only for types of whole words, all of them initialised.
    fn words_of<T>(value: &T) -> &[usize] {
        let words = core::ptr::from_ref(value).cast::<usize>();
        // SAFETY: as many as the live value has.
        unsafe { core::slice::from_raw_parts(words, size_of::<T>() / size_of::<usize>()) }
    }

    pub(super) fn words() -> impl Iterator<Item = usize> {
        let mut list = Vec::<u64>::with_capacity(7);
        list.extend([0; 3]);
        // Which word is which, for the address is never the same.
        let known = [list.as_ptr().addr(), list.capacity(), list.len()];
        let of_list = words_of(&list).iter().map(|word| known.iter().position(|it| it == word).unwrap_or(9));
        let of_list: Vec<usize> = of_list.collect();
        let text = "text";
        let of_text: Vec<usize> =
            words_of(&text).iter().map(|word| usize::from(*word == text.len())).collect();
        let cell = RefCell::new(0_usize);
        let in_cell = cell.as_ptr().addr() - (&raw const cell).addr();
        let layout = words_of(&core::alloc::Layout::new::<[u16; 3]>()).to_vec();
        let block = words_of(&crate::text::sample_block()).to_vec();
        of_list.into_iter().chain(of_text).chain([in_cell]).chain(layout).chain(block)
    }
}
