//! What `#[derive(FromJs)]` and `#[derive(IntoJs)]` use: the fields of a plain object, by name.

use crate::JsValue;
use crate::backend::PlainObject;

use super::{ConversionError, FromJs, Held, Holder, IntoJs};

/// An object of JavaScript whose properties are fields.
pub struct Properties(JsValue);

impl Properties {
    /// The value, if it is an object and no `Array`. `what` is the type in errors: `a Size`.
    ///
    /// # Errors
    ///
    /// If it is anything else.
    pub fn of(value: JsValue, what: &str) -> Result<Self, ConversionError> {
        if PlainObject::is(&value) {
            Ok(Properties(value))
        } else {
            Err(ConversionError::expected(&format!("{what}, which is an object"), &value))
        }
    }

    /// A field. A property that is missing is `undefined`, which an `Option` takes.
    ///
    /// # Errors
    ///
    /// If its getter throws, or if it is not of the type.
    pub fn hold<T: FromJs>(&self, name: &str, holder: Holder) -> Result<Held<T>, ConversionError> {
        let held = self.get(name).and_then(|value| T::hold(value, holder.deeper()?));
        held.map_err(|error| error.within(&place(name)))
    }

    /// A field, or its default if the property is missing or `undefined`.
    ///
    /// # Errors
    ///
    /// As for [`hold`](Self::hold).
    pub fn hold_or<T: FromJs>(
        &self,
        name: &str,
        holder: Holder,
        default: impl FnOnce() -> T,
    ) -> Result<Held<T>, ConversionError> {
        match self.get(name) {
            Ok(value) if value.is_undefined() => Ok(Held::ready(default())),
            value => {
                let held = value.and_then(|value| T::hold(value, holder.deeper()?));
                held.map_err(|error| error.within(&place(name)))
            }
        }
    }

    /// The name of the variant in an object that is a tagged union. `expected` lists the names.
    ///
    /// # Errors
    ///
    /// If its getter throws, or if it is no string.
    pub fn tag(&self, name: &str, expected: &str) -> Result<Tag, ConversionError> {
        let value = self.get(name).map_err(|error| error.within(&place(name)))?;
        match value.as_string() {
            Some(text) => Ok(Tag { text, value }),
            None => Err(ConversionError::expected(expected, &value).within(&place(name))),
        }
    }

    fn get(&self, name: &str) -> Result<JsValue, ConversionError> {
        PlainObject::get(&self.0, name).map_err(|error| ConversionError::unreadable(&error))
    }
}

/// The tag of a tagged union.
pub struct Tag {
    text: String,
    value: JsValue,
}

impl Tag {
    /// The name of the variant.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The error for a name that no variant has. `name` is that of the tag.
    #[cold]
    #[must_use]
    pub fn unknown(&self, name: &str, expected: &str) -> ConversionError {
        ConversionError::range(expected, &self.value).within(&place(name))
    }
}

/// A field in the path of an error: `.width`, or `["full name"]`.
fn place(name: &str) -> String {
    let is_word = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if is_word { format!(".{name}") } else { format!("[{name:?}]") }
}

/// A new object, which gets fields.
pub struct NewObject(PlainObject);

impl NewObject {
    /// An object without properties.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        NewObject(PlainObject::new())
    }

    /// Adds a string.
    pub fn text(&mut self, name: &str, text: &str) {
        self.0.set(name, &JsValue::from_str(text));
    }

    /// Adds a field, unless it is `undefined`: a `None` is left out.
    ///
    /// # Errors
    ///
    /// If it cannot be converted.
    pub fn field<T: IntoJs>(&mut self, name: &str, value: T) -> Result<(), ConversionError> {
        let value = value.into_js().map_err(|error| error.within(&place(name)))?;
        if !value.is_undefined() {
            self.0.set(name, &value);
        }
        Ok(())
    }

    /// The object.
    #[must_use]
    pub fn finish(self) -> JsValue {
        self.0.into()
    }
}
