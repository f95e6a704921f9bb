//! Calls through the record, as another module makes them.

use super::*;

/// Calls itself as another module would.
macro_rules! through {
    (($($argument:expr),*) as |($($name:ident),*): ($($type:ty,)*)| -> $result:ty $body:block) => {{
        extern "C-unwind" fn exported(exchange: *mut u8) {
            // SAFETY: asked with these types, just below.
            unsafe { answer(exchange, |($($name,)*): ($($type,)*)| -> $result { $body }) }
        }
        let arguments: ($($type,)*) = ($($argument,)*);
        // SAFETY: it answers with these types.
        let result: $result = unsafe { ask(exported, arguments) };
        result
    }};
}

#[test]
fn numbers_cross_as_they_are() {
    let sum = through!((1_u8, -2_i64, u128::MAX, 0.5_f32, true, 'x') as |(a, b, c, d, e, f): (u8, i64, u128, f32, bool, char,)| -> String {
        format!("{a} {b} {c} {d} {e} {f}")
    });
    assert_eq!(sum, format!("1 -2 {} 0.5 true x", u128::MAX));
}

#[test]
fn slices_are_the_same_memory() {
    let mut values = [1.0_f32, 2.0];
    let address = values.as_ptr().addr();
    let other = through!((&mut values[..], "text") as |(values, text): (&mut [f32], &str,)| -> (usize, usize) {
        values[1] = 9.0;
        (values.as_ptr().addr(), text.len())
    });
    assert_eq!((other, values[1]), ((address, 4), 9.0));
}

#[test]
fn owners_change_hands() {
    let text = String::from("a text of its own");
    let list = vec![1_u32, 2, 3];
    let before = (text.as_ptr(), list.as_ptr());
    let (text, list) =
        through!((text, list) as |(text, list): (String, Vec<u32>,)| -> (String, Vec<u32>) { (text, list) });
    assert_eq!((text.as_ptr(), list.as_ptr()), before);
    assert_eq!((text.as_str(), &list[..]), ("a text of its own", &[1, 2, 3][..]));
}

#[test]
fn buffers_keep_slot_and_count() {
    let buffer = Buffer::from(vec![1_u16, 2, 3]);
    let (rest, address) = (buffer.slice(1..), buffer.as_ptr());
    let same = through!((buffer.clone(), rest) as |(whole, rest): (Buffer<u16>, Buffer<u16>,)| -> Buffer<u16> {
        assert_eq!(rest[..], whole[1..]);
        whole
    });
    assert_eq!((same.as_ptr(), &same[..]), (address, &[1, 2, 3][..]));
    drop(buffer);
    let list = same.into_vec();
    assert_eq!(list.as_ptr(), address, "the only reference now, so nothing is copied");
    let mut bytes = BufferMut::from(vec![7_u8; 4]);
    bytes[0] = 1;
    let bytes = through!((bytes) as |(bytes): (BufferMut<u8>,)| -> BufferMut<u8> { bytes });
    assert_eq!(bytes[..], [1, 7, 7, 7]);
}

#[test]
fn what_may_be_absent_or_fail() {
    let both = |value: Option<&str>| {
        through!((value) as |(value): (Option<&str>,)| -> Result<Vec<u8>, String> {
            value.map(|text| text.as_bytes().to_vec()).ok_or_else(|| "nothing came".to_owned())
        })
    };
    assert_eq!(both(Some("ab")), Ok(b"ab".to_vec()));
    assert_eq!(both(None), Err("nothing came".to_owned()));
    let none = through!(() as |(): ()| -> Option<u64> { None });
    assert_eq!(none, None);
}

#[test]
fn a_function_without_anything() {
    through!(() as |(): ()| -> () {});
}
