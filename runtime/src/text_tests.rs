//! Strings, as JavaScript gives them.

use super::*;

fn write(offset: usize, text: &str) -> RawText {
    let raw = (offset as u32) << 16 | (text.len() as u32) << 1;
    TEXTS.with(|scratch| {
        let to = scratch.bytes.get().cast::<u8>().wrapping_add(offset);
        // SAFETY: the tests write within scratch memory, at multiples of a word, which no guard has.
        unsafe { to.cast::<u32>().write(raw ^ crate::key::get()) };
        // SAFETY: as above.
        unsafe { core::ptr::copy_nonoverlapping(text.as_ptr(), to.wrapping_add(HEADER), text.len()) };
    });
    raw
}

fn write_block(text: &str) -> RawText {
    let address = alloc(text.len() as u32);
    let to = core::ptr::with_exposed_provenance_mut::<u8>(address);
    // SAFETY: a block of this many bytes, fresh.
    unsafe { core::ptr::copy_nonoverlapping(text.as_ptr(), to, text.len()) };
    finish(address, text.len() as u32)
}

fn top() -> u32 {
    TEXTS.with(|scratch| scratch.top.get())
}

fn blocks() -> usize {
    with_blocks(|blocks| blocks.iter().flatten().count())
}

#[test]
fn strings_lie_on_top_of_each_other_while_their_guards_live() {
    let one = text(write(0, "one"));
    let two = text(write(16, "zwölf"));
    assert_eq!((&*one, &*two), ("one", "zwölf"));
    assert_eq!(top(), 32);
    drop(two);
    assert_eq!(top(), 16);
    drop(one);
    assert_eq!(top(), 0);
}

#[test]
fn a_string_of_its_own_is_a_copy() {
    for len in [0, 1, 7, 8, 9, 63, 64, 65, 1000] {
        let expected = "x".repeat(len);
        assert_eq!(string(write(0, &expected)), expected);
    }
    assert_eq!(optional_string(write(8, "ö")).as_deref(), Some("ö"));
}

#[test]
fn a_string_takes_a_block_over_and_a_borrow_frees_it() {
    let long = "é".repeat(10_000);
    let raw = write_block(&long);
    assert_eq!(string(raw), long);
    assert_eq!(string(raw), "", "taken over");
    assert_eq!(text(write_block(&long)).into_string(), long);
    let raw = write_block(&long);
    let guard = text(raw);
    assert_eq!(*guard, long);
    drop(guard);
    assert_eq!(blocks(), 0);
    let address = alloc(4);
    let larger = grow(address, 8);
    assert_ne!(larger, 0);
    assert_eq!(grow(larger, 8), 0, "not larger");
    abandon(finish(larger, 0));
    assert_eq!(blocks(), 0);
    assert_eq!(finish(larger, 1), NO_TEXT);
}

#[test]
fn numbers_that_are_made_up_are_empty_strings() {
    for raw in [u32::MAX, 1, 0x7fff_fffe, (SIZE as u32) << 16 | 2, 4 << 16, (SIZE as u32) << 16] {
        assert_eq!(&*text(raw), "", "{raw:x}");
        assert_eq!(string(raw), "", "{raw:x}");
    }
    let raw = write(0, "ab漢");
    assert_eq!(&*text(raw), "ab漢");
    assert_eq!(&*text(raw - 2), "", "not all of it");
    write(0, "x");
    assert_eq!(&*text(raw), "", "not any more");
    assert!(optional_text(NO_TEXT).is_none());
    abandon(u32::MAX);
}
