//! What canonical functions expand to: the Rust shim, the JavaScript module and the declaration.
//!
//! `INSTA_UPDATE=always cargo test --package wasm-lend-macros` writes the snapshots anew: read them before you commit them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{dts, rust, snippet, tags};
use crate::attr::Options;
use crate::model::Function;
use crate::parse;
use crate::typescript::Piece;

fn functions(attribute: TokenStream, item: TokenStream) -> Vec<Function> {
    let options: Options = syn::parse2(attribute).unwrap();
    match syn::parse2(item).unwrap() {
        syn::Item::Fn(mut item) => vec![parse::function(&mut item, &options).unwrap()],
        syn::Item::Mod(mut item) => parse::module(&mut item, &options).unwrap(),
        syn::Item::Impl(mut item) => parse::block(&mut item, &options).unwrap(),
        syn::Item::Struct(mut item) => parse::class(&mut item, &options).unwrap().fields,
        _ => unreachable!("a function, a module or a class"),
    }
}

fn declaration(pieces: &[Piece]) -> String {
    let shown = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
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
    let declarations = match (&functions[0].namespace, &functions[0].member) {
        (_, Some(member)) => declaration(&dts::members(&member.class.to_string(), &functions)),
        (Some(namespace), _) => declaration(&dts::namespace(namespace, &functions)),
        _ => functions.iter().map(|function| declaration(&dts::declaration(function))).collect(),
    };
    format!(
        "{rust}\n// ---- JavaScript\n\n{}\n// ---- TypeScript\n\n{declarations}",
        snippet::snippet(&functions, &tags::Tags::of(&functions))
    )
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
    objects: () { pub fn remember(borrowed: JsRef<'_>, owned: JsObject) -> Option<JsObject> {} }
    callback: () {
        pub fn each(values: &[f32], f: Callback<'_, (f32, &[f32]), bool>, kept: Option<Function<(JsObject,)>>) -> Result<u32, Exception> {}
    }
    instances: () { pub fn merge(into: &mut Series, from: &Series, taken: Series, maybe: Option<Series>) -> Series {} }
    cancelled: () { pub async fn wait(text: String, signal: Option<AbortSignal>) -> u32 {} }
    fields: () {
        pub struct Shape {
            /// How many.
            pub sides: u32,
            #[lend(readonly)]
            pub name: String,
            hidden: bool,
        }
    }
    methods: () {
        impl Series {
            /// A new one.
            pub fn new(name: String) -> Result<Self, String> {}
            pub fn zeros(length: u32) -> Self {}
            #[lend(getter)]
            pub fn length(&self) -> u32 {}
            #[lend(setter)]
            pub fn gain(&mut self, gain: f32) {}
            pub fn samples(&self) -> &[f32] {}
            pub fn title(&self) -> &str {}
            pub fn push(&mut self, sample: f32) -> u32 {}
            pub fn into_samples(self, beside: &[u8]) -> Buffer<f32> {}
            pub async fn later(&self, text: String) -> Self {}
        }
    }
    namespace: (namespace = "math") {
        pub mod math {
            pub fn half(number: f64) -> f64 {}
            #[lend(name = "delete")]
            pub fn remove(values: &mut [f32]) {}
        }
    }
}
