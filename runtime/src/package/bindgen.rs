//! Structs of `#[wasm_bindgen]` in exported functions, and exported structs in functions of `#[wasm_bindgen]`.
//!
//! Everything that this crate uses of wasm-bindgen's unstable interface is in this file: its conversion traits, how a
//! class of JavaScript keeps the address of its struct (`__wbg_ptr`), and its `__unwrap`. `tests/js/bothAttributes.test.mjs`
//! tests it with the version in `Cargo.lock`.

use wasm_bindgen::__rt::{RcRef, RcRefMut, WasmPtr, WasmRefCell};
use wasm_bindgen::convert::{FromWasmAbi, IntoWasmAbi, RefFromWasmAbi, RefMutFromWasmAbi, TryFromJsValue};
use wasm_bindgen::prelude::*;

use crate::call_site::CallSite;
use crate::class::{
    Class, ExclusiveInstance, SharedInstance, class_tag, exclusive_instance, shared_instance,
};
use crate::fault::Refusal;
use crate::js;
use crate::pending_drops::End;
use crate::value::{
    ConversionError, Held, Holder, IntoArgument, Probe, hold_instance, instance_of, is_absent, name_of,
    refusal,
};

#[wasm_bindgen(module = "/js/bindgenClasses.js")]
extern "C" {
    #[wasm_bindgen(js_name = standIn)]
    fn stand_in(value: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = pointerOf)]
    fn pointer_of(value: &JsValue) -> f64;
}

/// How wasm-bindgen passes a struct of its own.
type Abi<T> = WasmPtr<WasmRefCell<T>>;

/// A struct of `#[wasm_bindgen]`.
pub trait BindgenClass:
    TryFromJsValue + RefFromWasmAbi<Abi = Abi<Self>> + RefMutFromWasmAbi<Abi = Abi<Self>> + Sized + 'static
{
}

impl<T> BindgenClass for T where
    T: TryFromJsValue + RefFromWasmAbi<Abi = Abi<T>> + RefMutFromWasmAbi<Abi = Abi<T>> + 'static
{
}

/// The address of the struct.
///
/// # Errors
///
/// If the value is no live instance of the class.
fn address<T: BindgenClass>(value: &JsValue) -> Result<Abi<T>, ConversionError> {
    // The object has no struct, so this takes nothing.
    drop(T::try_from_js_value(stand_in(value)));
    match pointer_of(value) {
        pointer if pointer < 0.0 => Err(ConversionError::expected(&instance_of::<T>(), value)),
        0.0 => Err(ConversionError::gone(&instance_of::<T>(), true)),
        pointer => Ok(WasmPtr::from_ptr(core::ptr::with_exposed_provenance_mut(pointer as u32 as usize))),
    }
}

fn borrow<T: BindgenClass>(value: &JsValue) -> Result<<T as RefFromWasmAbi>::Anchor, ConversionError> {
    let address = address::<T>(value)?;
    // SAFETY: a live instance of the class has the address of its struct.
    unsafe { T::try_ref_from_abi(address) }.map_err(|_| ConversionError::borrowed(&instance_of::<T>()))
}

fn borrow_mut<T: BindgenClass>(value: &JsValue) -> Result<<T as RefMutFromWasmAbi>::Anchor, ConversionError> {
    let address = address::<T>(value)?;
    // SAFETY: as in `borrow`.
    unsafe { T::try_ref_mut_from_abi(address) }.map_err(|_| ConversionError::borrowed(&instance_of::<T>()))
}

/// A struct by value. It belongs to JavaScript until every argument was accepted.
fn hold<T: BindgenClass>(value: JsValue) -> Result<Held<T>, ConversionError> {
    // Nothing else may borrow or take it until then.
    let borrowed = borrow_mut::<T>(&value)?;
    Ok(Held::later(move || {
        drop(borrowed);
        T::try_from_js_value(value)
            .unwrap_or_else(|_| wasm_bindgen::throw_str("an argument was freed while another one was read"))
    }))
}

/// A struct of `#[wasm_bindgen]` by value.
pub trait TakeBindgen<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<Held<T>, ConversionError>;
}

impl<T: BindgenClass> TakeBindgen<T> for &&&&Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Result<Held<T>, ConversionError> {
        hold(value)
    }
}

/// An `Option` of a struct of `#[wasm_bindgen]`.
pub trait TakeOptionalBindgen<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<Held<Option<T>>, ConversionError>;
}

impl<T: BindgenClass> TakeOptionalBindgen<T> for &&&Probe<Option<T>> {
    fn __lend_from_js(self, value: JsValue) -> Result<Held<Option<T>>, ConversionError> {
        if is_absent(&value) { Ok(Held::ready(None)) } else { Ok(hold::<T>(value)?.map(Some)) }
    }
}

/// A list of structs of `#[wasm_bindgen]`.
pub trait TakeBindgenList<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<Held<Vec<T>>, ConversionError>;
}

impl<T: BindgenClass> TakeBindgenList<T> for &&&Probe<Vec<T>> {
    fn __lend_from_js(self, value: JsValue) -> Result<Held<Vec<T>>, ConversionError> {
        let parts = crate::value::items(&value)?.enumerate();
        let parts = parts.map(|(index, item)| {
            item.and_then(hold::<T>).map_err(|error| error.within(&format!("[{index}]")))
        });
        Ok(Held::all(parts.collect::<Result<_, _>>()?))
    }
}

/// An enum of `#[wasm_bindgen]`.
pub trait TakeBindgenEnum<T> {
    #[doc(hidden)]
    fn __lend_from_js(self, value: JsValue) -> Result<Held<T>, ConversionError>;
}

impl<T: TryFromJsValue> TakeBindgenEnum<T> for &&Probe<T> {
    fn __lend_from_js(self, value: JsValue) -> Result<Held<T>, ConversionError> {
        T::try_from_js_value(value)
            .map(Held::ready)
            .map_err(|value| ConversionError::expected(&value_of::<T>(), &value))
    }
}

/// `a value of the type Mode`, made from Rust's name of the type.
fn value_of<T>() -> String {
    format!("a value of the type {}", name_of::<T>())
}

/// `&T` and `Option<&T>` of a struct of `#[wasm_bindgen]`, as `Borrowed` of the exported structs.
pub trait BorrowedBindgen<T: RefFromWasmAbi> {
    #[doc(hidden)]
    fn __lend_take_value(self, place: u32) -> JsValue;
    #[doc(hidden)]
    fn __lend_hold(self, handle: u32) -> Result<(), Refusal>;
    #[doc(hidden)]
    fn __lend_hold_optional(self, handle: u32) -> Result<(), Refusal>;
    #[doc(hidden)]
    fn __lend_borrow(self, held: (), value: &JsValue) -> Result<T::Anchor, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow_optional(self, held: (), value: &JsValue) -> Result<Option<T::Anchor>, Refusal>;
}

impl<T: BindgenClass> BorrowedBindgen<T> for &&Probe<T> {
    fn __lend_take_value(self, place: u32) -> JsValue {
        crate::value::take_value(place)
    }

    fn __lend_hold(self, _handle: u32) -> Result<(), Refusal> {
        Ok(())
    }

    fn __lend_hold_optional(self, _handle: u32) -> Result<(), Refusal> {
        Ok(())
    }

    fn __lend_borrow(self, _held: (), value: &JsValue) -> Result<<T as RefFromWasmAbi>::Anchor, Refusal> {
        borrow::<T>(value).map_err(|error| refusal(error, self.site.argument))
    }

    fn __lend_borrow_optional(
        self,
        _held: (),
        value: &JsValue,
    ) -> Result<Option<<T as RefFromWasmAbi>::Anchor>, Refusal> {
        if is_absent(value) { Ok(None) } else { self.__lend_borrow((), value).map(Some) }
    }
}

/// `&mut T` and `Option<&mut T>` of a struct of `#[wasm_bindgen]`.
pub trait ExclusiveBindgen<T: RefMutFromWasmAbi> {
    #[doc(hidden)]
    fn __lend_hold_mut(self, handle: u32) -> Result<(), Refusal>;
    #[doc(hidden)]
    fn __lend_hold_optional_mut(self, handle: u32) -> Result<(), Refusal>;
    #[doc(hidden)]
    fn __lend_borrow_mut(self, held: (), value: &JsValue) -> Result<T::Anchor, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow_optional_mut(self, held: (), value: &JsValue) -> Result<Option<T::Anchor>, Refusal>;
}

impl<T: BindgenClass> ExclusiveBindgen<T> for &&Probe<T> {
    fn __lend_hold_mut(self, _handle: u32) -> Result<(), Refusal> {
        Ok(())
    }

    fn __lend_hold_optional_mut(self, _handle: u32) -> Result<(), Refusal> {
        Ok(())
    }

    fn __lend_borrow_mut(
        self,
        _held: (),
        value: &JsValue,
    ) -> Result<<T as RefMutFromWasmAbi>::Anchor, Refusal> {
        borrow_mut::<T>(value).map_err(|error| refusal(error, self.site.argument))
    }

    fn __lend_borrow_optional_mut(
        self,
        _held: (),
        value: &JsValue,
    ) -> Result<Option<<T as RefMutFromWasmAbi>::Anchor>, Refusal> {
        if is_absent(value) { Ok(None) } else { self.__lend_borrow_mut((), value).map(Some) }
    }
}

impl<T: RefFromWasmAbi> Probe<T> {
    /// True for a struct of `#[wasm_bindgen]`.
    pub const IS_CLASS: bool = true;
}

impl<T: IntoWasmAbi<Abi = f64>> Probe<T> {
    /// True for an enum of numbers.
    pub const IS_NUMBER: bool = true;
}

impl<T: IntoWasmAbi<Abi = u32>> Probe<T> {
    /// True for an enum of strings, unless it is a class.
    pub const IS_TEXT: bool = true;
}

// The other way: what `class_in_bindgen!` calls.

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

/// A borrow of wasm-bindgen leaves nothing to be destroyed later.
impl<T> End for RcRef<T> {
    #[inline]
    fn end(self) -> bool {
        false
    }
}

impl<T> End for RcRefMut<T> {
    #[inline]
    fn end(self) -> bool {
        false
    }
}
