//! What canonical functions expand to: the Rust shim, the JavaScript module and the declaration.
//!
//! `INSTA_UPDATE=always cargo test --package wasm-lend-macros` writes the snapshots anew: read them before you commit them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{dts, js, rust};
use crate::attr::Options;
use crate::model::Function;
use crate::parse;

fn functions(attribute: TokenStream, item: TokenStream) -> Vec<Function> {
    let options: Options = syn::parse2(attribute).unwrap();
    match syn::parse2(item).unwrap() {
        syn::Item::Fn(mut item) => vec![parse::function(&mut item, &options).unwrap()],
        syn::Item::Mod(mut item) => parse::module(&mut item, &options).unwrap(),
        _ => unreachable!("a function or a module"),
    }
}

fn declaration(pieces: &[dts::Piece]) -> String {
    let shown = |piece: &dts::Piece| match piece {
        dts::Piece::Text(text) => text.clone(),
        // What the compiler fills in.
        other => format!("⟨{}⟩", other.expression().to_string().replace(' ', "")),
    };
    pieces.iter().map(shown).collect()
}

fn expansion(attribute: TokenStream, item: TokenStream) -> String {
    let functions = functions(attribute, item);
    let shims = functions.iter().map(rust::shim);
    let rust = quote!(#(#shims)*).to_string();
    let rust = prettyplease::unparse(&syn::parse_file(&rust).unwrap());
    let declarations = match &functions[0].namespace {
        Some(namespace) => declaration(&dts::namespace(namespace, &functions)),
        None => functions.iter().map(|function| declaration(&dts::declaration(function))).collect(),
    };
    format!("{rust}\n// ---- JavaScript\n\n{}\n// ---- TypeScript\n\n{declarations}", js::snippet(&functions))
}

macro_rules! snapshots {
    ($($name:ident: ($($attribute:tt)*) { $($item:tt)* })*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(expansion(quote!($($attribute)*), quote!($($item)*)));
        }
    )*};
}

snapshots! {
    nothing: () { pub fn nothing() {} }
    two_numbers: () {
        /// The sum, wrapping round.
        ///
        /// # Arguments
        ///
        /// * `a` - one
        /// * `b` - the other
        pub fn add(a: u32, b: u32) -> u32 {}
    }
    shared_slice: () { pub fn sum(values: &[u8]) -> u8 {} }
    exclusive_slice: () { pub fn mix(into: &mut [f32], from: &[f32], gain: f32) {} }
    kept_and_moved: () { pub fn take(keep: Buffer<u16>, take: BufferMut<f64>, copy: Vec<u8>) -> Buffer<u16> {} }
    texts: () { pub fn greet(salutation: &str, name: String, suffix: Option<&str>) -> String {} }
    options: () { pub fn options(a: Option<u8>, b: Option<u32>, c: Option<f64>, d: Option<&[u8]>) -> Option<u32> {} }
    wide_numbers: () { pub fn wide(a: u64, b: i128, c: char) -> u128 {} }
    fallible: () {
        /// # Errors
        ///
        /// When it is no number.
        pub fn parse(text: &str) -> Result<f64, ParseFloatError> {}
    }
    values: () { pub fn values(date: &Date, list: Vec<String>, any: JsValue) -> (u8, Option<String>) {} }
    records: () { pub fn step(particles: &mut [Particle], fixed: &[Particle]) -> Buffer<Particle> {} }
    asynchronous: () { pub async fn load(name: String, into: BufferMut<u8>) -> Result<BufferMut<u8>, JsValue> {} }
    named: (name = "otherName", ts_return = "1 | 2") {
        pub fn named(#[lend(name = theValue, ts = "1")] value: u8, #[lend(default = 7)] more: u8) -> u8 {}
    }
    namespace: (namespace = "math") {
        pub mod math {
            pub fn half(number: f64) -> f64 {}
            #[lend(name = "delete")]
            pub fn remove(values: &mut [f32]) {}
        }
    }
}
