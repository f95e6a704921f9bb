//! The free list: which slots are unused, and how the table grows.

use core::alloc::Layout;

use super::slot::{Slot, Storage};
use super::{NO_SLOT, SEGMENT_BITS, SEGMENT_SLOTS, TABLE, slot_at};
use crate::sync::Ordering;

/// # Invariants
///
/// `top` begins a list, linked by `link`, of slots that have no reference and that no look-up finds. Each slot is
/// either in the list once, or in use.
#[repr(C)]
pub(super) struct FreeList {
    /// The complement of the index, so that the static is all zeros.
    top: u32,
    pub(super) segments: usize,
}

/// Takes a slot for `len` elements at `data`, with one reference. `None` if there is no memory or no index left.
pub(crate) fn insert(
    tag: u32,
    data: *mut u8,
    len: usize,
    storage: Storage,
    base: Option<&'static Slot>,
) -> Option<&'static Slot> {
    #[cfg(target_arch = "wasm32")]
    crate::backend::exports::buffers();
    let slot = TABLE.free.with(FreeList::pop)?;
    slot.fill(tag, data, len, storage, base);
    Some(slot)
}

/// Puts a slot without references back on the list.
pub(crate) fn recycle(slot: &'static Slot) {
    drop(slot.take_listeners());
    slot.empty();
    TABLE.free.with(|free| free.push(slot));
}

impl FreeList {
    pub(super) const fn new() -> Self {
        FreeList { top: !NO_SLOT, segments: 0 }
    }

    fn pop(&mut self) -> Option<&'static Slot> {
        if self.top == !NO_SLOT {
            self.grow()?;
        }
        let slot = slot_at(!self.top)?;
        self.top = !slot.link.load(Ordering::Relaxed);
        Some(slot)
    }

    fn push(&mut self, slot: &'static Slot) {
        slot.link.store(!self.top, Ordering::Relaxed);
        self.top = !slot.index();
    }

    /// Adds a segment; its first slot becomes the top of the list.
    #[cold]
    fn grow(&mut self) -> Option<()> {
        let entry = TABLE.directory.get(self.segments)?;
        if self.segments > 0 {
            entry.store(allocate_segment()?, Ordering::Release);
        }
        let first = (self.segments << SEGMENT_BITS) as u32;
        let last = first + SEGMENT_SLOTS as u32 - 1;
        for index in first..=last {
            let below = if index == last { !self.top } else { index + 1 };
            slot_at(index)?.number(index, below);
        }
        self.segments += 1;
        self.top = !first;
        Some(())
    }
}

/// A segment of zeroed slots. `None` if there is no memory.
fn allocate_segment() -> Option<*mut Slot> {
    // SAFETY: a segment's layout is not of size zero.
    let segment = unsafe { std::alloc::alloc(segment_layout()) }.cast::<Slot>();
    if segment.is_null() {
        return None;
    }
    for offset in 0..SEGMENT_SLOTS {
        // SAFETY: the offset is within the SEGMENT_SLOTS slots just allocated.
        let slot = unsafe { segment.add(offset) };
        // SAFETY: aligned by the layout, and not yet shared.
        unsafe { slot.write(Slot::zeroed()) };
    }
    Some(segment)
}

fn segment_layout() -> Layout {
    Layout::new::<[Slot; SEGMENT_SLOTS]>()
}
