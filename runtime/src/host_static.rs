//! The statics that all modules over one memory share. The host owns them, and tells a plugin their addresses.
//!
//! `host_static!` declares one: in a package its own static or thread-local, in a plugin a reference to the host's.
//!
//! # Invariants
//!
//! Each static has the same layout in host and plugin. Otherwise their [`fingerprint`](crate::fingerprint)s differ,
//! and the loader refuses the plugin.

/// Calls `$callback!` with the one list of host statics. Host and plugin both number the statics by it. A static that
/// is missing here does not compile in a plugin.
macro_rules! for_each_host_static {
    ($callback:ident) => {
        $callback! {
            static TABLE in table;
            static HELD in checks;
            static LAYOUTS in element::registered;
            static ANY in element::registered;
            static CLASSES in class;
            thread_local KEY in key;
            thread_local TEXTS in text;
            thread_local BLOCKS in text;
            thread_local RETURNED in convert::returned;
            thread_local TO_FREE in object::counts;
            thread_local COUNTS in object::counts;
            thread_local PENDING in pending_drops;
            thread_local CALLS in call_record;
            thread_local MORE_CALLS in call_record;
            thread_local ACTIVE_CALLS in active_call;
        }
    };
}

pub(crate) use for_each_host_static;

macro_rules! number {
    ($($kind:tt $name:ident in $($module:ident)::+;)*) => {
        /// The place of a static in the list of addresses.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        pub(crate) enum HostStatic {
            $($name,)*
        }

        /// The names, in the order of the list.
        pub(crate) const NAMES: [&str; COUNT] = [$(stringify!($name)),*];

        pub(crate) const COUNT: usize = [$(HostStatic::$name),*].len();
    };
}

for_each_host_static!(number);
