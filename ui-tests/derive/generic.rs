// A newtype may be generic.
use wasm_lend::{FromJs, IntoJs};

#[derive(FromJs, IntoJs)]
pub struct Newtype<T>(T)
where
    T: FromJs + IntoJs;

#[derive(FromJs)]
pub struct Size<T> {
    pub width: T,
    pub height: T,
}

#[derive(IntoJs)]
pub struct Names<'a>(&'a str, &'a str);

fn main() {}
