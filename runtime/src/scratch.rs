//! Scratch memory: JavaScript copies plain typed arrays into it for one call.
//!
//! A pool of slots keeps its handles and its memory from call to call. To a shim they are ordinary mutable buffers.
//! Nothing has to be given back: no other code runs between the copy and the call, the slot is borrowed during the
//! call, and it is free again afterwards.

use crate::element::layout_of;
use crate::kept::{Kept, try_push};
use crate::sync::Ordering;
use crate::table::{self, IN_USE, MUTABLE, Slot, Storage};
use core::alloc::Layout;
use core::sync::atomic::AtomicUsize;

/// Larger memory is given back when JavaScript's current task is over.
const KEPT: usize = 64 * 1024;
const SMALLEST: usize = 1024;
/// Enough for every number. A record may need more.
pub(crate) const ALIGN: usize = 8;

thread_local! {
    /// One for each thread: only on one thread no other code runs between the copy and the call.
    static POOL: Kept<Vec<&'static Slot>> = const { Kept::new(Vec::new()) };
}

/// The number of slots for scratch memory and gifts, of all threads.
static SLOTS: AtomicUsize = AtomicUsize::new(0);

/// Counts a slot for scratch memory or a gift, which JavaScript has from now on. Returns its handle.
pub(crate) fn give(slot: &'static Slot) -> u32 {
    SLOTS.fetch_add(1, Ordering::Relaxed);
    slot.give_to_js()
}

fn with_pool<R>(f: impl FnOnce(&mut Vec<&'static Slot>) -> R) -> R {
    POOL.with(|pool| pool.with(f))
}

/// The place that an array is copied to.
pub(crate) struct Prepared {
    pub(crate) data: *mut u8,
    /// The number of bytes that may be written there. It may be more than was asked for.
    pub(crate) capacity: usize,
    pub(crate) handle: u32,
}

/// Memory for `len` elements of type `tag`, for plain array number `ordinal` of the next call.
///
/// `None` if there is no memory, no handle or no such type. Without `may_grow` also if the kept memory is too small
/// or not aligned for the type; wasm memory then stays as it is.
pub(crate) fn prepare(ordinal: u32, tag: u32, len: u32, may_grow: bool) -> Option<Prepared> {
    let layout = layout_of(tag, len as usize)?;
    let slot = with_pool(|pool| {
        // Above the slots that running calls borrow.
        let free_from = pool.iter().rposition(|slot| slot.borrow.is_borrowed()).map_or(0, |last| last + 1);
        let index = free_from + (ordinal as usize).min(MOST_ARGUMENTS);
        while pool.len() <= index {
            may_grow.then_some(())?;
            let slot =
                table::insert(0, no_memory(), 0, Storage::Scratch { capacity: 0, align: ALIGN }, None)?;
            if try_push(pool, slot).is_none() {
                table::recycle(slot);
                return None;
            }
            give(slot);
        }
        pool.get(index).copied()
    })?;
    let (capacity, align) = memory_of(slot);
    // Checked on the address: an array without elements has to be aligned too, and may have no memory.
    let is_aligned = slot.data.load(Ordering::Relaxed).addr() % layout.align() == 0;
    if layout.size() > capacity || !is_aligned {
        may_grow.then_some(())?;
        let bytes = layout.size().checked_next_power_of_two()?.max(SMALLEST).max(capacity);
        resize(slot, bytes, layout.align().max(align)).then_some(())?;
    }
    slot.set_tag(tag | MUTABLE);
    slot.len.store(len as usize, Ordering::Relaxed);
    let (data, handle) = (slot.data.load(Ordering::Relaxed), slot.handle.load(Ordering::Relaxed));
    Some(Prepared { data, capacity: memory_of(slot).0, handle })
}

/// A limit for callers that make up numbers. No function has as many arguments.
const MOST_ARGUMENTS: usize = 256;

/// Frees large memory that no call uses.
pub(crate) fn trim() {
    with_pool(|pool| {
        for slot in pool.iter().filter(|slot| memory_of(slot).0 > KEPT && !slot.borrow.is_borrowed()) {
            resize(slot, 0, ALIGN);
        }
    });
}

/// Frees the scratch memory of this thread.
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
pub(crate) fn end() {
    for slot in with_pool(core::mem::take) {
        crate::threads::count_hold(slot, -1);
        give_back(slot);
    }
}

/// Frees the memory of a slot, and the slot itself, when its thread has ended.
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
pub(crate) fn give_back(slot: &'static Slot) {
    resize(slot, 0, ALIGN);
    // Its memory was never counted.
    slot.len.store(0, Ordering::Relaxed);
    retire(slot);
}

/// Frees a slot that has no memory any more, and whose thread has ended.
#[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
pub(crate) fn retire(slot: &'static Slot) {
    SLOTS.fetch_sub(1, Ordering::Relaxed);
    if slot.take_from_ended_js() {
        table::recycle(slot);
    }
}

/// The number of slots for scratch memory and gifts.
pub(crate) fn slots() -> usize {
    SLOTS.load(Ordering::Relaxed)
}

/// The capacity and the alignment of a slot's memory.
fn memory_of(slot: &Slot) -> (usize, usize) {
    match slot.storage() {
        Storage::Scratch { capacity, align } => (capacity, align),
        _ => crate::trap::never("the pool has scratch slots only"),
    }
}

/// Replaces the memory of a slot that is not borrowed. False if there is no memory; the slot is empty then.
fn resize(slot: &Slot, bytes: usize, align: usize) -> bool {
    let (capacity, old_align) = memory_of(slot);
    if let Some(old) = Layout::from_size_align(capacity, old_align).ok().filter(|old| old.size() > 0) {
        let data = slot.data.swap(no_memory(), Ordering::Relaxed);
        slot.set_storage(Storage::Scratch { capacity: 0, align: ALIGN });
        slot.len.store(0, Ordering::Relaxed);
        // SAFETY: allocated below with this layout. Nobody borrows it (the callers check), and it is no longer the
        // slot's.
        unsafe { std::alloc::dealloc(data, old) };
    }
    let Ok(new) = Layout::from_size_align(bytes, align) else { return false };
    if bytes == 0 {
        return true;
    }
    if !table::has_room(bytes) {
        return false;
    }
    crate::unwind::grow();
    // SAFETY: not of size zero. Zeroed, so that the elements are initialised even if nobody writes them.
    let data = unsafe { crate::memory::alloc_zeroed(new) };
    if data.is_null() {
        return false;
    }
    slot.data.store(data, Ordering::Relaxed);
    slot.set_storage(Storage::Scratch { capacity: bytes, align });
    true
}

/// An aligned address for zero bytes.
pub(crate) fn no_memory() -> *mut u8 {
    core::ptr::without_provenance_mut(ALIGN)
}

/// One slot for a small array, which JavaScript fills without a call of wasm: the first plain array of most calls.
///
/// JavaScript writes the tag, the length and the elements itself, while nobody borrows the slot. If a running call
/// borrows it, a nested call uses the pool. The memory is a thread-local, so it never moves.
#[cfg(not(loom))]
pub(crate) mod small {
    use core::cell::{Cell, UnsafeCell};

    use super::{ALIGN, IN_USE, MUTABLE, Storage, table};

    /// The number of bytes: `SIZE` of `runtime/js/smallCopies.js`.
    const SIZE: usize = 1024;

    #[repr(align(16))]
    struct Memory(UnsafeCell<[u8; SIZE]>);

    /// What JavaScript needs to know of the slot, in this order. The addresses are those of 32-bit words.
    #[repr(C)]
    #[derive(Clone, Copy)]
    struct Description {
        handle: u32,
        /// The bits of the slot's tag beside the element tag.
        bits: u32,
        address_of_tag: u32,
        address_of_length: u32,
        /// Of the borrow flag, which is 0 while nobody borrows the slot.
        address_of_borrow: u32,
        address_of_memory: u32,
    }

    const NONE: Description = Description {
        handle: 0,
        bits: 0,
        address_of_tag: 0,
        address_of_length: 0,
        address_of_borrow: 0,
        address_of_memory: 0,
    };

    thread_local! {
        // Rust reaches it only through the slot, by its borrows. JavaScript writes to it while nobody borrows it.
        static MEMORY: Memory = const { Memory(UnsafeCell::new([0; SIZE])) };
        static DESCRIPTION: Cell<Description> = const { Cell::new(NONE) };
    }

    /// Makes the slot of this thread, once. Returns the address of its description, or 0 if no handle is left.
    pub(crate) fn describe() -> usize {
        DESCRIPTION.with(|description| {
            if description.get().handle == 0 {
                let memory = MEMORY.with(|memory| memory.0.get());
                // The memory is not the slot's, so there is nothing to free.
                let storage = Storage::Scratch { capacity: 0, align: ALIGN };
                let Some(slot) = table::insert(0, memory.cast(), 0, storage, None) else { return 0 };
                description.set(Description {
                    handle: super::give(slot),
                    bits: MUTABLE | IN_USE,
                    address_of_tag: address(&slot.tag),
                    address_of_length: address(&slot.len),
                    address_of_borrow: address(&slot.borrow),
                    address_of_memory: memory.expose_provenance() as u32,
                });
            }
            core::ptr::from_ref(description).expose_provenance()
        })
    }

    /// The address of a word that JavaScript reads or writes.
    fn address<T>(word: &T) -> u32 {
        core::ptr::from_ref(word).expose_provenance() as u32
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::guard::{exclusive, retain, shared};
        use crate::raw::tests::alone;
        use crate::sync::Ordering;

        #[test]
        fn a_call_borrows_what_javascript_has_written_there() {
            let _alone = alone();
            let live = crate::raw::live_buffers();
            assert_ne!(describe(), 0);
            let address = DESCRIPTION.with(|description| core::ptr::from_ref(description).addr());
            assert_eq!(describe(), address, "made once");
            assert_eq!(crate::raw::live_buffers(), live, "no buffer of anybody's");
            let Description { handle, bits, .. } = DESCRIPTION.get();
            let slot = table::lookup(handle).expect("alive");
            // As JavaScript does: the tag of `u16`, and three elements.
            slot.tag.store(2 | bits, Ordering::Relaxed);
            slot.len.store(3, Ordering::Relaxed);
            exclusive::<u16>(handle, 0).unwrap_or_else(|_| panic!("free")).copy_from_slice(&[1, 2, 3]);
            assert_eq!(*shared::<u16>(handle, 0).unwrap_or_else(|_| panic!("free")), [1, 2, 3]);
            assert!(shared::<u8>(handle, 0).is_err(), "another type");
            assert!(retain::<u16>(handle, 0).is_err(), "Rust cannot keep it");
            assert_eq!(slot.borrow.borrows(), 0);
        }
    }
}
