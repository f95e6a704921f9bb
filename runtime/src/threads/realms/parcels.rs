//! Parcels: buffers on their way from the JavaScript of one thread to that of another.
//!
//! The sender gets a token of two numbers, which it posts to another thread. A token is good for one receiver. A read-only
//! buffer is held once more while it is on its way. A mutable one leaves the sender, with its hold and its handle, so a
//! move spends no generation of the slot.

use super::static_lock;
use crate::kept::try_push;
use crate::table::{self, Slot, Storage};
use crate::threads::count_hold;

/// # Invariants
///
/// With a `slot` the parcel has one of JavaScript's holds on it, so the slot stays in use and keeps its handle.
struct Parcel {
    slot: Option<&'static Slot>,
    /// How often this place was used. It tells a token from later ones of the same place.
    generation: u32,
}

static_lock!(PARCELS: Vec<Parcel> = Vec::new());

/// Why a buffer cannot be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum NotShared {
    Stale = 0,
    /// A running call borrows it, or Rust has a part of it.
    Borrowed = 1,
    /// It is an instance, or lies in one.
    Bound = 2,
    OutOfMemory = 3,
}

/// A token, and what has become of the sender's buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) place: u32,
    pub(crate) generation: u32,
    /// True if the buffer is no longer the sender's.
    pub(crate) is_moved: bool,
}

/// Makes a parcel of a buffer. A mutable one is moved.
pub(crate) fn share(handle: u32) -> Result<Sent, NotShared> {
    let slot = table::lookup(handle)
        .filter(|slot| !matches!(slot.storage(), Storage::Scratch { .. } | Storage::Temporary))
        .ok_or(NotShared::Stale)?;
    if slot.is_instance() || slot.is_bound() {
        return Err(NotShared::Bound);
    }
    let is_mutable = slot.is_mutable();
    if is_mutable && slot.borrow.is_borrowed() {
        return Err(NotShared::Borrowed);
    }
    // Before anybody can receive the parcel, which needs a hold of its own.
    if !is_mutable {
        slot.hold();
        slot.give_to_js();
    }
    let sent = PARCELS
        .with(|parcels| {
            let place = match parcels.iter().position(|parcel| parcel.slot.is_none()) {
                Some(place) => place,
                None => {
                    try_push(parcels, Parcel { slot: None, generation: 0 })?;
                    parcels.len() - 1
                }
            };
            let parcel = parcels.get_mut(place)?;
            parcel.slot = Some(slot);
            parcel.generation = parcel.generation.wrapping_add(1);
            Some(Sent { place: place as u32, generation: parcel.generation, is_moved: is_mutable })
        })
        .ok_or(NotShared::OutOfMemory);
    if sent.is_ok() {
        // The hold is the parcel's.
        count_hold(slot, -1);
    } else if !is_mutable {
        // Not the last one: the sender has its own.
        let _ = slot.take_from_js();
    }
    sent
}

/// The handle of what the token stands for, whose hold is the receiver's from now on. 0 if somebody has received it
/// already.
pub(crate) fn receive(place: u32, generation: u32) -> u32 {
    open(place, generation).map_or(0, |slot| {
        count_hold(slot, 1);
        slot.handle.load(crate::sync::Ordering::Acquire)
    })
}

/// Frees what the token stands for. False if somebody has received it.
pub(crate) fn revoke(place: u32, generation: u32) -> bool {
    let Some(slot) = open(place, generation) else { return false };
    count_hold(slot, 1);
    if slot.take_from_js() {
        slot.release();
    }
    true
}

/// Takes a parcel. Only one caller gets it.
fn open(place: u32, generation: u32) -> Option<&'static Slot> {
    PARCELS.with(|parcels| {
        let parcel = parcels.get_mut(place as usize).filter(|parcel| parcel.generation == generation)?;
        parcel.slot.take()
    })
}

/// The number of buffers that nobody has received.
pub(crate) fn in_flight() -> u32 {
    PARCELS.with(|parcels| parcels.iter().filter(|parcel| parcel.slot.is_some()).count() as u32)
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::raw;
    use crate::raw::tests::alone;
    use crate::table::MUTABLE;

    const U8: u32 = 0;

    #[test]
    fn a_read_only_buffer_is_held_once_more() {
        let _alone = alone();
        let (buffers, handle) = (raw::live_buffers(), raw::alloc(U8, 4, false));
        let Sent { place, generation, .. } = share(handle).expect("free");
        assert_eq!(raw::free(handle), 1);
        assert_eq!(raw::live_buffers(), buffers + 1, "the parcel holds it");
        assert_eq!(in_flight(), 1);
        assert_eq!(receive(place, generation), handle);
        assert_eq!(receive(place, generation), 0, "once");
        assert!(!revoke(place, generation));
        assert_eq!(raw::free(handle), 1);
        assert_eq!((raw::live_buffers(), in_flight()), (buffers, 0));
    }

    #[test]
    fn a_mutable_buffer_moves_with_its_handle() {
        let _alone = alone();
        let (buffers, handle) = (raw::live_buffers(), raw::alloc(U8 | MUTABLE, 4, false));
        for _ in 0..3000 {
            let Sent { place, generation, .. } = share(handle).expect("free");
            assert_eq!(receive(place, generation), handle);
        }
        let Sent { place, generation, .. } = share(handle).expect("free");
        assert!(revoke(place, generation) && !revoke(place, generation));
        assert_eq!(raw::live_buffers(), buffers);
        assert_eq!(share(handle), Err(NotShared::Stale));
    }

    #[test]
    fn what_a_call_writes_to_does_not_leave() {
        let _alone = alone();
        let handle = raw::alloc(U8 | MUTABLE, 4, false);
        let slot = table::lookup(handle).expect("alive");
        assert!(slot.borrow.exclude());
        assert_eq!(share(handle), Err(NotShared::Borrowed));
        assert!(!slot.borrow.end_exclusive());
        assert_eq!(raw::free(handle), 1);
    }
}
