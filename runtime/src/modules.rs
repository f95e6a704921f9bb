//! What a host has for its plugins: memory, the addresses of the shared statics, and who of them holds what.

use core::alloc::Layout;

use crate::sync::Ordering;
use crate::table::{self, NO_SLOT, Slot, Storage};
use crate::{checks, class, convert, frame, key, object, record, text};

fn layout(size: u32, align: u32) -> Option<Layout> {
    Layout::from_size_align(size as usize, align as usize).ok()
}

fn block(address: u32) -> *mut u8 {
    core::ptr::with_exposed_provenance_mut(address as usize)
}

/// Memory for a plugin; 0 if there is none.
pub(crate) fn alloc(size: u32, align: u32, zeroed: bool) -> u32 {
    let Some(layout) = layout(size, align).filter(|layout| layout.size() > 0) else { return 0 };
    let data = if zeroed {
        // SAFETY: not of size zero.
        unsafe { std::alloc::alloc_zeroed(layout) }
    } else {
        // SAFETY: not of size zero.
        unsafe { std::alloc::alloc(layout) }
    };
    data.expose_provenance() as u32
}

pub(crate) fn realloc(data: u32, size: u32, align: u32, new_size: u32) -> u32 {
    let Some(layout) = layout(size, align) else { return 0 };
    // SAFETY: a plugin's allocator passes on what it may pass to this one. (It shares the memory: nothing protects the host
    // from a plugin whose unsafe code is wrong.)
    unsafe { std::alloc::realloc(block(data), layout, new_size as usize) }.expose_provenance() as u32
}

pub(crate) fn dealloc(data: u32, size: u32, align: u32) {
    if let Some(layout) = layout(size, align) {
        // SAFETY: as for `realloc`.
        unsafe { std::alloc::dealloc(block(data), layout) };
    }
}

/// Where a shared static is: `SHARED` of `runtime/js/pluginLink.js` numbers them in this order.
pub(crate) fn shared(which: u32) -> usize {
    match which {
        0 => (&raw const table::TABLE).expose_provenance(),
        1 => checks::records(),
        2 => record::layouts(),
        3 => key::address(),
        4 => class::counter(),
        5 => text::area() as usize,
        6 => text::blocks(),
        7 => convert::returned_address() as usize,
        8 => object::released_address(),
        9 => object::counts_address(),
        10 => frame::address(),
        _ => 0,
    }
}

fn slots_of(module: u32) -> impl Iterator<Item = &'static Slot> {
    let is_its =
        move |slot: &&'static Slot| slot.module.load(Ordering::Relaxed) == module && slot.is_in_use();
    table::slots().filter(is_its).filter(|slot| !matches!(slot.storage(), Storage::Scratch { .. }))
}

/// How many buffers and instances a module has made that are alive.
pub(crate) fn buffers(module: u32) -> u32 {
    slots_of(module).count() as u32
}

/// How many bytes their memory has, that of parts not counted twice.
pub(crate) fn bytes(module: u32) -> u32 {
    slots_of(module).filter(|slot| !slot.is_part()).map(Slot::byte_length).sum::<usize>() as u32
}

/// How many closures of a module wait for the end of buffers.
pub(crate) fn listeners(module: u32) -> u32 {
    table::slots().map(|slot| slot.listeners_of(module)).sum::<usize>() as u32
}

/// The module's first slot from `index` on, or `NO_SLOT`: its index, and in the results its shape and length.
pub(crate) fn next(module: u32, index: u32) -> u32 {
    let Some(slot) = slots_of(module).find(|slot| slot.index() >= index) else { return NO_SLOT };
    let mutable = if slot.is_mutable() { table::MUTABLE } else { 0 };
    convert::set_returned(slot.len.load(Ordering::Relaxed) as u32, slot.tag() | mutable);
    slot.index()
}

/// A plugin is gone, or will never run again: gives back what its frames had lent, and forgets the texts in its memory.
pub(crate) fn ended(module: u32, start: usize, end: usize) {
    for slot in slots_of(module).filter(|slot| matches!(slot.storage(), Storage::Lent)) {
        if slot.take_from_js() {
            slot.release();
        }
    }
    checks::forget(start..end);
}
