//! JavaScript values by index, callbacks, and closures.

use std::cell::RefCell;

use wasm_lend::{
    Buffer, Callback, Exception, ExportedClosure, Function, JsObject, JsRef, JsType, JsValue, export,
    export_closure, export_closure_mut, export_closure_once,
};

thread_local! {
    static KEPT: RefCell<Vec<JsObject>> = const { RefCell::new(Vec::new()) };
    static CALLBACK: RefCell<Option<Function<(f64,), f64>>> = const { RefCell::new(None) };
    static CLOSURE: RefCell<Option<ExportedClosure>> = const { RefCell::new(None) };
    static TOLD: RefCell<u32> = const { RefCell::new(0) };
}

#[export]
pub mod values_by_index {
    use super::*;

    pub fn object_type(value: JsRef<'_>) -> String {
        format!("{:?}", value.type_of())
    }

    pub fn object_described(value: JsRef<'_>) -> String {
        format!("{value:?}")
    }

    pub fn object_twice(a: JsRef<'_>, b: JsRef<'_>) -> bool {
        a.strict_equals(&b)
    }

    pub fn object_present(a: Option<JsRef<'_>>, b: Option<JsObject>) -> u32 {
        u32::from(a.is_some()) + 2 * u32::from(b.is_some())
    }

    pub fn object_echo(value: JsObject) -> JsObject {
        value
    }

    pub fn object_echo_borrowed(value: JsRef<'_>) -> JsObject {
        value.to_object()
    }

    pub fn object_echo_clone(value: JsObject) -> JsObject {
        let clone = value.clone();
        drop(value);
        clone
    }

    pub fn object_drop(value: JsObject) {
        drop(value);
    }

    pub fn object_keep(value: JsObject) {
        KEPT.with_borrow_mut(|kept| kept.push(value));
    }

    pub fn object_keep_two(a: JsObject, b: JsObject, keep_first: bool) {
        KEPT.with_borrow_mut(|kept| kept.push(if keep_first { a } else { b }));
    }

    pub fn object_keep_clones(value: JsObject, count: u32) {
        KEPT.with_borrow_mut(|kept| kept.extend((0..count.min(1000)).map(|_| value.clone())));
    }

    pub fn object_replace(value: JsObject) -> Option<JsObject> {
        KEPT.with_borrow_mut(|kept| {
            kept.push(value);
            (kept.len() > 1).then(|| kept.remove(0))
        })
    }

    pub fn objects_kept() -> Vec<JsObject> {
        KEPT.with_borrow(|kept| kept.clone())
    }

    pub fn objects_let_go() {
        let kept = KEPT.take();
        drop(kept);
    }

    pub fn object_refused(value: JsObject, number: Vec<u8>) -> u32 {
        drop(value);
        number.len() as u32
    }

    pub fn object_converted(owned: JsObject, list: Vec<String>, borrowed: JsRef<'_>) -> u32 {
        drop((owned, borrowed.to_object()));
        list.len() as u32
    }

    pub fn object_err(value: JsObject, message: &str) -> Result<JsObject, JsValue> {
        drop(value);
        Err(JsValue::from_str(message))
    }

    pub fn object_panic(borrowed: JsRef<'_>, owned: JsObject) {
        let _clone = (borrowed.to_object(), owned);
        panic!("with objects in hand");
    }

    /// Recurses through JavaScript.
    pub fn object_depth(
        value: JsRef<'_>,
        depth: u32,
        f: Callback<'_, (JsRef<'_>, u32), u32>,
    ) -> Result<u32, Exception> {
        if depth == 0 {
            Ok(u32::from(value.type_of() == JsType::Object))
        } else {
            f.call((&value, depth - 1))
        }
    }

    pub fn object_get(value: JsRef<'_>, key: &str) -> Result<JsObject, Exception> {
        value.get(key)
    }

    pub fn object_get_index(value: JsRef<'_>, index: u32) -> Result<JsObject, Exception> {
        value.get_index(index)
    }

    pub fn object_get_by(value: JsRef<'_>, key: JsRef<'_>) -> Result<JsObject, Exception> {
        value.get_by(&key)
    }

    pub fn object_build() -> Result<JsObject, Exception> {
        let object = JsObject::new_object();
        object.set("number", 1.5)?;
        object.set("flag", true)?;
        object.set("text", "tëxt 🦀")?;
        object.set("big", u64::MAX)?;
        let list = JsObject::new_array();
        list.set_index(0, 7)?;
        list.set_index(1, JsObject::null())?;
        list.call_method("push", ("pushed", JsObject::undefined()))?;
        object.set("list", &list)?;
        object.set("gone", 1)?;
        object.delete("gone")?;
        object.set("keys", object.keys()?)?;
        object.set("has", object.has("text")?)?;
        Ok(object)
    }

    pub fn object_set(target: JsRef<'_>, key: &str, value: JsRef<'_>) -> Result<(), Exception> {
        target.set(key, &value)
    }

    pub fn object_call(f: JsRef<'_>, this: JsRef<'_>, a: JsRef<'_>) -> Result<JsObject, Exception> {
        f.call_on(&this, (&a, 2, "three"))
    }

    pub fn object_construct(class: JsRef<'_>, argument: JsObject) -> Result<JsObject, Exception> {
        class.construct((argument,))
    }

    pub fn object_is(value: JsRef<'_>, class: JsRef<'_>) -> Result<bool, Exception> {
        value.is_instance_of(&class)
    }

    pub fn object_as(value: JsRef<'_>) -> String {
        format!("{:?} {:?} {:?} {}", value.as_f64(), value.as_bool(), value.as_string(), value.to_bool())
    }

    pub fn object_to(value: JsRef<'_>) -> Result<String, Exception> {
        Ok(format!("{} {}", value.to_number()?, value.to_text()?))
    }

    pub fn object_same(a: JsRef<'_>, b: JsRef<'_>) -> bool {
        a.is_same(&b)
    }

    pub fn object_through_js_value(value: JsRef<'_>) -> JsObject {
        let date: Result<js_sys::Date, _> = value.to_class();
        date.map_or_else(
            |error| JsObject::from(error.to_string()),
            |date| JsObject::from(JsValue::from(date)),
        )
    }

    pub fn object_watched(value: JsRef<'_>) -> Result<(), Exception> {
        value.on_release(|| TOLD.with_borrow_mut(|told| *told += 1))
    }

    pub fn objects_told() -> u32 {
        TOLD.with_borrow(|told| *told)
    }

    pub fn call_number(f: Callback<'_, (f64,), f64>, value: f64) -> Result<f64, Exception> {
        f.call((value,))
    }

    pub fn call_byte(f: Callback<'_, (), u8>) -> Result<u8, Exception> {
        f.call(())
    }

    pub fn call_texts(
        f: Callback<'_, (&str, String, bool), String>,
        text: &str,
    ) -> Result<String, Exception> {
        f.call((text, text.to_uppercase(), true))
    }

    pub fn call_wide(f: Callback<'_, (u64, i128), Option<u64>>) -> Result<Option<u64>, Exception> {
        f.call((u64::MAX, i128::MIN))
    }

    pub fn call_object(
        f: Callback<'_, (JsRef<'_>, JsObject), JsObject>,
        value: JsRef<'_>,
    ) -> Result<JsObject, Exception> {
        f.call((&value, value.to_object()))
    }

    pub fn call_nothing(f: Callback<'_, ()>) -> Result<(), Exception> {
        f.call(())
    }

    pub fn call_many(f: Callback<'_, (u8, i8, u16, i16, u32, i32), f64>) -> Result<f64, Exception> {
        f.call((1, -2, 3, -4, 5, -6))
    }

    pub fn call_maybe(f: Option<Callback<'_, (f64,), f64>>) -> Result<Option<f64>, Exception> {
        f.map(|f| f.call((1.0,))).transpose()
    }

    /// The message of the error that the callback throws.
    pub fn call_caught(f: Callback<'_, ()>) -> String {
        f.call(()).map_or_else(|error| error.to_string(), |()| "nothing was thrown".to_owned())
    }

    /// Passes rows of a matrix that Rust owns.
    pub fn call_rows(f: Callback<'_, (&[f32], u32), f64>, rows: u32) -> Result<f64, Exception> {
        let values: Vec<f32> = (0..rows.min(1000) * 4).map(|value| value as f32).collect();
        values.chunks(4).zip(0..).map(|(row, index)| f.call((row, index))).sum()
    }

    /// Passes bytes for the callback to write to.
    pub fn call_fill(f: Callback<'_, (&mut [u8],)>, length: u32) -> Result<Vec<u8>, Exception> {
        let mut bytes = vec![0; length.min(4096) as usize];
        f.call((&mut bytes[..],))?;
        Ok(bytes)
    }

    pub fn lent_add(bytes: &mut [u8], value: u8) {
        bytes.iter_mut().for_each(|byte| *byte += value);
    }

    pub fn lent_hold(row: Buffer<f32>) -> u32 {
        row.len() as u32
    }

    pub fn callback_keep(f: Function<(f64,), f64>) {
        CALLBACK.set(Some(f));
    }

    pub fn callback_kept(value: f64) -> Result<f64, Exception> {
        let f = CALLBACK.with_borrow(Clone::clone);
        f.map_or(Ok(f64::NAN), |f| f.call((value,)))
    }

    pub fn callback_let_go() {
        CALLBACK.take();
    }

    pub fn closure_multiply(factor: f64) -> ExportedClosure {
        export_closure(move |value: f64| value * factor)
    }

    pub fn closure_counter() -> ExportedClosure {
        let mut count = 0;
        export_closure_mut(move |step: Option<u32>, reenter: Option<JsObject>| -> Result<u32, Exception> {
            count += step.unwrap_or(1);
            if let Some(f) = reenter {
                f.call(())?;
            }
            Ok(count)
        })
    }

    pub fn closure_once(text: String) -> ExportedClosure {
        export_closure_once(move || text)
    }

    pub fn closure_kept() -> JsObject {
        let closure = export_closure(|a: String, b: u8| -> Result<String, String> {
            if b == 0 { Err("zero".to_owned()) } else { Ok(a.repeat(usize::from(b))) }
        });
        let function = closure.as_object().clone();
        CLOSURE.set(Some(closure));
        function
    }

    pub fn closure_let_go() {
        CLOSURE.take();
    }

    pub fn closure_panics() -> ExportedClosure {
        export_closure(|| -> u32 { panic!("in a closure") })
    }
}

/// Sets slices as properties of an object, by name and by index. Each is a temporary buffer that ends with the operation.
#[export]
pub fn set_slices(object: JsRef<'_>) -> Result<u8, Exception> {
    let mut bytes = [9_u8; 64];
    object.set("x", &mut bytes[..])?;
    object.set_index(0, &bytes[..])?;
    Ok(bytes[0])
}

/// Drops the buffer, allocates memory of the same size, calls `f`, and counts the bytes of that memory that `f` has changed.
#[export]
pub fn dropped_before(bytes: Vec<u8>, f: Callback<'_, ()>) -> Result<u32, Exception> {
    let length = bytes.len();
    drop(bytes);
    let own = vec![7_u8; length];
    f.call(())?;
    Ok(own.iter().filter(|byte| **byte != 7).count() as u32)
}
