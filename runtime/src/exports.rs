//! The names under which `runtime/js/memory.js` finds the functions of [`raw`](crate::raw) and [`scratch`](crate::scratch).

macro_rules! export {
    ($($name:literal $function:ident($($argument:ident),*) $(-> $result:ty)? = $body:expr;)*) => {$(
        #[unsafe(export_name = $name)]
        extern "C" fn $function($($argument: u32),*) $(-> $result)? {
            $body
        }
    )*};
}

use crate::{convert, raw, scratch, text};

export! {
    "lend_alloc" alloc(tag, len) -> u32 = raw::alloc(tag, len);
    "lend_freeze" freeze(handle) -> u32 = raw::freeze(handle);
    "lend_free" free(handle) -> u32 = raw::free(handle);
    "lend_address" address(handle) -> u32 = raw::address(handle) as u32;
    "lend_length" length(handle) -> u32 = raw::length(handle);
    "lend_shape" shape(handle) -> u32 = raw::shape(handle);
    "lend_is_borrowed" is_borrowed(handle) -> u32 = raw::is_borrowed(handle);
    "lend_is_same" is_same(one, other) -> u32 = raw::is_same(one, other);
    "lend_abandon" abandon(handle) = raw::abandon(handle);
    "lend_live_handles" live_handles() -> u32 = raw::live_handles();
    "lend_live_bytes" live_bytes() -> u32 = raw::live_bytes();
    "lend_returned" returned() -> u32 = convert::returned_address();
    "lend_scratch" prepare(ordinal, tag, len, may_grow) -> u32 = scratch::prepare(ordinal, tag, len, may_grow != 0)
        .map_or(0, |(data, handle)| {
            convert::set_returned(len, handle);
            data.expose_provenance() as u32
        });
    "lend_scratch_trim" trim() = scratch::trim();
    "lend_text_area" text_area() -> u32 = text::area();
    "lend_text" text_alloc(capacity) -> u32 = text::alloc(capacity) as u32;
    "lend_text_grow" text_grow(address, capacity) -> u32 = text::grow(address as usize, capacity) as u32;
    "lend_text_finish" text_finish(address, len) -> u32 = text::finish(address as usize, len);
    "lend_text_abandon" text_abandon(text) = text::abandon(text);
}
