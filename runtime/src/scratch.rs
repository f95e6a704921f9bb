//! Scratch memory: JavaScript copies plain typed arrays into it for one call.
//!
//! A pool of slots keeps its handles and its memory from call to call. To a shim they are ordinary mutable buffers.
//! Nothing has to be given back: no other code runs between the copy and the call, the slot is borrowed during the
//! call, and it is free again afterwards.

use crate::element::layout_of;
use crate::kept::try_push;
use crate::sync::{Lock, Ordering};
use crate::table::{self, IN_USE, MUTABLE, Slot, Storage};
use core::alloc::Layout;

/// Larger memory is given back when JavaScript's current task is over.
const KEPT: usize = 64 * 1024;
const SMALLEST: usize = 1024;
/// Enough for every number. A record may need more.
const ALIGN: usize = 8;

#[cfg(not(loom))]
static POOL: Lock<Vec<&'static Slot>> = Lock::new(Vec::new());
#[cfg(loom)]
loom::lazy_static! {
    static ref POOL: Lock<Vec<&'static Slot>> = Lock::new(Vec::new());
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
    let slot = POOL.with(|pool| {
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
            slot.give_to_js();
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
    POOL.with(|pool| {
        for slot in pool.iter().filter(|slot| memory_of(slot).0 > KEPT && !slot.borrow.is_borrowed()) {
            resize(slot, 0, ALIGN);
        }
    });
}

/// The number of slots for scratch memory.
pub(crate) fn slots() -> usize {
    POOL.with(|pool| pool.len()) + small::slots()
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
fn no_memory() -> *mut u8 {
    core::ptr::without_provenance_mut(ALIGN)
}

/// One slot for a small array, which JavaScript fills without a call of wasm: the first plain array of most calls.
///
/// JavaScript writes the tag, the length and the elements itself, while nobody borrows the slot. If a running call
/// borrows it, a nested call uses the pool. The memory is a static, so it never moves.
#[cfg(not(loom))]
pub(crate) mod small {
    use core::cell::UnsafeCell;

    use super::{ALIGN, IN_USE, MUTABLE, Storage, table};
    use crate::sync::{AtomicU32, Ordering};

    /// The number of bytes: `SMALL_BYTES` of `runtime/js/slices.js`.
    const SIZE: usize = 1024;

    #[repr(align(16))]
    struct Memory(UnsafeCell<[u8; SIZE]>);

    // SAFETY: Rust reaches it only through the slot, by its borrows. JavaScript writes to it while nobody borrows it.
    unsafe impl Sync for Memory {}

    static MEMORY: Memory = Memory(UnsafeCell::new([0; SIZE]));

    /// What JavaScript needs to know of the slot, in this order. The addresses are those of 32-bit words.
    #[repr(C)]
    struct Description {
        handle: AtomicU32,
        /// The bits of the slot's tag beside the element tag.
        bits: AtomicU32,
        address_of_tag: AtomicU32,
        address_of_length: AtomicU32,
        /// Of the borrow flag, which is 0 while nobody borrows the slot.
        address_of_borrow: AtomicU32,
        address_of_memory: AtomicU32,
    }

    static DESCRIPTION: Description = Description {
        handle: AtomicU32::new(0),
        bits: AtomicU32::new(0),
        address_of_tag: AtomicU32::new(0),
        address_of_length: AtomicU32::new(0),
        address_of_borrow: AtomicU32::new(0),
        address_of_memory: AtomicU32::new(0),
    };

    /// Makes the slot, once. Returns the address of its description, or 0 if no handle is left.
    pub(crate) fn describe() -> usize {
        let Description {
            handle,
            bits,
            address_of_tag,
            address_of_length,
            address_of_borrow,
            address_of_memory,
        } = &DESCRIPTION;
        if handle.load(Ordering::Relaxed) == 0 {
            let storage = Storage::Scratch { capacity: SIZE, align: ALIGN };
            let Some(slot) = table::insert(0, MEMORY.0.get().cast(), 0, storage, None) else { return 0 };
            bits.store(MUTABLE | IN_USE, Ordering::Relaxed);
            address_of_tag.store(address(&slot.tag), Ordering::Relaxed);
            address_of_length.store(address(&slot.len), Ordering::Relaxed);
            address_of_borrow.store(address(&slot.borrow), Ordering::Relaxed);
            address_of_memory.store(address(&MEMORY), Ordering::Relaxed);
            handle.store(slot.give_to_js(), Ordering::Relaxed);
        }
        core::ptr::from_ref(&DESCRIPTION).expose_provenance()
    }

    /// The address of a word that JavaScript reads or writes.
    fn address<T>(word: &T) -> u32 {
        core::ptr::from_ref(word).expose_provenance() as u32
    }

    /// 1 if the slot has been made.
    pub(super) fn slots() -> usize {
        usize::from(DESCRIPTION.handle.load(Ordering::Relaxed) != 0)
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::guard::{exclusive, retain, shared};
        use crate::raw::tests::alone;

        #[test]
        fn a_call_borrows_what_javascript_has_written_there() {
            let _alone = alone();
            let live = crate::raw::live_buffers();
            assert_ne!(describe(), 0);
            assert_eq!(describe(), core::ptr::from_ref(&DESCRIPTION).addr(), "made once");
            assert_eq!(crate::raw::live_buffers(), live, "no buffer of anybody's");
            let handle = DESCRIPTION.handle.load(Ordering::Relaxed);
            let slot = table::lookup(handle).expect("alive");
            // As JavaScript does: the tag of `u16`, and three elements.
            slot.tag.store(2 | DESCRIPTION.bits.load(Ordering::Relaxed), Ordering::Relaxed);
            slot.len.store(3, Ordering::Relaxed);
            exclusive::<u16>(handle, 0).unwrap_or_else(|_| panic!("free")).copy_from_slice(&[1, 2, 3]);
            assert_eq!(*shared::<u16>(handle, 0).unwrap_or_else(|_| panic!("free")), [1, 2, 3]);
            assert!(shared::<u8>(handle, 0).is_err(), "another type");
            assert!(retain::<u16>(handle, 0).is_err(), "Rust cannot keep it");
            assert_eq!(slot.borrow.borrows(), 0);
        }
    }
}

#[cfg(loom)]
mod small {
    pub(super) fn slots() -> usize {
        0
    }
}
