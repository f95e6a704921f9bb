//! What `#[wasm_bindgen]` makes of the same functions.

use std::cell::Cell;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_lend::{BufferMut, JsValue, export};

macro_rules! both {
    ($($(#[$docs:meta])* fn $lend:ident / $bindgen:ident ($($name:ident: $type:ty),*) $(-> $result:ty)? $body:block)*) => {$(
        $(#[$docs])*
        #[export]
        pub fn $lend($($name: $type),*) $(-> $result)? $body

        $(#[$docs])*
        #[wasm_bindgen]
        pub fn $bindgen($($name: $type),*) $(-> $result)? $body
    )*};
}

both! {
    /// How many bytes came.
    fn count_bytes / bindgen_count_bytes(bytes: &[u8]) -> u32 {
        bytes.len() as u32
    }

    /// The first byte.
    fn first_byte / bindgen_first_byte(bytes: &[u8]) -> u8 {
        bytes.first().copied().unwrap_or(0)
    }

    /// A byte.
    fn whole_u8 / bindgen_whole_u8(value: u8) -> u8 {
        value
    }

    /// A whole number.
    fn whole_i32 / bindgen_whole_i32(value: i32) -> i32 {
        value
    }

    /// How long the text is.
    fn measure_text / bindgen_measure_text(text: &str) -> u32 {
        text.len() as u32
    }

    /// Writes to both.
    fn fill_two / bindgen_fill_two(one: &mut [u8], other: &mut [u8]) {
        one[0] = 1;
        other[1] = 2;
    }

    /// Writes, and counts that it has.
    fn fill_counted / bindgen_fill_counted(bytes: &mut [u8]) {
        FILLED.set(FILLED.get() + 1);
        bytes.fill(7);
    }

    /// A list with a type of its own.
    fn strings_of / bindgen_strings_of(list: js_sys::Array<js_sys::JsString>) -> js_sys::Array<js_sys::JsString> {
        list
    }

    /// A promise with a type of its own.
    fn promise_of / bindgen_promise_of(promise: js_sys::Promise<js_sys::Number>) -> js_sys::Promise<js_sys::Number> {
        promise
    }
}

thread_local! {
    static FILLED: Cell<u32> = const { Cell::new(0) };
}

/// How often something was filled.
#[export]
pub fn times_filled() -> u32 {
    FILLED.get()
}

/// Owns its first argument; the second has to be of a class.
#[export]
pub fn consume_two(owned: BufferMut<u8>, date: js_sys::Date) -> u32 {
    drop(date);
    owned.len() as u32
}

/// The same by wasm-bindgen, whose objects stand for buffers.
#[wasm_bindgen]
pub fn bindgen_consume_two(owned: crate::values::Counter, other: crate::values::Counter) -> u32 {
    owned.count() + other.count()
}

/// A view that nothing keeps in step with memory.
#[wasm_bindgen]
pub fn bindgen_view() -> JsValue {
    thread_local! {
        static BYTES: Vec<u8> = vec![5; 16];
    }
    // SAFETY: none; that is what the test shows.
    BYTES.with(|bytes| unsafe { js_sys::Uint8Array::view(bytes) }.into())
}
