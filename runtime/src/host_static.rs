//! The statics that all modules over one memory share. They are the host's, which tells a plugin their addresses.
//!
//! `host_static!` declares one: in a package a static or thread-local of its own, in a plugin a reference to the host's.
//!
//! # Invariants
//!
//! What lies in them has one layout in host and plugin. [`fingerprint`](crate::fingerprint) is another number where it has not, and
//! the loader then refuses the plugin.

/// Calls `$callback!` with the one list of host statics, from which both sides number them. A static that is missing here
/// does not compile in a plugin.
macro_rules! for_each_host_static {
    ($callback:ident) => {
        $callback! {
            static TABLE in table;
            static HELD in checks;
            static LAYOUTS in element::registered;
            static KEY in key;
            static CLASSES in class;
            thread_local TEXTS in text;
            thread_local BLOCKS in text;
            thread_local RETURNED in convert::returned;
            thread_local TO_FREE in object::counts;
            thread_local COUNTS in object::counts;
            thread_local PENDING in pending_drops;
            thread_local CALLS in call_record;
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
