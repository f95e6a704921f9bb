//! Structs of `#[wasm_bindgen]` in exported functions. `glue.rs` has the other way.
//!
//! Everything that this crate uses of wasm-bindgen's unstable interface is in these two files: its conversion traits, how
//! a class of JavaScript keeps the address of its struct (`__wbg_ptr`), and its `__unwrap`.
//! `tests/js/bothAttributes.test.mjs` tests it with the version in `Cargo.lock`.

use wasm_bindgen::__rt::{RcRef, RcRefMut, WasmPtr, WasmRefCell};
use wasm_bindgen::convert::{IntoWasmAbi, RefFromWasmAbi, RefMutFromWasmAbi, TryFromJsValue};
use wasm_bindgen::prelude::*;

use crate::fault::Refusal;
use crate::pending_drops::End;
use crate::value::{ConversionError, Held, Probe, instance_of, is_absent, name_of, refusal};

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
