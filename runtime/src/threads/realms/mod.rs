//! What builds with several threads have: see [`threads`](super).

/// Declares a static with a lock. Loom makes a new one in each run.
macro_rules! static_lock {
    ($name:ident: $type:ty = $value:expr) => {
        #[cfg(not(loom))]
        static $name: $crate::sync::Lock<$type> = $crate::sync::Lock::new($value);
        #[cfg(loom)]
        loom::lazy_static! {
            static ref $name: $crate::sync::Lock<$type> = $crate::sync::Lock::new($value);
        }
    };
}

pub(crate) use static_lock;

#[cfg(all(test, loom))]
mod every_order;
mod holds;
mod mailbox;
mod parcels;
#[cfg(all(test, not(loom)))]
mod tests;
mod thread;

use holds::is_there;
pub(crate) use holds::{count, give_back, held_after, reclaim};
pub(crate) use mailbox::{post_release, post_slot, post_wake, take};
pub(crate) use parcels::{Sent, in_flight, receive, revoke, share};
pub(crate) use thread::{has_trapped, is_first, number, start};
