#!/usr/bin/env run
// A comment before everything.
/* näh — not ASCII before the first attribute */ use wasm_bindgen::prelude::*; // after `use`

/* Ünïcödé */ #[wasm_bindgen(js_name = "größe")] pub fn size() {} // stays

#   [ wasm_bindgen ( js_name   =   odd , skip_typescript ) ]
pub   fn   odd_spaces ( a:u32,b :u32 ) -> u32 { a+b }

#[wasm_bindgen(
    // the old name
    js_name = oldName, // must not change
    skip_typescript,
)]
pub fn comments_in_the_attribute() {}

#[wasm_bindgen(
    js_name = Wide,
    inspectable, // for debugging
    getter_with_clone,
)]
pub struct WideClass { /* 🦀 */ #[wasm_bindgen(skip)] pub a: u32, /* 🦀🦀 */ #[wasm_bindgen(getter_with_clone)] pub b: u32 }

#[wasm_bindgen(inspectable, /* kept */ js_name = Short)]
pub struct ShortClass {}

#[allow(dead_code)] #[wasm_bindgen] #[inline] pub fn between_others() {}

#[wasm_bindgen]

/// The doc comment comes later.
#[must_use]
pub fn blank_line_after() -> u32 { 1 }

    #[wasm_bindgen(return_description = "größer")]
    /** A block. */
    pub fn indented() -> u32 { 1 }

// The last comment. #[wasm_bindgen] in it stays.
/// `#[wasm_bindgen]` in a doc comment stays.
#[wasm_bindgen(js_name = last)]
pub fn last_one() { let text = "#[wasm_bindgen]"; }
