//! The host's allocator, so that each module can free what another has allocated.

use core::alloc::{GlobalAlloc, Layout};

#[link(wasm_import_module = "wasm-lend")]
unsafe extern "C" {
    fn lend_memory_alloc(size: usize, align: usize) -> *mut u8;
    fn lend_memory_alloc_zeroed(size: usize, align: usize) -> *mut u8;
    fn lend_memory_realloc(data: *mut u8, size: usize, align: usize, new_size: usize) -> *mut u8;
    fn lend_memory_dealloc(data: *mut u8, size: usize, align: usize);
}

struct HostAllocator;

// SAFETY: each call is passed on to the host's global allocator with the same arguments, which keeps the contract.
unsafe impl GlobalAlloc for HostAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the layout is not of size zero (the promise of `alloc`).
        unsafe { lend_memory_alloc(layout.size(), layout.align()) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the layout is not of size zero (the promise of `alloc_zeroed`).
        unsafe { lend_memory_alloc_zeroed(layout.size(), layout.align()) }
    }

    unsafe fn realloc(&self, data: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: `data` was allocated here with this layout (the promise of `realloc`).
        unsafe { lend_memory_realloc(data, layout.size(), layout.align(), new_size) }
    }

    unsafe fn dealloc(&self, data: *mut u8, layout: Layout) {
        // SAFETY: `data` was allocated here with this layout (the promise of `dealloc`).
        unsafe { lend_memory_dealloc(data, layout.size(), layout.align()) }
    }
}

#[global_allocator]
static ALLOCATOR: HostAllocator = HostAllocator;
