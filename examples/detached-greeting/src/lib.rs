//! Rust writes a greeting while memory grows: with raw views, and with buffers.
//!
//! `raw` is the program in the document "`memory.grow` and the detached `ArrayBuffer` problem". It is changed in one point: memory
//! always grows while the greeting is made.

mod buffers;
mod raw;

/// Makes memory grow, as any allocation may do: it allocates more than is free.
fn grow() {
    // Many pages, because the allocator has some in reserve.
    let large = vec![1_u8; 4 * 1024 * 1024];
    std::hint::black_box(&large);
    std::mem::forget(large);
}
