//! Strings from JavaScript.
//!
//! JavaScript writes a short string into scratch memory at a fixed place, on top of the strings of running calls, and
//! passes one number: offset and length. For a longer string it asks for a block, which a `String` can take over.

use core::alloc::Layout;
use core::cell::{Cell, UnsafeCell};
use core::ops::Deref;

use crate::kept::{Kept, try_push};

/// A string as it crosses: `offset << 16 | length << 1` in scratch memory, `index << 1 | 1` for a block, all ones for
/// `None`.
pub type RawText = u32;

/// `None` of an `Option<&str>`. No block has this index.
const NO_TEXT: RawText = u32::MAX;

/// The size of the scratch memory. At most 2^14: offset and length have 15 bits each, and a string at the very end
/// needs neither.
const SIZE: usize = 1 << 14;

/// Strings start at a multiple of this in scratch memory, so that short ones are copied word by word.
const WORD: usize = size_of::<u64>();

/// Before each string: its `RawText`, combined with the key.
const HEADER: usize = WORD;

/// # Invariants
///
/// The bytes below `top` are the strings of running calls. They are UTF-8, since `runtime/js/text.js` is the only
/// writer, and are not written to before `top` is below them again.
#[repr(C, align(8))]
pub(crate) struct TextScratch {
    top: Cell<u32>,
    unused: u32,
    bytes: UnsafeCell<[u8; SIZE]>,
}

/// Memory for one long string.
///
/// # Invariants
///
/// `data` was allocated as a `Vec<u8>` of this `capacity`, and its first `len` bytes are UTF-8.
#[repr(C)]
pub(crate) struct Block {
    data: *mut u8,
    capacity: usize,
    len: usize,
}

/// For the [`fingerprint`](crate::fingerprint): how the compiler lays it out.
pub(crate) fn sample_block() -> impl Sized {
    Some(Block { data: core::ptr::without_provenance_mut(8), capacity: 16, len: 5 })
}

// One for each thread: the strings of a call stay on its thread.
crate::host_static! {
    thread_local static TEXTS: TextScratch = const { TextScratch { top: Cell::new(0), unused: 0, bytes: UnsafeCell::new([0; SIZE]) } };
}
crate::host_static! {
    /// The blocks that JavaScript has asked for and that no `String` has taken over. A thread that ends
    /// leaves no block behind.
    thread_local static BLOCKS: Kept<Vec<Option<Block>>> = const { Kept::new(Vec::new()) };
}

fn with_blocks<R>(f: impl FnOnce(&mut Vec<Option<Block>>) -> R) -> R {
    BLOCKS.with(|blocks| blocks.with(f))
}

/// Up to this length, copying by words is faster.
const SHORT: usize = 64;

/// The guard of a string, which stays in place until this drops.
pub struct Text {
    data: *const u8,
    len: usize,
    place: Place,
}

enum Place {
    /// A string without bytes.
    Nowhere,
    /// In scratch memory, whose top was here before.
    Scratch {
        below: u32,
    },
    Block {
        index: usize,
    },
}

/// Borrows a string that JavaScript has written for this call. O(1).
///
/// The result for a made-up number is an empty string.
#[inline(always)]
#[must_use]
pub fn text(raw: RawText) -> Text {
    if raw & 1 != 0 {
        return block(raw);
    }
    let (offset, len) = ((raw >> 16) as usize, (raw as u16 >> 1) as usize);
    let Some(data) = written(raw, offset, len) else { return NOTHING };
    TEXTS.with(|scratch| {
        let below = scratch.top.replace((offset + HEADER + len).next_multiple_of(WORD) as u32);
        Text { data, len, place: Place::Scratch { below } }
    })
}

/// Where the bytes of a string in scratch memory are. The header before them proves that JavaScript wrote this string
/// there and has not overwritten it. Strings lie on top of each other from the bottom of scratch memory, without gaps
/// in which a header fits. So a later string that overwrites a byte of this one, or a string below that one, has also
/// overwritten the header.
#[inline(always)]
fn written(raw: RawText, offset: usize, len: usize) -> Option<*const u8> {
    if len == 0 || offset + HEADER + len > SIZE || offset % WORD != 0 {
        return None;
    }
    let at = TEXTS.with(|scratch| scratch.bytes.get().cast::<u8>().wrapping_add(offset));
    // SAFETY: within scratch memory, at a multiple of a word.
    let header = unsafe { at.cast::<u32>().read() };
    (header == raw ^ crate::key::get()).then(|| at.wrapping_add(HEADER).cast_const())
}

/// An empty string.
const NOTHING: Text = Text { data: core::ptr::dangling(), len: 0, place: Place::Nowhere };

#[cold]
fn block(raw: RawText) -> Text {
    let index = (raw >> 1) as usize;
    with_blocks(|blocks| match blocks.get(index) {
        Some(Some(Block { data, len, .. })) => Text { data: *data, len: *len, place: Place::Block { index } },
        _ => NOTHING,
    })
}

/// An owned string: a copy of a short one, the block itself of a long one.
///
/// The top of scratch memory stays where it is, since the copy is made before anything else runs. If there is no
/// memory, `ERR_LEND_OOM` leaves the call, which has all its guards by then.
#[inline(always)]
#[must_use]
pub fn string(raw: RawText) -> String {
    if raw & 1 != 0 {
        return string_of_block(raw);
    }
    let (offset, len) = ((raw >> 16) as usize, (raw as u16 >> 1) as usize);
    let Some(from) = written(raw, offset, len) else { return String::new() };
    copy(from, len)
}

/// Copies a string out of scratch memory.
#[inline(always)]
fn copy(from: *const u8, len: usize) -> String {
    let mut copy = Vec::<u8>::new();
    if copy.try_reserve_exact(len.next_multiple_of(WORD)).is_err() {
        crate::memory::out_of_memory("a string");
    }
    if len <= SHORT {
        copy_by_words(from.cast(), copy.as_mut_ptr().cast(), len.div_ceil(WORD));
    } else {
        // SAFETY: `len` bytes of scratch memory, as checked, and of the capacity.
        unsafe { core::ptr::copy_nonoverlapping(from, copy.as_mut_ptr(), len) };
    }
    // SAFETY: `len` bytes have been written.
    unsafe { copy.set_len(len) };
    // SAFETY: JavaScript wrote UTF-8 there (invariant of TextScratch).
    unsafe { String::from_utf8_unchecked(copy) }
}

/// For a few bytes `memory.copy` would cost more than the rest of the call.
#[inline(always)]
fn copy_by_words(from: *const u64, to: *mut u64, words: usize) {
    for index in 0..words {
        let (from, to) = (from.wrapping_add(index), to.wrapping_add(index));
        // SAFETY: in scratch memory, where sizes and places are multiples of a word. Volatile, since LLVM would turn
        // the loop into `memory.copy`.
        let word = unsafe { from.read_volatile() };
        // SAFETY: within the capacity, which is a multiple of a word.
        unsafe { to.write_unaligned(word) };
    }
}

#[cold]
fn string_of_block(raw: RawText) -> String {
    take((raw >> 1) as usize).map_or_else(String::new, Block::into_string)
}

/// [`string`] for an `Option`.
#[inline(always)]
#[must_use]
pub fn optional_string(raw: RawText) -> Option<String> {
    if raw == NO_TEXT { None } else { Some(string(raw)) }
}

/// [`text`] for an `Option`.
#[inline(always)]
#[must_use]
pub fn optional_text(raw: RawText) -> Option<Text> {
    if raw == NO_TEXT { None } else { Some(text(raw)) }
}

impl Text {
    /// An owned string, as by [`string`].
    #[inline]
    #[must_use]
    pub fn into_string(self) -> String {
        match self.place {
            Place::Nowhere => String::new(),
            Place::Scratch { .. } => copy(self.data, self.len),
            // The `String` takes over the block, so this guard's drop will not find it.
            Place::Block { index } => take(index).map_or_else(String::new, Block::into_string),
        }
    }
}

impl Deref for Text {
    type Target = str;

    #[inline(always)]
    fn deref(&self) -> &str {
        // SAFETY: initialised and in place until this guard drops (the invariants of TextScratch and Block).
        let bytes = unsafe { core::slice::from_raw_parts(self.data, self.len) };
        debug_assert!(core::str::from_utf8(bytes).is_ok(), "JavaScript writes UTF-8");
        // SAFETY: UTF-8 by the same invariants: an ASCII loop or TextEncoder wrote it.
        unsafe { core::str::from_utf8_unchecked(bytes) }
    }
}

impl Drop for Text {
    #[inline(always)]
    fn drop(&mut self) {
        match self.place {
            Place::Nowhere => {}
            Place::Scratch { below } => TEXTS.with(|scratch| scratch.top.set(below)),
            Place::Block { index } => release(index),
        }
    }
}

fn take(index: usize) -> Option<Block> {
    with_blocks(|blocks| {
        let block = blocks.get_mut(index)?.take();
        if blocks.iter().all(Option::is_none) {
            // Frees the list, which has no destructor.
            *blocks = Vec::new();
        }
        block
    })
}

/// Frees a block, unless a `String` has taken it over.
#[cold]
fn release(index: usize) {
    if let Some(block) = take(index) {
        drop(block.into_vec());
    }
}

impl Block {
    fn into_vec(self) -> Vec<u8> {
        // SAFETY: the invariant of Block. It is out of the list, so nobody else frees it.
        unsafe { Vec::from_raw_parts(self.data, self.len, self.capacity) }
    }

    fn into_string(self) -> String {
        let mut bytes = self.into_vec();
        if bytes.capacity() / 2 > bytes.len() {
            bytes.shrink_to_fit();
        }
        // SAFETY: UTF-8, the invariant of Block.
        unsafe { String::from_utf8_unchecked(bytes) }
    }
}

/// The address of the scratch memory: its top, four unused bytes, and its bytes.
pub(crate) fn scratch_address() -> u32 {
    TEXTS.with(|scratch| core::ptr::from_ref(scratch).expose_provenance() as u32)
}

/// The address of a new block of `capacity` bytes. 0 if there is no memory.
pub(crate) fn alloc(capacity: u32) -> usize {
    // A block needs an address.
    let capacity = (capacity as usize).max(1);
    let Ok(layout) = Layout::array::<u8>(capacity) else { return 0 };
    // SAFETY: not of size zero.
    let data = unsafe { std::alloc::alloc(layout) };
    if data.is_null() {
        return 0;
    }
    let block = Block { data, capacity, len: 0 };
    let is_kept = with_blocks(|blocks| {
        if let Some(free) = blocks.iter_mut().find(|place| place.is_none()) {
            *free = Some(block);
            return true;
        }
        try_push(blocks, Some(block)).is_some()
    });
    if !is_kept {
        // SAFETY: allocated above, and nobody else has it.
        unsafe { std::alloc::dealloc(data, layout) };
        return 0;
    }
    data.expose_provenance()
}

/// Makes the block at `address` larger and keeps its contents. Returns its new address, or 0 if there is no memory or
/// no such block.
pub(crate) fn grow(address: usize, capacity: u32) -> usize {
    with_block(address, |_, block| {
        let (Ok(layout), capacity) = (Layout::array::<u8>(block.capacity), capacity as usize) else {
            return 0;
        };
        if capacity <= block.capacity || isize::try_from(capacity).is_err() {
            return 0;
        }
        // SAFETY: allocated with this layout (invariant of Block); the new size is not zero and no more than
        // isize::MAX.
        let data = unsafe { std::alloc::realloc(block.data, layout, capacity) };
        if !data.is_null() {
            (block.data, block.capacity) = (data, capacity);
        }
        data.expose_provenance()
    })
    .unwrap_or(0)
}

/// Sets the length of the string in the block at `address`. Returns how it crosses, or [`NO_TEXT`] if there is no
/// such block.
pub(crate) fn finish(address: usize, len: u32) -> RawText {
    with_block(address, |index, block| {
        block.len = (len as usize).min(block.capacity);
        (index as u32) << 1 | 1
    })
    .unwrap_or(NO_TEXT)
}

/// Forgets a string whose call an exception left, so that its guard was not dropped.
pub(crate) fn abandon(raw: RawText) {
    if raw & 1 != 0 {
        release((raw >> 1) as usize);
    } else {
        let offset = raw >> 16;
        TEXTS.with(|scratch| scratch.top.set(offset.min(scratch.top.get())));
    }
}

fn with_block<R>(address: usize, act: impl FnOnce(usize, &mut Block) -> R) -> Option<R> {
    with_blocks(|blocks| {
        let of_address =
            |block: &Option<Block>| block.as_ref().is_some_and(|block| block.data.addr() == address);
        let index = blocks.iter().position(of_address)?;
        blocks.get_mut(index)?.as_mut().map(|block| act(index, block))
    })
}

#[cfg(all(test, not(loom)))]
#[path = "text_tests.rs"]
mod tests;
