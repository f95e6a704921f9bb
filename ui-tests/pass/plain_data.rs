#![deny(warnings)]
// Types that derive, with attributes, names and places of all kinds.

use wasm_lend::{FromJs, IntoJs, export};

const __LEND_X: u8 = 1;
#[allow(non_upper_case_globals)]
pub const width: u8 = 2;

/// With raw names, and fields that have the names of constants.
#[derive(FromJs, IntoJs)]
#[lend(name = "Dimensions")]
pub struct r#Size {
    pub width: f64,
    pub r#fn: Option<u8>,
    #[cfg(any())]
    pub gone: DoesNotExist,
    #[cfg_attr(all(), lend(default = f64::from(__LEND_X)))]
    pub scale: f64,
    value: Vec<(u8, String)>,
    object: [u16; 2],
}

mod inner {
    use wasm_lend::{FromJs, IntoJs};

    #[derive(FromJs, IntoJs)]
    #[lend(crate = wasm_lend, skip_typescript)]
    pub(crate) enum Event {
        #[deprecated]
        Old {},
        r#Move(super::Pair),
        Key { code: u32, tag: Option<String>, object: bool },
        Nothing(),
    }
}

#[derive(IntoJs, FromJs)]
pub struct Pair(u8, #[allow(dead_code)] Option<Box<str>>);

#[derive(IntoJs)]
#[lend(object)]
pub struct One {
    pub one: &'static str,
}

#[export]
pub(crate) fn all(size: Size, event: inner::Event, pairs: Vec<Pair>) -> (One, Option<Size>, inner::Event, Pair) {
    let one = One { one: if size.value.is_empty() { "none" } else { "some" } };
    (one, Some(size), event, pairs.into_iter().next().unwrap_or(Pair(width, None)))
}

fn main() {}
