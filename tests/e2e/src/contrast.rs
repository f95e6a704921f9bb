//! The same functions with `#[export]` and with `#[wasm_bindgen]`.

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
    /// The number of bytes.
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

    /// The length of the text.
    fn measure_text / bindgen_measure_text(text: &str) -> u32 {
        text.len() as u32
    }

    /// Writes to both.
    fn fill_two / bindgen_fill_two(one: &mut [u8], other: &mut [u8]) {
        one[0] = 1;
        other[1] = 2;
    }

    /// Writes, and counts the call.
    fn fill_counted / bindgen_fill_counted(bytes: &mut [u8]) {
        FILLED.set(FILLED.get() + 1);
        bytes.fill(7);
    }

    /// A list with a type for its elements.
    fn strings_of / bindgen_strings_of(list: js_sys::Array<js_sys::JsString>) -> js_sys::Array<js_sys::JsString> {
        list
    }

    /// A promise with a type for its result.
    fn promise_of / bindgen_promise_of(promise: js_sys::Promise<js_sys::Number>) -> js_sys::Promise<js_sys::Number> {
        promise
    }
}

thread_local! {
    static FILLED: Cell<u32> = const { Cell::new(0) };
}

/// How many times the functions above have filled something.
#[export]
pub fn times_filled() -> u32 {
    FILLED.get()
}

/// Owns its first argument. The second one has to be an instance of a class.
#[export]
pub fn consume_two(owned: BufferMut<u8>, date: js_sys::Date) -> u32 {
    drop(date);
    owned.len() as u32
}

/// The same with wasm-bindgen, where objects take the place of buffers.
#[wasm_bindgen]
pub fn bindgen_consume_two(owned: crate::values::Counter, other: crate::values::Counter) -> u32 {
    owned.count() + other.count()
}

/// A view that is not renewed when memory grows.
#[wasm_bindgen]
pub fn bindgen_view() -> JsValue {
    thread_local! {
        static BYTES: Vec<u8> = vec![5; 16];
    }
    // SAFETY: the view is not safe to use after memory has grown. The test shows exactly this.
    BYTES.with(|bytes| unsafe { js_sys::Uint8Array::view(bytes) }.into())
}
