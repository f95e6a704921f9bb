//! Calls within calls with the same argument: an outer and an inner function for each kind of parameter.

use wasm_lend::export;

/// A function that calls back while it has its argument, and one that only reads it.
macro_rules! kinds {
    ($($outer:ident $inner:ident($($ty:tt)*) $len:expr;)*) => {$(
        #[export]
        pub fn $outer(value: $($ty)*, f: wasm_lend::Callback<'_, ()>) -> Result<u32, wasm_lend::Exception> {
            f.call(())?;
            let len: fn($($ty)*) -> u32 = $len;
            Ok(len(value))
        }

        #[export]
        pub fn $inner(value: $($ty)*) -> u32 {
            let len: fn($($ty)*) -> u32 = $len;
            len(value)
        }
    )*};
}

kinds! {
    outer_shared inner_shared(&[u8]) |value| value.len() as u32;
    outer_exclusive inner_exclusive(&mut [u8]) |value| value.len() as u32;
    outer_keep inner_keep(wasm_lend::Buffer<u8>) |value| value.len() as u32;
    outer_take inner_take(wasm_lend::BufferMut<u8>) |value| value.len() as u32;
    outer_vec inner_vec(Vec<u8>) |value| value.len() as u32;
    outer_ref inner_ref(&crate::classes::Series) |value| value.length();
    outer_mut inner_mut(&mut crate::classes::Series) |value| value.length();
    outer_move inner_move(crate::classes::Series) |value| value.length();
    outer_js_ref inner_js_ref(wasm_lend::JsRef<'_>) |value| u32::from(value.is_undefined());
    outer_js_object inner_js_object(wasm_lend::JsObject) |value| u32::from(value.is_undefined());
}
