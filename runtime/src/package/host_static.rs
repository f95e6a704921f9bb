//! Host statics in a package, which owns them.

/// Declares a [host static](mod@crate::host_static).
macro_rules! host_static {
    ($(#[$doc:meta])* static $name:ident: $type:ty = $value:expr;) => {
        $(#[$doc])*
        pub(crate) static $name: $type = $value;
    };
    ($(#[$doc:meta])* thread_local static $name:ident: $type:ty = const $value:block;) => {
        thread_local! {
            $(#[$doc])*
            pub(crate) static $name: $type = const $value;
        }
    };
}

pub(crate) use host_static;
