//! What the JavaScript of each thread holds, so that it can be given back when the thread has ended.

use super::static_lock;
use crate::kept::{Kept, try_push, try_zeros};
use crate::sync::Ordering;
use crate::table::{self, GENERATION, GIFT_ALIGN, Storage};

/// By index of a slot: how often this thread's JavaScript holds it.
type Holds = Kept<Vec<u32>>;

thread_local! {
    static HOLDS: Holds = const { Kept::new(Vec::new()) };
}

/// Where the list of a thread is. The thread's memory stays until JavaScript frees it, after `reclaim`.
#[derive(Clone, Copy)]
struct Place {
    thread: u32,
    holds: *const Holds,
}

/// # Invariants
///
/// A place is in the list from the start of its thread until the thread has given back what it holds. Only that thread
/// uses its list, or another one after JavaScript has seen the thread's end.
struct Places(Vec<Place>);

// SAFETY: the invariant of Places.
unsafe impl Send for Places {}

static_lock!(PLACES: Places = Places(Vec::new()));

/// Registers the list of this thread.
pub(super) fn register(thread: u32) {
    let holds = HOLDS.with(core::ptr::from_ref);
    // Without memory for the entry what the thread holds stays, should its worker be ended.
    PLACES.with(|places| try_push(&mut places.0, Place { thread, holds }));
}

fn unregister(thread: u32) -> Option<*const Holds> {
    PLACES.with(|places| {
        let at = places.0.iter().position(|place| place.thread == thread)?;
        Some(places.0.swap_remove(at).holds)
    })
}

/// True if a thread has started, and has not given back what it holds.
pub(super) fn is_there(thread: u32) -> bool {
    PLACES.with(|places| places.0.iter().any(|place| place.thread == thread))
}

/// Counts a hold of this thread's JavaScript, or the end of one.
pub(crate) fn count(index: usize, change: i32) {
    HOLDS.with(|holds| {
        holds.with(|holds| {
            if index >= holds.len() {
                let Some(mut larger) = try_zeros((index + 1).next_power_of_two().max(64)) else { return };
                larger[..holds.len()].copy_from_slice(holds);
                *holds = larger;
            }
            // A hold for whose count there was no memory ends as it began.
            holds[index] = holds[index].saturating_add_signed(change);
        });
    });
}

/// Gives back what this thread's JavaScript holds. It leaves what has to be destroyed to the pending drops.
pub(crate) fn give_back() {
    super::mailbox::forget(super::number());
    crate::scratch::end();
    crate::gift::end();
    if let Some(holds) = unregister(super::number()) {
        give_back_all(holds, true);
    }
}

/// The same for a thread whose worker has ended outside of wasm. Instances stay: their destructors belong to that thread.
pub(crate) fn reclaim(thread: u32) {
    super::mailbox::forget(thread);
    if let Some(holds) = unregister(thread) {
        give_back_all(holds, false);
    }
}

fn give_back_all(holds: *const Holds, is_own: bool) {
    // SAFETY: the list of this thread, or of one that has ended and whose memory nobody has freed (invariant of Places).
    let holds = unsafe { &*holds }.with(core::mem::take);
    for (index, &count) in holds.iter().enumerate().filter(|(_, count)| **count > 0) {
        let Some(slot) = table::slot_at(index as u32).filter(|slot| slot.is_in_use()) else { continue };
        if let Storage::Scratch { align, .. } = slot.storage() {
            if align == GIFT_ALIGN { crate::gift::give_back(slot) } else { crate::scratch::give_back(slot) }
        } else if is_own || !slot.is_bound() {
            for _ in 0..count {
                // Later, since a `Drop` may throw.
                if slot.take_from_ended_js() {
                    slot.release_later();
                }
            }
        }
    }
}

/// The next handle after this one that the JavaScript of a thread holds, or 0. Scratch memory is left out.
pub(crate) fn held_after(thread: u32, handle: u32) -> u32 {
    let from = if handle == 0 { 0 } else { (handle % GENERATION + 1) as usize };
    let holds = PLACES.with(|places| Some(places.0.iter().find(|place| place.thread == thread)?.holds));
    let Some(holds) = holds else { return 0 };
    // SAFETY: the list of this thread, or of one that has ended and whose memory nobody has freed (invariant of Places).
    unsafe { &*holds }
        .with(|holds| {
            let is_held = |(index, count): (usize, &u32)| {
                let slot = table::slot_at(index as u32).filter(|_| *count > 0)?;
                let is_scratch = matches!(slot.storage(), Storage::Scratch { .. });
                (slot.is_in_use() && !is_scratch).then(|| slot.handle.load(Ordering::Relaxed))
            };
            holds.iter().enumerate().skip(from).find_map(is_held)
        })
        .unwrap_or(0)
}
