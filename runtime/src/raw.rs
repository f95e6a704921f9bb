//! The functions that the JavaScript half calls.
//!
//! They accept any number: a handle or tag that means nothing gives 0, and never memory. `package/exports.rs` names
//! them in the wasm module.

use crate::convert::set_returned;
use crate::element::layout_of;
use crate::kept::try_zeros;
use crate::ledger;
use crate::memory::{allocate, allocate_to_fill, deallocate};
use crate::release::abandon_slot;
use crate::sync::Ordering;
use crate::table::{
    self, GENERATION, MOST_AXES, MUTABLE, PINNED, ReleaseListener, SUB_BUFFER, Slot, Storage, TABLE,
};

/// A new buffer of `len` elements that JavaScript holds, of the element type and mutability in `tag`. They are zeros, or
/// anything if JavaScript is going to fill them. 0 if there is no memory or no such type. The second result is the
/// address.
pub(crate) fn alloc(tag: u32, len: u32, is_filled: bool) -> u32 {
    let (element, len) = (tag & !MUTABLE, len as usize);
    let data = if is_filled { allocate_to_fill(element, len) } else { allocate(element, len) };
    let Some(data) = data else { return 0 };
    set_returned(data.expose_provenance() as u32, 0);
    match table::insert(tag, data, len, Storage::Vec { capacity: len }, None) {
        Some(slot) => slot.give_to_js(),
        None => {
            deallocate(data, element, len);
            0
        }
    }
}

/// A sub-buffer over the elements `start..start + len` of this buffer's memory, seen as elements of type `tag`. 0 if
/// they are not all in it, or not aligned, or no handle is left.
pub(crate) fn sub_buffer(handle: u32, tag: u32, start: u32, len: u32) -> u32 {
    let new_sub_buffer = || {
        let slot = buffer_of_js(handle)?;
        let (offset, layout) = (layout_of(tag, start as usize)?.size(), layout_of(tag, len as usize)?);
        if offset.checked_add(layout.size())? > slot.byte_length() {
            return None;
        }
        let data = slot.data.load(Ordering::Relaxed).wrapping_add(offset);
        if data.addr() % layout.align() != 0 {
            return None;
        }
        let of = slot.slot_for_readers();
        let slot_tag = tag | SUB_BUFFER | if slot.is_mutable() { MUTABLE } else { 0 };
        let sub_buffer =
            table::insert(slot_tag, data, len as usize, Storage::SubBuffer { of }, Some(slot.base()))?;
        of.hold();
        Some(sub_buffer.give_to_js())
    };
    new_sub_buffer().unwrap_or(0)
}

/// Makes a mutable buffer read-only. Returns its new handle, or 0 if it is not mutable, is borrowed, or is not
/// JavaScript's.
pub(crate) fn freeze(handle: u32) -> u32 {
    let Some(slot) = buffer_of_js(handle).filter(|slot| slot.is_mutable()) else { return 0 };
    if slot.is_sub_buffer() {
        // The borrow lasts as long as the sub-buffer: its neighbours may still be written to.
        if slot.borrow.is_borrowed() || !ledger::share(slot) {
            return 0;
        }
        slot.set_tag(slot.type_tag() | SUB_BUFFER | PINNED);
    } else if !ledger::freeze(slot) {
        return 0;
    }
    let _ = slot.take_from_js();
    slot.give_to_js()
}

/// Ends one of JavaScript's holds on a buffer. Returns 1, or 0 if JavaScript has no hold.
pub(crate) fn free(handle: u32) -> u32 {
    let Some(slot) = owned_by_js(handle) else { return 0 };
    if slot.take_from_js() {
        slot.release();
    }
    1
}

/// The same as `free` at the end of a call, where no foreign code may run: what is to be destroyed becomes a pending drop.
pub(crate) fn free_later(handle: u32) -> u32 {
    let Some(slot) = owned_by_js(handle) else { return 0 };
    if slot.take_from_js() {
        slot.release_later();
    }
    1
}

/// The slot of a handle that JavaScript may give away: not scratch memory and not a temporary buffer.
fn owned_by_js(handle: u32) -> Option<&'static Slot> {
    table::lookup(handle)
        .filter(|slot| !matches!(slot.storage(), Storage::Scratch { .. } | Storage::Temporary))
}

/// The same as `owned_by_js`, for buffers only: an instance of a class has no elements.
fn buffer_of_js(handle: u32) -> Option<&'static Slot> {
    owned_by_js(handle).filter(|slot| !slot.is_instance())
}

/// The address of a buffer's elements.
pub(crate) fn address(handle: u32) -> usize {
    table::lookup(handle).map_or(0, |slot| slot.data.load(Ordering::Relaxed).expose_provenance())
}

/// A buffer's length in elements.
pub(crate) fn length(handle: u32) -> u32 {
    table::lookup(handle).map_or(0, |slot| slot.len.load(Ordering::Relaxed) as u32)
}

/// A buffer's element tag, and `MUTABLE` where it may be written to; `u32::MAX` if there is no such buffer.
pub(crate) fn tag(handle: u32) -> u32 {
    table::lookup_rarely(handle)
        .map_or(u32::MAX, |slot| slot.type_tag() | if slot.is_mutable() { MUTABLE } else { 0 })
}

/// The number of references to a buffer's memory: one for each buffer in Rust, one for each sub-buffer in JavaScript,
/// and one if JavaScript has the whole.
pub(crate) fn references(handle: u32) -> u32 {
    table::lookup_rarely(handle).map_or(0, |slot| slot.base().references.load(Ordering::Acquire))
}

/// 1 if a running call borrows the buffer or memory that it overlaps. 2 if Rust owns some of the memory.
pub(crate) fn is_borrowed(handle: u32) -> u32 {
    let Some(slot) = table::lookup_rarely(handle) else { return 0 };
    let whole = slot.base();
    if !slot.borrow.is_borrowed() && !whole.borrow.is_borrowed() {
        return 0;
    }
    1 + u32::from(whole.borrow.is_owned() || ledger::has_owned_sub_buffer(whole))
}

/// 1 if both handles share a byte of one allocation.
pub(crate) fn overlap(one: u32, other: u32) -> u32 {
    let (Some(one), Some(other)) = (table::lookup_rarely(one), table::lookup_rarely(other)) else { return 0 };
    let is_same_memory =
        core::ptr::eq(one.base(), other.base()) && ledger::overlap(&one.bytes(), &other.bytes());
    u32::from(is_same_memory || core::ptr::eq(one, other))
}

/// Ends one borrow that a call left behind when an exception went through its frames. It needs the key. Without it,
/// any caller could end a borrow of a running call and then use the memory.
///
/// The call still has the borrow, so its handle leads to the slot, whatever JavaScript has done with the handle
/// since.
pub(crate) fn abandon(handle: u32, key: u32) {
    if let Some(slot) = table::borrowed_slot(handle).filter(|_| crate::key::is(key)) {
        abandon_slot(slot);
    }
}

/// Adds a release listener of JavaScript, which it knows by `token`. Returns 1, or 0 if there is no such buffer, or no
/// memory for the listener.
pub(crate) fn notify(handle: u32, token: u32) -> u32 {
    let Some(slot) = owned_by_js(handle) else { return 0 };
    u32::from(slot.base().add_listener(ReleaseListener::javascript(token)))
}

/// Sets how many bytes all buffers may have together. All bits set means no limit.
pub(crate) fn set_limit(bytes: u32) {
    let limit = if bytes == u32::MAX { usize::MAX } else { bytes as usize };
    TABLE.limit.store(!limit, Ordering::Relaxed);
}

/// The next handle in use after this one, in the order of the table; 0 after the last. Scratch memory is left out.
pub(crate) fn handle_after(handle: u32) -> u32 {
    let from = if handle == 0 { 0 } else { handle % GENERATION + 1 };
    table::slots_from(from)
        .map(|slot| slot.handle.load(Ordering::Relaxed))
        .find(|&handle| owned_by_js(handle).is_some())
        .unwrap_or(0)
}

/// The number of handles that JavaScript has, without scratch memory.
pub(crate) fn live_handles() -> u32 {
    // Another thread may have counted only one of the two.
    TABLE.live_handles.load(Ordering::Relaxed).saturating_sub(crate::scratch::slots()) as u32
}

/// The number of bytes of all live buffers.
pub(crate) fn live_bytes() -> u32 {
    TABLE.live_bytes.load(Ordering::Relaxed) as u32
}

/// The number of live allocations, without scratch memory.
#[cfg(test)]
pub(crate) fn live_buffers() -> u32 {
    live(2)
}

/// The number of live instances of classes.
#[cfg(test)]
pub(crate) fn live_instances() -> u32 {
    live(3)
}

/// The number of borrows that running calls have.
#[cfg(test)]
pub(crate) fn live_borrows() -> u32 {
    live(4)
}

/// How much of a kind there is, for `lend.stats()`: handles, bytes, buffers, instances, borrows.
pub(crate) fn live(kind: u32) -> u32 {
    match kind {
        0 => live_handles(),
        1 => live_bytes(),
        // Not an iterator's `sum`, which would be larger.
        _ => table::slots().fold(0, |sum, slot| sum + live_of(slot, kind)),
    }
}

/// What one slot adds to `live`.
fn live_of(slot: &Slot, kind: u32) -> u32 {
    let tag = slot.tag.load(Ordering::Relaxed);
    match kind {
        2 => u32::from(
            tag != 0
                && !slot.is_instance()
                && !matches!(
                    slot.storage(),
                    Storage::Scratch { .. } | Storage::SubBuffer { .. } | Storage::Temporary
                ),
        ),
        3 => u32::from(slot.is_instance()),
        4 if tag != 0 => slot.borrow.borrows().saturating_sub(u32::from(tag & PINNED != 0)),
        _ => 0,
    }
}

/// Gives a buffer a shape of `axes` axes. Returns where JavaScript writes the lengths and then the strides, or 0.
pub(crate) fn set_layout(handle: u32, axes: u32) -> usize {
    let set = || {
        let slot = buffer_of_js(handle).filter(|_| axes as usize <= MOST_AXES)?;
        let lengths_and_strides = try_zeros(2 * axes as usize)?;
        slot.set_array_shape(table::ArrayShape { lengths_and_strides })
    };
    set().map_or(0, |numbers| numbers.expose_provenance())
}

/// Where the lengths and strides of a buffer of several axes are, and how many numbers there are. 0 if it has one
/// axis.
pub(crate) fn layout(handle: u32) -> (usize, u32) {
    let place = |numbers: &[u32]| (numbers.as_ptr().expose_provenance(), numbers.len() as u32);
    table::lookup_rarely(handle).and_then(|slot| slot.with_array_shape(place)).unwrap_or((0, 0))
}

#[cfg(all(test, not(loom)))]
#[path = "raw_tests.rs"]
pub(crate) mod tests;
