//! Exported structs in functions of `#[wasm_bindgen]`: what `class_in_bindgen!` writes, and what that calls.
//!
//! `bindgen.rs` has the other way, and says what is used of wasm-bindgen's unstable interface.

use wasm_bindgen::convert::{FromWasmAbi, RefFromWasmAbi};
use wasm_bindgen::prelude::*;

use crate::call_site::CallSite;
use crate::class::{
    Class, ExclusiveInstance, SharedInstance, class_tag, exclusive_instance, shared_instance,
};
use crate::fault::Refusal;
use crate::js;
use crate::value::{ConversionError, Holder, IntoArgument, hold_instance};

/// An exported struct by value, from wasm-bindgen's glue.
///
/// # Errors
///
/// The words that wasm-bindgen throws.
///
/// # Safety
///
/// `js` is a value that the glue passes by value.
pub unsafe fn take_from_glue<T: Class>(js: u32) -> Result<T, &'static str> {
    // SAFETY: the caller's promise.
    let value = unsafe { JsValue::from_abi(js) };
    hold_instance(value, Holder::NOBODY).map(IntoArgument::get).map_err(|error| words(&error))
}

/// `&T` of an exported struct, from wasm-bindgen's glue.
///
/// # Errors
///
/// The words that wasm-bindgen throws.
///
/// # Safety
///
/// `js` is a value that the glue passes by reference.
pub unsafe fn borrow_from_glue<T: Class>(js: u32) -> Result<SharedInstance<T>, &'static str> {
    // SAFETY: the caller's promise.
    let value = unsafe { JsValue::ref_from_abi(js) };
    let handle = js::instance_handle(&value, class_tag::<T>());
    shared_instance(handle, &IN_GLUE).map_err(|refusal| refused(handle, refusal))
}

/// The same for a borrow that outlives the call.
///
/// # Errors
///
/// The words that wasm-bindgen throws.
///
/// # Safety
///
/// As for [`borrow_from_glue`].
pub unsafe fn borrow_from_glue_for_long<T: Class>(js: u32) -> Result<SharedInstance<T>, &'static str> {
    // SAFETY: the caller's promise.
    let instance = unsafe { borrow_from_glue::<T>(js) }?;
    // What is lent to a callback ends before an async function does.
    instance.outlives_call(&IN_GLUE).map_err(|_| LENT)?;
    Ok(instance)
}

/// `&mut T` of an exported struct, from wasm-bindgen's glue.
///
/// # Errors
///
/// The words that wasm-bindgen throws.
///
/// # Safety
///
/// `js` is a value that the glue passes by reference.
pub unsafe fn borrow_mut_from_glue<T: Class>(js: u32) -> Result<ExclusiveInstance<T>, &'static str> {
    // SAFETY: the caller's promise.
    let value = unsafe { JsValue::ref_from_abi(js) };
    let handle = js::instance_handle(&value, class_tag::<T>());
    exclusive_instance(handle, &IN_GLUE).map_err(|refusal| refused(handle, refusal))
}

static IN_GLUE: CallSite = CallSite::new("a function of `#[wasm_bindgen]`", crate::fault::RESULT);

const NO_INSTANCE: &str = "an argument is no live instance of its class";
const LENT: &str =
    "an instance is lent to a callback, until that returns, and an async function cannot keep it";
const BORROWED: &str = "an instance of an exported class is borrowed already: a call that is still running uses it, or it is passed twice";

fn words(error: &ConversionError) -> &'static str {
    if error.is_borrowed() { BORROWED } else { NO_INSTANCE }
}

fn refused(handle: u32, _refusal: Refusal) -> &'static str {
    if handle == 0 { NO_INSTANCE } else { BORROWED }
}

/// Implements wasm-bindgen's conversions for an exported struct. It crosses as the object that JavaScript has.
#[doc(hidden)]
#[macro_export]
macro_rules! __lend_class_in_bindgen {
    // The words are the length of the name, and its characters. wasm-bindgen runs `describe` in an interpreter that knows
    // no loops.
    ($lend:path, $class:ident, $($word:literal)*) => {
        const _: () = {
            use $lend as lend;
            use lend::wasm_bindgen;
            use wasm_bindgen::JsValue;
            use wasm_bindgen::convert::*;
            use wasm_bindgen::describe::*;

            #[automatically_derived]
            impl WasmDescribe for $class {
                fn describe() {
                    inform(NAMED_EXTERNREF);
                    $(inform($word);)*
                }
            }

            #[automatically_derived]
            impl WasmDescribeVector for $class {
                fn describe_vector() {
                    inform(VECTOR);
                    <$class as WasmDescribe>::describe();
                }
            }

            #[automatically_derived]
            impl lend::From<$class> for JsValue {
                fn from(value: $class) -> Self {
                    lend::instance_into_js(value).unwrap_or_else(|error| lend::throw_conversion_error(&error))
                }
            }

            #[automatically_derived]
            impl IntoWasmAbi for $class {
                type Abi = <JsValue as IntoWasmAbi>::Abi;

                fn into_abi(self) -> Self::Abi {
                    JsValue::from(self).into_abi()
                }
            }

            #[automatically_derived]
            impl OptionIntoWasmAbi for $class {
                fn none() -> Self::Abi {
                    0
                }
            }

            #[automatically_derived]
            impl FromWasmAbi for $class {
                type Abi = <JsValue as FromWasmAbi>::Abi;

                unsafe fn from_abi(js: Self::Abi) -> Self {
                    // SAFETY: the caller's promise.
                    unsafe { Self::try_from_abi(js) }.unwrap_or_else(|words| wasm_bindgen::throw_str(words))
                }

                unsafe fn try_from_abi(js: Self::Abi) -> lend::Result<Self, &'static lend::primitive::str> {
                    // SAFETY: the caller's promise.
                    unsafe { lend::take_from_glue(js) }
                }
            }

            #[automatically_derived]
            impl OptionFromWasmAbi for $class {
                fn is_none(js: &Self::Abi) -> lend::primitive::bool {
                    *js == 0
                }
            }

            #[automatically_derived]
            impl RefFromWasmAbi for $class {
                type Abi = <JsValue as RefFromWasmAbi>::Abi;
                type Anchor = lend::SharedInstance<$class>;

                unsafe fn ref_from_abi(js: Self::Abi) -> Self::Anchor {
                    // SAFETY: the caller's promise.
                    unsafe { Self::try_ref_from_abi(js) }.unwrap_or_else(|words| wasm_bindgen::throw_str(words))
                }

                unsafe fn try_ref_from_abi(
                    js: Self::Abi,
                ) -> lend::Result<Self::Anchor, &'static lend::primitive::str> {
                    // SAFETY: the caller's promise.
                    unsafe { lend::borrow_from_glue(js) }
                }
            }

            #[automatically_derived]
            impl RefMutFromWasmAbi for $class {
                type Abi = <JsValue as RefFromWasmAbi>::Abi;
                type Anchor = lend::ExclusiveInstance<$class>;

                unsafe fn ref_mut_from_abi(js: Self::Abi) -> Self::Anchor {
                    // SAFETY: the caller's promise.
                    unsafe { Self::try_ref_mut_from_abi(js) }
                        .unwrap_or_else(|words| wasm_bindgen::throw_str(words))
                }

                unsafe fn try_ref_mut_from_abi(
                    js: Self::Abi,
                ) -> lend::Result<Self::Anchor, &'static lend::primitive::str> {
                    // SAFETY: the caller's promise.
                    unsafe { lend::borrow_mut_from_glue(js) }
                }
            }

            #[automatically_derived]
            impl LongRefFromWasmAbi for $class {
                type Abi = <JsValue as LongRefFromWasmAbi>::Abi;
                type Anchor = lend::SharedInstance<$class>;

                unsafe fn long_ref_from_abi(js: Self::Abi) -> Self::Anchor {
                    // SAFETY: the caller's promise.
                    unsafe { Self::try_long_ref_from_abi(js) }
                        .unwrap_or_else(|words| wasm_bindgen::throw_str(words))
                }

                unsafe fn try_long_ref_from_abi(
                    js: Self::Abi,
                ) -> lend::Result<Self::Anchor, &'static lend::primitive::str> {
                    // SAFETY: a long reference is passed by value: the value ends here, and the instance is borrowed.
                    let value = unsafe { JsValue::from_abi(js) };
                    // SAFETY: the value lives until the end of this function.
                    unsafe { lend::borrow_from_glue_for_long((&value).into_abi()) }
                }
            }

            #[automatically_derived]
            impl TryFromJsValue for $class {
                fn try_from_js_value(value: JsValue) -> lend::Result<Self, JsValue> {
                    Self::try_from_js_value_ref(&value).ok_or(value)
                }

                fn try_from_js_value_ref(value: &JsValue) -> lend::Option<Self> {
                    lend::instance_from_js(value)
                }
            }

            #[automatically_derived]
            impl lend::TryFrom<JsValue> for $class {
                type Error = JsValue;

                fn try_from(value: JsValue) -> lend::Result<Self, JsValue> {
                    Self::try_from_js_value(value)
                }
            }

            #[automatically_derived]
            impl VectorIntoWasmAbi for $class {
                type Abi = <lend::Box<[JsValue]> as IntoWasmAbi>::Abi;

                fn vector_into_abi(vector: lend::Box<[$class]>) -> Self::Abi {
                    js_value_vector_into_abi(vector)
                }
            }

            #[automatically_derived]
            impl VectorFromWasmAbi for $class {
                type Abi = <lend::Box<[JsValue]> as FromWasmAbi>::Abi;

                unsafe fn vector_from_abi(js: Self::Abi) -> lend::Box<[$class]> {
                    // SAFETY: the caller's promise.
                    unsafe { js_value_vector_from_abi(js) }
                }

                unsafe fn try_vector_from_abi(
                    js: Self::Abi,
                ) -> lend::Result<lend::Box<[$class]>, &'static lend::primitive::str> {
                    // SAFETY: the caller's promise.
                    unsafe { try_js_value_vector_from_abi(js) }
                }
            }
        };
    };
}

/// An exported struct out of a value, if it is a live instance that nothing uses.
pub fn instance_from_js<T: Class>(value: &JsValue) -> Option<T> {
    hold_instance(value.clone(), Holder::NOBODY).map(IntoArgument::get).ok()
}

/// Throws the error of a conversion where nothing can return it.
pub fn throw_conversion_error(error: &ConversionError) -> ! {
    wasm_bindgen::throw_val(js::parameter_error(&error.to_string(), error.code()))
}
