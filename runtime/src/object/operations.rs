//! Operations on JavaScript values that do not go through `JsValue`. Each is one call out of wasm.

use super::{Exception, JsObject, JsRef, OBJECT, Pass, PassAll};
use crate::js;

/// The type of a JavaScript value: what `typeof` gives, with `null` as a type of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsType {
    /// `undefined`
    Undefined,
    /// `null`, which `typeof` calls an object.
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A BigInt.
    BigInt,
    /// A string.
    String,
    /// A symbol.
    Symbol,
    /// A function or class.
    Function,
    /// Any other object.
    Object,
}

/// The types, by JavaScript's number for them.
const TYPES: [JsType; 9] = [
    JsType::Undefined,
    JsType::Null,
    JsType::Boolean,
    JsType::Number,
    JsType::BigInt,
    JsType::String,
    JsType::Symbol,
    JsType::Function,
    JsType::Object,
];

/// The address and length of a string, as numbers.
fn place(text: &str) -> (u32, u32) {
    (text.as_ptr().expose_provenance() as u32, text.len() as u32)
}

fn object(status: i32) -> Result<JsObject, Exception> {
    Exception::check(status).map(JsObject::from_new)
}

fn flag(status: i32) -> Result<bool, Exception> {
    Exception::check(status).map(|flag| flag != 0)
}

/// # Errors
///
/// An operation that runs JavaScript code returns what that code throws: a getter, a setter, a proxy, a constructor
/// or the function itself. An operation that the value does not support returns a `TypeError`.
impl JsRef<'_> {
    /// The type of the value.
    #[must_use]
    pub fn type_of(&self) -> JsType {
        TYPES[js::object_type(self.index()) as usize % TYPES.len()]
    }

    /// True if it is `undefined`.
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        self.index() == 0 || self.index() < 0 && self.type_of() == JsType::Undefined
    }

    /// True if it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.index() == 1 || self.index() < 0 && self.type_of() == JsType::Null
    }

    /// True if it is a function or class.
    #[must_use]
    pub fn is_function(&self) -> bool {
        js::object_is_function(self.index()) != 0
    }

    /// `Array.isArray(value)`
    #[must_use]
    pub fn is_array(&self) -> bool {
        js::object_is_array(self.index()) != 0
    }

    /// `value[key]`
    pub fn get(&self, key: &str) -> Result<JsObject, Exception> {
        let (address, length) = place(key);
        object(js::object_get(self.index(), address, length))
    }

    /// `value[index]`
    pub fn get_index(&self, index: u32) -> Result<JsObject, Exception> {
        object(js::object_get_index(self.index(), index))
    }

    /// `value[key]` for any key, for example a symbol.
    pub fn get_by(&self, key: &JsRef<'_>) -> Result<JsObject, Exception> {
        object(js::object_get_by(self.index(), key.index()))
    }

    /// `object[key] = value`. Throws what it throws in strict code.
    pub fn set<T: Pass>(&self, key: &str, value: T) -> Result<(), Exception> {
        let ((address, length), passed) = (place(key), value.pass());
        Exception::check(js::object_set(self.index(), address, length, T::KIND, T::number(&passed))).map(drop)
    }

    /// `object[index] = value`
    pub fn set_index<T: Pass>(&self, index: u32, value: T) -> Result<(), Exception> {
        let passed = value.pass();
        Exception::check(js::object_set_index(self.index(), index, T::KIND, T::number(&passed))).map(drop)
    }

    /// `key in object`
    pub fn has(&self, key: &str) -> Result<bool, Exception> {
        let (address, length) = place(key);
        flag(js::object_has(self.index(), address, length))
    }

    /// `delete object[key]`
    pub fn delete(&self, key: &str) -> Result<(), Exception> {
        let (address, length) = place(key);
        Exception::check(js::object_delete(self.index(), address, length)).map(drop)
    }

    /// `Object.keys(object)`, as an array.
    pub fn keys(&self) -> Result<JsObject, Exception> {
        object(js::object_keys(self.index()))
    }

    /// `function(...arguments)`. The arguments are a tuple of types that implement [`Pass`].
    pub fn call(&self, arguments: impl PassAll) -> Result<JsObject, Exception> {
        result(arguments.call(self.index(), 0, OBJECT))
    }

    /// `function.call(this, ...arguments)`
    pub fn call_on(&self, this: &JsRef<'_>, arguments: impl PassAll) -> Result<JsObject, Exception> {
        result(arguments.call(self.index(), this.index(), OBJECT))
    }

    /// `object[method](...arguments)`
    pub fn call_method(&self, method: &str, arguments: impl PassAll) -> Result<JsObject, Exception> {
        self.get(method)?.call_on(self, arguments)
    }

    /// `new class(...arguments)`
    pub fn construct(&self, arguments: impl PassAll) -> Result<JsObject, Exception> {
        let construct = object(js::object_constructor(self.index()))?;
        construct.call(arguments)
    }

    /// `value instanceof class`
    pub fn is_instance_of(&self, class: &JsRef<'_>) -> Result<bool, Exception> {
        flag(js::object_instance_of(self.index(), class.index()))
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        let number = js::object_number(self.index());
        // NaN is either the value, or stands for a value that is no number.
        (!number.is_nan() || self.type_of() == JsType::Number).then_some(number)
    }

    /// The `bool`, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match js::object_bool(self.index()) {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// The string, if it is one. One copy.
    #[must_use]
    pub fn as_string(&self) -> Option<String> {
        crate::text::optional_string(js::object_string(self.index()))
    }

    /// `Number(value)`
    pub fn to_number(&self) -> Result<f64, Exception> {
        let number = js::object_to_number(self.index());
        if number.is_nan() { failure().map_or(Ok(number), Err) } else { Ok(number) }
    }

    /// `Boolean(value)`
    #[must_use]
    pub fn to_bool(&self) -> bool {
        js::object_to_bool(self.index()) != 0
    }

    /// `String(value)`. One copy.
    pub fn to_text(&self) -> Result<String, Exception> {
        let text = object(js::object_to_text(self.index()))?;
        Ok(text.as_string().unwrap_or_default())
    }

    /// `value === other`
    #[must_use]
    pub fn strict_equals(&self, other: &JsRef<'_>) -> bool {
        js::object_equals(self.index(), other.index()) != 0
    }

    /// `Object.is(value, other)`: NaN equals itself, and 0 does not equal -0.
    #[must_use]
    pub fn is_same(&self, other: &JsRef<'_>) -> bool {
        js::object_is_same(self.index(), other.index()) != 0
    }

    /// The value, as error messages name it: `a plain Array of length 3`.
    #[must_use]
    pub fn describe(&self) -> String {
        crate::text::string(js::object_describe(self.index()))
    }
}

impl JsObject {
    /// `{}`
    #[must_use]
    pub fn new_object() -> Self {
        JsObject::from_new(js::object_new(0))
    }

    /// `[]`
    #[must_use]
    pub fn new_array() -> Self {
        JsObject::from_new(js::object_new(1))
    }

    /// `globalThis`
    #[must_use]
    pub fn global() -> Self {
        JsObject::from_new(js::object_new(2))
    }
}

/// The exception of the last call, if it threw.
pub(crate) fn failure() -> Option<Exception> {
    let index = js::take_thrown();
    (index >= 0).then(|| Exception::from_new(index))
}

fn result(raw: f64) -> Result<JsObject, Exception> {
    if raw.is_nan() {
        return Err(failure().unwrap_or_else(|| Exception::from(JsObject::undefined())));
    }
    Ok(JsObject::from_new(raw as i32))
}
