//! Memory for elements, and the error if no memory is left.

use core::alloc::Layout;

use crate::element::{layout_of, registered};

/// Zeroed memory for `len` elements of type `tag`. `None` if there is no memory or no such type, or the limit does
/// not allow it.
pub(crate) fn allocate(tag: u32, len: usize) -> Option<*mut u8> {
    // SAFETY: `allocate_with` passes no layout of size zero.
    allocate_with(tag, len, |layout| unsafe { alloc_zeroed(layout) })
}

/// The same memory with any contents, for JavaScript to fill before anybody reads it.
///
/// Memory of wasm always has definite bytes, and no Rust code has written any other to these. So they are initialised, as those of memory that
/// JavaScript has written to.
pub(crate) fn allocate_to_fill(tag: u32, len: usize) -> Option<*mut u8> {
    // In native tests nobody fills it.
    if cfg!(not(target_arch = "wasm32")) {
        return allocate(tag, len);
    }
    // SAFETY: as in `allocate`.
    allocate_with(tag, len, |layout| unsafe { alloc(layout) })
}

/// Calls `allocator` with a layout that is not of size zero.
#[inline]
fn allocate_with(tag: u32, len: usize, allocator: impl FnOnce(Layout) -> *mut u8) -> Option<*mut u8> {
    let layout = layout_of(tag, len)?;
    if layout.size() == 0 {
        return Some(core::ptr::without_provenance_mut(layout.align()));
    }
    if !crate::table::has_room(layout.size()) {
        return None;
    }
    crate::unwind::grow();
    let data = allocator(layout);
    (!data.is_null()).then_some(data)
}

/// The alignment up to which an allocator has nothing special to do.
const USUAL_ALIGN: usize = 8;

/// Like `std::alloc::alloc_zeroed`. Only records need a larger alignment than numbers, so a package without records has no
/// code for it.
///
/// # Safety
///
/// The layout is not of size zero.
pub(crate) unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    if layout.align() > USUAL_ALIGN && !registered::any() {
        return core::ptr::null_mut();
    }
    // SAFETY: the caller's promise.
    unsafe { std::alloc::alloc_zeroed(layout) }
}

/// Like `std::alloc::alloc`, as far as [`alloc_zeroed`] goes.
///
/// # Safety
///
/// The layout is not of size zero.
unsafe fn alloc(layout: Layout) -> *mut u8 {
    if layout.align() > USUAL_ALIGN && !registered::any() {
        return core::ptr::null_mut();
    }
    // SAFETY: the caller's promise.
    unsafe { std::alloc::alloc(layout) }
}

/// Frees what `allocate` returned for the same `tag` and `len`.
pub(crate) fn deallocate(data: *mut u8, tag: u32, len: usize) {
    if let Some(layout) = layout_of(tag, len).filter(|layout| layout.size() > 0) {
        // SAFETY: allocated with this layout, and nobody uses it any more (the caller's promise).
        unsafe { std::alloc::dealloc(data, layout) };
    }
}

/// Ends a call because there is no memory or no slot. It is used where the Rust function cannot return an error.
///
/// JavaScript gets `ERR_LEND_OOM`. It goes through the function like any exception of JavaScript: the borrows of the
/// call end, and the instance goes on, but destructors of the function's frames do not run. Where panics unwind, this
/// is a panic.
#[cold]
pub(crate) fn out_of_memory(what: &str) -> ! {
    #[cfg(all(target_arch = "wasm32", not(panic = "unwind")))]
    {
        crate::js::throw_out_of_memory(what);
        crate::trap::never("an import has thrown")
    }
    #[cfg(not(all(target_arch = "wasm32", not(panic = "unwind"))))]
    panic!("wasm-lend: no memory, or no handle, is left for {what}")
}
