//! Functions that run foreign code at every point of a call, with each kind of argument and of result.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_lend::{
    Buffer, BufferMut, Callback, ConversionError, Exception, FromJs, IntoJs, Iter, JsObject, JsRef, Ts,
    export,
};

#[wasm_bindgen(inline_js = "export function foreign_code() { globalThis.foreignCode(); }")]
extern "C" {
    /// Runs the function that the test has set. Its exceptions pass through the frames of the callers and run no destructors.
    fn foreign_code();
}

/// Runs foreign code when it is dropped. In JavaScript it is a number.
pub struct Acts(u32);

impl Drop for Acts {
    fn drop(&mut self) {
        foreign_code();
    }
}

impl FromJs for Acts {
    const TS: Ts = Ts::Text("number");

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        let number = value.as_f64().ok_or_else(|| ConversionError::expected("a number", &value))?;
        Ok(Acts(number as u32))
    }
}

impl IntoJs for Acts {
    const TS: Ts = Ts::Text("number");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        Ok(JsValue::from_f64(f64::from(self.0)))
    }
}

/// The owner of a buffer's memory. Its drop runs foreign code.
struct Owner(Vec<u8>, #[allow(dead_code)] Acts);

impl std::ops::Deref for Owner {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Functions that return something that runs foreign code later.
#[export(namespace = "anywhere")]
pub mod makers {
    use super::*;

    /// A buffer with an owner whose drop runs it.
    pub fn owned() -> Buffer<u8> {
        Buffer::from_owner(Owner(vec![1, 2, 3, 4], Acts(0)))
    }

    /// A buffer with a release listener in Rust that runs it.
    pub fn listened() -> Buffer<u8> {
        let buffer = Buffer::from(vec![1, 2, 3, 4]);
        buffer.on_release(foreign_code);
        buffer
    }

    /// The length of a buffer. Its release runs it.
    pub fn listened_argument(values: Buffer<u8>) -> u32 {
        values.on_release(foreign_code);
        values.len() as u32
    }

    /// A buffer made of a `Vec`. Its release runs it.
    pub fn listened_vec() -> BufferMut<u8> {
        let buffer = BufferMut::from(vec![1, 2, 3, 4]);
        buffer.on_release(foreign_code);
        buffer
    }

    /// The sum of both lengths.
    pub fn take_both(one: Vec<u8>, other: BufferMut<u8>) -> u32 {
        (one.len() + other.len()) as u32
    }

    /// An iterator whose first step runs it.
    pub fn steps() -> Iter<u32> {
        Iter::new((0..2).inspect(|step| {
            if *step == 0 {
                foreign_code();
            }
        }))
    }
}

fn total(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte)).sum()
}

fn raised(bytes: &mut [u8]) -> u32 {
    bytes.iter_mut().for_each(|byte| *byte += 1);
    total(bytes)
}

fn mark(value: &JsObject) -> u32 {
    value.get("mark").ok().and_then(|mark| mark.as_f64()).unwrap_or_default() as u32
}

/// Bytes. Their drop may run foreign code.
#[export]
pub struct Held {
    bytes: Vec<u8>,
    #[lend(skip)]
    acts: Option<Acts>,
}

#[export]
impl Held {
    pub fn quiet() -> Self {
        Held { bytes: vec![1, 2, 3, 4], acts: None }
    }

    pub fn acting() -> Self {
        Held { bytes: vec![1, 2, 3, 4], acts: Some(Acts(0)) }
    }

    pub fn total(&self) -> u32 {
        let _ = &self.acts;
        total(&self.bytes)
    }
}

/// For each kind of parameter: one function for each point, and one that only reads.
macro_rules! beside {
    ($($module:ident $namespace:tt ($($ty:tt)*) $total:expr;)*) => {$(
        #[export(namespace = $namespace)]
        pub mod $module {
            use super::*;

            const TOTAL: fn($($ty)*) -> u32 = $total;

            pub fn look(value: $($ty)*) -> u32 {
                TOTAL(value)
            }

            pub fn second(value: $($ty)*, bytes: &[u8]) -> u32 {
                TOTAL(value) + bytes.len() as u32
            }

            pub fn convert(value: $($ty)*, list: Vec<String>) -> u32 {
                TOTAL(value) + list.len() as u32
            }

            pub fn callback(value: $($ty)*, f: Callback<'_, ()>) -> Result<u32, Exception> {
                f.call(())?;
                Ok(TOTAL(value))
            }

            pub fn import(value: $($ty)*) -> u32 {
                foreign_code();
                TOTAL(value)
            }

            pub fn argument(value: $($ty)*, acts: Acts) -> u32 {
                drop(acts);
                TOTAL(value)
            }

            pub fn refused(value: $($ty)*, acts: Acts, list: Vec<String>) -> u32 {
                drop(acts);
                TOTAL(value) + list.len() as u32
            }

            pub fn result(value: $($ty)*) -> Acts {
                Acts(TOTAL(value))
            }
        }
    )*};
}

beside! {
    shared "anywhere_shared" (&[u8]) |value| total(value);
    exclusive "anywhere_exclusive" (&mut [u8]) |value| raised(value);
    keep "anywhere_keep" (Buffer<u8>) |value| total(&value);
    take "anywhere_take" (BufferMut<u8>) |value| total(&value);
    vec "anywhere_vec" (Vec<u8>) |value| total(&value);
    class_ref "anywhere_class_ref" (&Held) |value| total(&value.bytes);
    class_mut "anywhere_class_mut" (&mut Held) |value| raised(&mut value.bytes);
    class "anywhere_class" (Held) |value| total(&value.bytes);
    string "anywhere_string" (String) |value| total(value.as_bytes());
    text "anywhere_text" (&str) |value| total(value.as_bytes());
    object "anywhere_object" (JsObject) |value| mark(&value);
    borrowed "anywhere_borrowed" (JsRef<'_>) |value| mark(&value.to_object());
}

/// The same functions as methods, with the instance as the parameter.
macro_rules! methods {
    ($(
        ($($receiver:tt)*) $total:expr;
        $look:ident $second:ident $convert:ident $callback:ident $import:ident $argument:ident $refused:ident $result:ident
        $later:ident;
    )*) => {
        #[export]
        impl Held {$(
            pub fn $look($($receiver)*) -> u32 {
                $total
            }

            pub fn $second($($receiver)*, bytes: &[u8]) -> u32 {
                $total + bytes.len() as u32
            }

            pub fn $convert($($receiver)*, list: Vec<String>) -> u32 {
                $total + list.len() as u32
            }

            pub fn $callback($($receiver)*, f: Callback<'_, ()>) -> Result<u32, Exception> {
                f.call(())?;
                Ok($total)
            }

            pub fn $import($($receiver)*) -> u32 {
                foreign_code();
                $total
            }

            pub fn $argument($($receiver)*, acts: Acts) -> u32 {
                drop(acts);
                $total
            }

            pub fn $refused($($receiver)*, acts: Acts, list: Vec<String>) -> u32 {
                drop(acts);
                $total + list.len() as u32
            }

            pub fn $result($($receiver)*) -> Acts {
                Acts($total)
            }

            pub async fn $later($($receiver)*, promise: Promise) -> Result<u32, JsValue> {
                JsFuture::from(promise).await?;
                Ok($total)
            }
        )*}
    };
}

methods! {
    (&self) total(&self.bytes);
    look_shared second_shared convert_shared callback_shared import_shared argument_shared refused_shared result_shared later_shared;
    (&mut self) raised(&mut self.bytes);
    look_mut second_mut convert_mut callback_mut import_mut argument_mut refused_mut result_mut later_mut;
    (self) total(&self.bytes);
    look_owned second_owned convert_owned callback_owned import_owned argument_owned refused_owned result_owned later_owned;
}

/// Functions that hold their argument until a promise settles.
macro_rules! later {
    ($($name:ident($ty:ty) $total:expr;)*) => {
        #[export(namespace = "anywhere_later")]
        pub mod promises {
            use super::*;

            $(
                pub async fn $name(value: $ty, promise: Promise) -> Result<u32, JsValue> {
                    JsFuture::from(promise).await?;
                    let total: fn($ty) -> u32 = $total;
                    Ok(total(value))
                }
            )*
        }
    };
}

later! {
    keep(Buffer<u8>) |value| total(&value);
    take(BufferMut<u8>) |value| total(&value);
    vec(Vec<u8>) |value| total(&value);
    class(Held) |value| total(&value.bytes);
    string(String) |value| total(value.as_bytes());
    object(JsObject) |value| mark(&value);
}

/// For each kind of result: one function for each way to hold what the callback frees, so that the end of the call releases it.
macro_rules! ends {
    ($($module:ident $namespace:tt ($($ty:tt)*) $result:expr; $shared:ident $exclusive:ident)*) => {
        $(
            #[export(namespace = $namespace)]
            pub mod $module {
                use super::*;

                pub fn slice(held: &[u8], f: Callback<'_, ()>) -> $($ty)* {
                    drop((held, f.call(())));
                    $result
                }

                pub fn keep(held: Buffer<u8>, f: Callback<'_, ()>) -> $($ty)* {
                    drop((held, f.call(())));
                    $result
                }

                pub fn beside_written(held: &[u8], other: &mut [u8], f: Callback<'_, ()>) -> $($ty)* {
                    drop((held, f.call(())));
                    raised(other);
                    $result
                }

                pub fn beside_taken(held: &[u8], other: BufferMut<u8>, f: Callback<'_, ()>) -> $($ty)* {
                    drop((held, f.call(()), other));
                    $result
                }

                pub fn beside_object(held: &[u8], object: JsObject, f: Callback<'_, ()>) -> $($ty)* {
                    drop((held, f.call(()), object));
                    $result
                }

                pub fn beside_text(held: &[u8], text: &str, f: Callback<'_, ()>) -> $($ty)* {
                    drop((held, f.call(()), text.len()));
                    $result
                }

                pub fn instance(held: &Held, f: Callback<'_, ()>) -> $($ty)* {
                    drop((held.total(), f.call(())));
                    $result
                }

                pub fn instance_mut(held: &mut Held, f: Callback<'_, ()>) -> $($ty)* {
                    drop((held.total(), f.call(())));
                    $result
                }
            }
        )*

        #[export]
        impl Held {$(
            pub fn $shared(&self, f: Callback<'_, ()>) -> $($ty)* {
                drop(f.call(()));
                $result
            }

            pub fn $exclusive(&mut self, f: Callback<'_, ()>) -> $($ty)* {
                drop(f.call(()));
                $result
            }
        )*}
    };
}

fn marked() -> JsObject {
    let object = JsObject::new_object();
    drop(object.set("mark", 77));
    object
}

ends! {
    nothing "end_nothing" (()) (); end_nothing end_nothing_mut
    word "end_word" (u32) 0x9000_0001; end_word end_word_mut
    // This value and the next four stand for a refusal, too.
    all_ones "end_all_ones" (u32) u32::MAX; end_all_ones end_all_ones_mut
    boolean "end_boolean" (bool) true; end_boolean end_boolean_mut
    wide "end_wide" (u64) u64::MAX; end_wide end_wide_mut
    widest "end_widest" (u128) (5 << 64) | 7; end_widest end_widest_mut
    float "end_float" (f64) f64::NAN; end_float end_float_mut
    maybe "end_maybe" (Option<f64>) Some(1.5); end_maybe end_maybe_mut
    short "end_short" (String) "shört".to_owned(); end_short end_short_mut
    long "end_long" (String) "lông".repeat(2000); end_long end_long_mut
    few "end_few" (Vec<u8>) (1..=100).collect(); end_few end_few_mut
    many "end_many" (Vec<u8>) (0..6000).map(|i| i as u8).collect(); end_many end_many_mut
    read_only "end_read_only" (Buffer<u8>) Buffer::from(vec![5, 6]); end_read_only end_read_only_mut
    mutable "end_mutable" (BufferMut<u8>) BufferMut::from(vec![7, 8]); end_mutable end_mutable_mut
    value "end_value" (JsValue) JsValue::from_str("a value"); end_value end_value_mut
    an_object "end_object" (JsObject) marked(); end_object end_object_mut
    instance "end_instance" (Held) Held::quiet(); end_instance end_instance_mut
    failure "end_failure" (Result<u32, String>) Err("of the function".to_owned()); end_failure end_failure_mut
}
