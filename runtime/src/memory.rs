//! Memory for elements, and the end of a call that gets none.

use crate::element::layout_of;

/// Zeroed memory for `len` elements of type `tag`; `None` when there is none, or no such type, or the limit forbids it.
pub(crate) fn allocate(tag: u32, len: usize) -> Option<*mut u8> {
    let layout = layout_of(tag, len)?;
    if layout.size() == 0 {
        return Some(core::ptr::without_provenance_mut(layout.align()));
    }
    if !crate::table::has_room(layout.size()) {
        return None;
    }
    crate::unwind::grow();
    // SAFETY: not of size zero.
    let data = unsafe { std::alloc::alloc_zeroed(layout) };
    (!data.is_null()).then_some(data)
}

/// Gives back what `allocate` gave for the same `tag` and `len`, and nobody has any more.
pub(crate) fn deallocate(data: *mut u8, tag: u32, len: usize) {
    if let Some(layout) = layout_of(tag, len).filter(|layout| layout.size() > 0) {
        // SAFETY: allocated with this layout (the caller's).
        unsafe { std::alloc::dealloc(data, layout) };
    }
}

/// Ends a call that needs memory, or a place in the handle table, where Rust's interface has no error for it.
///
/// JavaScript gets `ERR_LEND_OOM`, thrown through the function as an exception of its own is: the borrows of the call end, the
/// instance lives. What the function has in its frames is lost. Where panics unwind, it is a panic.
#[cold]
pub(crate) fn out_of_memory(what: &str) -> ! {
    #[cfg(all(target_arch = "wasm32", not(panic = "unwind")))]
    crate::js::throw_out_of_memory(what);
    panic!("wasm-lend: no memory, or no handle, is left for {what}")
}
