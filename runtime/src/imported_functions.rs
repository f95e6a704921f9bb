//! The functions of the JavaScript half that packages and plugins import with the same signature.

/// Calls `$callback!` with their signatures, after the other arguments.
macro_rules! for_each_js_function {
    ($callback:ident $($more:ident)?) => {
        $callback!($($more)? {
            fn object_type(index: i32) -> u32;
            fn object_is_function(index: i32) -> u32;
            fn object_is_array(index: i32) -> u32;
            fn object_get(index: i32, key: u32, length: u32) -> i32;
            fn object_get_index(index: i32, at: u32) -> i32;
            fn object_get_by(index: i32, key: i32) -> i32;
            fn object_set(index: i32, key: u32, length: u32, kind: u32, value: f64) -> i32;
            fn object_set_index(index: i32, at: u32, kind: u32, value: f64) -> i32;
            fn object_has(index: i32, key: u32, length: u32) -> i32;
            fn object_delete(index: i32, key: u32, length: u32) -> i32;
            fn object_keys(index: i32) -> i32;
            fn object_constructor(index: i32) -> i32;
            fn object_instance_of(index: i32, class: i32) -> i32;
            fn object_number(index: i32) -> f64;
            fn object_bool(index: i32) -> u32;
            fn object_string(index: i32) -> u32;
            fn object_to_number(index: i32) -> f64;
            fn object_to_bool(index: i32) -> u32;
            fn object_to_text(index: i32) -> i32;
            fn object_equals(one: i32, other: i32) -> u32;
            fn object_is_same(one: i32, other: i32) -> u32;
            fn object_describe(index: i32) -> u32;
            fn object_display(index: i32) -> u32;
            fn object_on_release(index: i32, f: i32) -> i32;
            fn object_new(which: u32) -> i32;
            fn object_of(kind: u32, value: f64) -> i32;
            fn object_clone(index: i32) -> i32;
            fn call0(function: i32, this: i32, kinds: u32) -> f64;
            fn call1(function: i32, this: i32, kinds: u32, a: f64) -> f64;
            fn call2(function: i32, this: i32, kinds: u32, a: f64, b: f64) -> f64;
            fn call3(function: i32, this: i32, kinds: u32, a: f64, b: f64, c: f64) -> f64;
            fn call4(function: i32, this: i32, kinds: u32, a: f64, b: f64, c: f64, d: f64) -> f64;
            fn call5(function: i32, this: i32, kinds: u32, a: f64, b: f64, c: f64, d: f64, e: f64) -> f64;
            fn call6(function: i32, this: i32, kinds: u32, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64) -> f64;
            fn call_many(function: i32, this: i32, result: u32, count: u32, address: u32) -> f64;
            fn closure_new(id: u32) -> i32;
        });
    };
}

pub(crate) use for_each_js_function;
