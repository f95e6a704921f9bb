//! A greeting written in Rust while memory grows: through raw views, and through buffers.
//!
//! `raw` is what the document "`memory.grow` and the detached `ArrayBuffer` problem" shows, with one thing made sure of:
//! that memory does grow while the greeting is made.

mod lent;
mod raw;

/// Makes memory grow, as any allocation may: takes more than is free.
fn grow() {
    // Not one more page but many: the allocator keeps some in reserve.
    let large = vec![1_u8; 4 * 1024 * 1024];
    std::hint::black_box(&large);
    std::mem::forget(large);
}
