//! A host serves its plugins: it allocates memory, gives them the addresses of the host statics, and counts what each
//! module has.

use core::alloc::Layout;
use core::sync::atomic::AtomicUsize;

use crate::host_static::{COUNT, for_each_host_static};
use crate::sync::Ordering;
use crate::table::{self, NO_SLOT, Slot, Storage};
use crate::{checks, convert};

fn layout(size: u32, align: u32) -> Option<Layout> {
    Layout::from_size_align(size as usize, align as usize).ok()
}

fn block(address: u32) -> *mut u8 {
    core::ptr::with_exposed_provenance_mut(address as usize)
}

/// Memory for a plugin. 0 if no memory is left.
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
    // SAFETY: a plugin's allocator passes on what its caller may pass to this one. (They share the memory: nothing
    // protects the host from a plugin whose unsafe code is wrong.)
    unsafe { std::alloc::realloc(block(data), layout, new_size as usize) }.expose_provenance() as u32
}

pub(crate) fn dealloc(data: u32, size: u32, align: u32) {
    if let Some(layout) = layout(size, align) {
        // SAFETY: as for `realloc`.
        unsafe { std::alloc::dealloc(block(data), layout) };
    }
}

/// Drops an owner for a plugin, whose own table has only its own functions.
pub(crate) fn invoke_drop(function: u32, owner: u32) {
    let function = core::ptr::with_exposed_provenance::<()>(function as usize);
    // SAFETY: plugins pass the function in the owner's header, and the loader has put it at its place in this
    // module's table.
    let function =
        unsafe { core::mem::transmute::<*const (), unsafe extern "C-unwind" fn(*mut ())>(function) };
    // SAFETY: called once, since nobody else has the owner (the plugin's `drop_owner`).
    unsafe { function(block(owner).cast()) };
}

/// Calls the function of a release listener for a plugin.
pub(crate) fn invoke_note(function: u32, data: u32, run: bool) {
    let function = core::ptr::with_exposed_provenance::<()>(function as usize);
    // SAFETY: as above, for the function of a `ReleaseListener`.
    let function =
        unsafe { core::mem::transmute::<*const (), unsafe extern "C-unwind" fn(*mut (), bool)>(function) };
    // SAFETY: called once, since the listener is used up (the plugin's `ReleaseListener`).
    unsafe { function(block(data).cast(), run) };
}

/// The address of a host static.
macro_rules! address {
    (static $name:path) => {
        (&raw const $name).expose_provenance()
    };
    (thread_local $name:path) => {
        $name.with(|value| core::ptr::from_ref(value).expose_provenance())
    };
}

macro_rules! addresses {
    ($($kind:tt $name:ident in $($module:ident)::+;)*) => {
        [$(address!($kind crate::$($module)::+::$name)),*]
    };
}

/// The address of the list of addresses, in the order of [`HostStatic`](crate::host_static::HostStatic).
pub(crate) fn static_addresses() -> usize {
    static ADDRESSES: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];
    let addresses: [usize; COUNT] = for_each_host_static!(addresses);
    for (place, address) in ADDRESSES.iter().zip(addresses) {
        place.store(address, Ordering::Relaxed);
    }
    ADDRESSES.as_ptr().expose_provenance()
}

/// The slots of a module, from an index on.
fn slots_of(module: u32, first: u32) -> impl Iterator<Item = &'static Slot> {
    let is_its =
        move |slot: &&'static Slot| slot.module.load(Ordering::Relaxed) == module && slot.is_in_use();
    table::slots_from(first).filter(is_its).filter(|slot| !matches!(slot.storage(), Storage::Scratch { .. }))
}

/// The number of live buffers and instances that a module has made.
pub(crate) fn buffers(module: u32) -> u32 {
    slots_of(module, 0).count() as u32
}

/// The number of bytes of their memory. Sub-buffers are not counted again.
pub(crate) fn bytes(module: u32) -> u32 {
    slots_of(module, 0).filter(|slot| !slot.is_sub_buffer()).map(Slot::byte_length).sum::<usize>() as u32
}

/// The number of release listeners that are closures of a module.
pub(crate) fn listeners(module: u32) -> u32 {
    table::slots().map(|slot| slot.listeners_of(module)).sum::<usize>() as u32
}

/// The index of the module's first slot from `index` on, or `NO_SLOT`. Its length and tag are in the results.
pub(crate) fn next(module: u32, index: u32) -> u32 {
    let Some(slot) = slots_of(module, index).next() else { return NO_SLOT };
    let mutable = if slot.is_mutable() { table::MUTABLE } else { 0 };
    convert::set_returned(slot.len.load(Ordering::Relaxed) as u32, slot.type_tag() | mutable);
    slot.index()
}

/// Cleans up after a plugin that was unloaded or has trapped: ends its temporary buffers, and forgets the names in
/// its memory.
pub(crate) fn ended(module: u32, start: usize, end: usize) {
    for slot in slots_of(module, 0).filter(|slot| matches!(slot.storage(), Storage::Temporary)) {
        if slot.take_back_temporary() {
            slot.release();
        }
    }
    checks::forget(start..end);
}
