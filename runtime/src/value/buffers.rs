//! Buffers, and lists of elements, as values.

use crate::JsValue;
use crate::ts::Ts;

use super::{ConversionError, FromJs, Held, Holder, IntoArgument, IntoJs};
use crate::call_record::RecordedBorrow;
use crate::element::Element;
use crate::fault::{Fault, Refusal};
use crate::guard::{Take, retain, shared, take};
use crate::js;
use crate::table::MUTABLE;
use crate::{Buffer, BufferMut};

/// The typed array's name, for messages.
fn array_name<T: Element>() -> &'static str {
    match T::TYPED_ARRAY {
        Ts::Text(name) => name,
        _ => core::any::type_name::<T>(),
    }
}

fn refused<T: Element>(kinds: &str, value: &JsValue) -> ConversionError {
    let array = array_name::<T>();
    ConversionError::expected(&format!("{kinds}<{array}> or a {array}"), value)
}

/// The elements of a buffer or of a plain typed array. One copy.
pub(crate) fn elements_from_js<T: Element>(value: &JsValue) -> Result<Vec<T>, ConversionError> {
    let kinds = "a ReadOnlyBuffer or MutableBuffer";
    let handle = js::handle_of(value);
    if handle != 0 {
        let elements = shared::<T>(handle, 0).map_err(|_: Refusal| refused::<T>(kinds, value))?;
        return Ok(elements.to_vec());
    }
    copied(value, kinds).map(BufferMut::into_vec)
}

/// Stands for a handle if there is no memory. It would be the last handle of the last slot.
const NO_MEMORY: u32 = u32::MAX;

/// A new buffer with the elements of a plain typed array. One copy.
fn copied<T: Element>(value: &JsValue, kinds: &str) -> Result<BufferMut<T>, ConversionError> {
    let handle = js::copy_of(value, T::tag() | MUTABLE);
    if handle == NO_MEMORY {
        return Err(ConversionError::no_memory(&format!("a copy of {}", js::describe(value))));
    }
    let state = if handle == 0 { js::buffer_state(value) } else { 0 };
    if state != 0 {
        return Err(ConversionError::gone(&format!("{kinds}<{}>", array_name::<T>()), state == 2));
    }
    let buffer = take::<T>(handle, 0).map_err(|_: Refusal| refused::<T>(kinds, value))?;
    Ok(buffer.into_buffer())
}

pub(crate) fn elements_into_js<T: Element>(elements: &[T]) -> Result<JsValue, ConversionError> {
    let address = elements.as_ptr().expose_provenance() as u32;
    let copy = js::copy_elements(address, elements.len() as u32, T::tag());
    if copy.is_undefined() {
        return Err(ConversionError::no_memory(&format!("{} bytes in JavaScript", size_of_val(elements))));
    }
    Ok(copy)
}

impl<T: Element> FromJs for Buffer<T> {
    const TS: Ts = Ts::Concat(&[Ts::Text("ReadOnlyBuffer<"), T::TYPED_ARRAY, Ts::Text(">"), T::OR_PLAIN]);

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        let handle = js::handle_of(&value);
        if handle != 0 {
            let kept =
                retain::<T>(handle, 0).map_err(|_: Refusal| refused::<T>("a ReadOnlyBuffer", &value))?;
            return Ok(kept.buffer());
        }
        copied(&value, "a ReadOnlyBuffer").map(BufferMut::freeze)
    }
}

/// A buffer that belongs to JavaScript until the call has accepted every argument.
struct HeldBuffer<T: Element> {
    /// `None` when the call has it.
    guard: Option<Take<T>>,
    value: JsValue,
    handle: u32,
    _recorded: Option<RecordedBorrow>,
}

impl<T: Element> HeldBuffer<T> {
    fn take(mut self) -> BufferMut<T> {
        js::let_go_of_buffer(&self.value, self.handle, true);
        match self.guard.take() {
            Some(guard) => guard.into_buffer(),
            None => crate::trap::never("the guard is taken once"),
        }
    }
}

impl<T: Element> Drop for HeldBuffer<T> {
    fn drop(&mut self) {
        if self.guard.is_some() {
            js::let_go_of_buffer(&self.value, self.handle, false);
        }
    }
}

impl<T: Element> FromJs for BufferMut<T> {
    const TS: Ts = Ts::Concat(&[Ts::Text("MutableBuffer<"), T::TYPED_ARRAY, Ts::Text(">"), T::OR_PLAIN]);
    const HAS_INSTANCES: bool = true;

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        Self::hold(value, Holder::NOBODY).map(Held::get)
    }

    fn hold(value: JsValue, holder: Holder) -> Result<Held<Self>, ConversionError> {
        let handle = js::handle_of(&value);
        if handle == 0 {
            return copied(&value, "a MutableBuffer").map(Held::ready);
        }
        let guard = take::<T>(handle, 0).map_err(|refusal| match refusal.fault {
            Fault::Borrowed => ConversionError::borrowed(&format!("a MutableBuffer<{}>", array_name::<T>())),
            _ => refused::<T>("a MutableBuffer", &value),
        })?;
        let recorded = holder.record(guard.slot())?;
        if !js::hold_buffer(&value, handle) {
            return Err(refused::<T>("a MutableBuffer", &value));
        }
        let held = HeldBuffer { guard: Some(guard), value, handle, _recorded: recorded };
        Ok(Held::later(move || held.take()))
    }
}

impl<T: Element> IntoJs for Buffer<T> {
    const TS: Ts = Ts::Concat(&[Ts::Text("ReadOnlyBuffer<"), T::TYPED_ARRAY, Ts::Text(">")]);

    fn into_js(self) -> Result<JsValue, ConversionError> {
        let handle = self.into_handle().ok_or_else(ConversionError::no_handle_left)?;
        Ok(js::read_only_buffer(handle, T::tag()))
    }
}

impl<T: Element> IntoJs for BufferMut<T> {
    const TS: Ts = Ts::Concat(&[Ts::Text("MutableBuffer<"), T::TYPED_ARRAY, Ts::Text(">")]);

    fn into_js(self) -> Result<JsValue, ConversionError> {
        Ok(js::mutable_buffer(self.into_handle(), T::tag()))
    }
}
