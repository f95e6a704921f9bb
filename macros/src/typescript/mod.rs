//! Writes TypeScript: text, and the parts that the compiler fills in later.
//!
//! The tokens of a type do not tell everything. Only the compiler knows an alias, or a type with its own `FromJs`. So a declaration is
//! made of [pieces](Piece). Some of them are constants of the types.

mod piece;

pub use piece::{Direction, Piece};

use syn::Type;

use crate::host_classes;
use crate::numbers::{Element, Scalar, number};
use crate::syntax::{last_segment, plain, type_arguments};

/// A declaration while it is written.
#[derive(Default)]
pub struct TypeScript(pub Vec<Piece>);

impl TypeScript {
    pub fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    /// The signature of a callback.
    pub fn callback(&mut self, ty: &Type) {
        self.0.push(Piece::Callback(Box::new(ty.clone())));
    }

    /// The typed array of an element.
    pub fn array(&mut self, element: &Element) {
        match element {
            Element::Number(tag) => self.text(Element::array_of_number(*tag)),
            Element::Named(ty) => self.0.push(Piece::Element(ty.clone(), "TYPED_ARRAY")),
        }
    }

    /// `ReadOnlyBuffer<…>` or `MutableBuffer<…>` of an element.
    pub fn of(&mut self, class: &str, element: &Element) {
        self.text(class);
        self.text("<");
        self.array(element);
        self.text(">");
    }

    /// A mutable buffer, or the plain values that may stand in for one.
    pub fn mutable_or_plain(&mut self, element: &Element, may_change: bool) {
        self.of("MutableBuffer", element);
        self.or_plain(element, may_change);
    }

    /// A read-only buffer, or the plain values that may stand in for one.
    pub fn read_only_or_plain(&mut self, element: &Element) {
        self.of("ReadOnlyBuffer", element);
        self.or_plain(element, false);
    }

    fn or_plain(&mut self, element: &Element, may_change: bool) {
        match element {
            Element::Number(tag) => self.text(&format!(" | {}", Element::array_of_number(*tag))),
            Element::Named(ty) => {
                let constant = if may_change { "OR_PLAIN_MUT" } else { "OR_PLAIN" };
                self.0.push(Piece::Element(ty.clone(), constant));
            }
        }
    }

    /// A type that crosses as a value, as far as its tokens tell.
    pub fn value(&mut self, ty: &Type, direction: Direction) {
        match plain(ty) {
            Type::Tuple(tuple) if tuple.elems.is_empty() => self.text("undefined"),
            Type::Tuple(tuple) => {
                self.text("[");
                for (index, element) in tuple.elems.iter().enumerate() {
                    if index > 0 {
                        self.text(", ");
                    }
                    self.value(element, direction);
                }
                self.text("]");
            }
            Type::Array(array) if direction == Direction::In => {
                self.text("ArrayLike<");
                self.value(&array.elem, direction);
                self.text(">");
            }
            Type::Array(array) => self.array_of(&array.elem, direction),
            Type::Path(path) if path.qself.is_none() => self.path(ty, path, direction),
            _ => self.text("any"),
        }
    }

    fn array_of(&mut self, element: &Type, direction: Direction) {
        self.text("Array<");
        self.value(element, direction);
        self.text(">");
    }

    fn path(&mut self, ty: &Type, path: &syn::TypePath, direction: Direction) {
        let Some(segment) = path.path.segments.last() else { return self.text("any") };
        let name = segment.ident.to_string();
        let parameters = type_arguments(segment);
        match (name.as_str(), parameters.as_slice()) {
            ("Option", [inner]) => {
                self.value(inner, direction);
                self.text(if direction == Direction::In { " | null | undefined" } else { " | undefined" });
            }
            ("Vec" | "Box", [inner]) => self.list(ty, inner, direction),
            ("Buffer" | "BufferMut", [inner]) => {
                let element = number(inner).unwrap_or_else(|| Element::Named(Box::new((*inner).clone())));
                match (name.as_str(), direction) {
                    ("Buffer", Direction::In) => self.read_only_or_plain(&element),
                    ("Buffer", Direction::Out) => self.of("ReadOnlyBuffer", &element),
                    _ => self.of("MutableBuffer", &element),
                }
            }
            ("Serde", [_]) | ("JsValue", []) => self.text("any"),
            ("String", []) => self.text("string"),
            (class, parameters) if host_classes::is_generic(class) && !parameters.is_empty() => {
                self.text(class);
                self.text("<");
                for (index, parameter) in parameters.iter().enumerate() {
                    if index > 0 {
                        self.text(", ");
                    }
                    self.value(parameter, Direction::Out);
                }
                self.text(">");
            }
            (name, []) => match Scalar::named(name) {
                Some(scalar) => self.text(scalar.typescript()),
                None => self.named(direction, ty, None, name),
            },
            _ => self.0.push(Piece::Named(direction, Box::new(ty.clone()), "any".to_owned())),
        }
    }

    /// A type that is known by its name alone, or a list of it.
    fn named(&mut self, direction: Direction, ty: &Type, inner: Option<&Type>, rust: &str) {
        let ty = Box::new(ty.clone());
        self.0.push(match host_classes::in_javascript(rust) {
            host_classes::Name::Known(name) => {
                let name = if inner.is_some() { format!("Array<{name}>") } else { name };
                Piece::Named(direction, ty, name)
            }
            host_classes::Name::Other(name) => {
                Piece::Declared { direction, ty, inner: inner.map(|inner| Box::new(inner.clone())), name }
            }
        });
    }

    fn list(&mut self, ty: &Type, inner: &Type, direction: Direction) {
        let inner = match plain(inner) {
            Type::Slice(slice) => &*slice.elem,
            other => other,
        };
        if let Some(element) = number(inner) {
            if direction == Direction::In {
                self.of("ReadOnlyBuffer", &element);
                self.text(" | ");
                self.of("MutableBuffer", &element);
                self.text(" | ");
            }
            return self.array(&element);
        }
        match unknown(inner) {
            // A list of it need not be an array.
            Some(name) => self.named(direction, ty, Some(inner), &name),
            None => self.array_of(inner, direction),
        }
    }
}

/// The name of a type whose tokens do not say what it is.
fn unknown(ty: &Type) -> Option<String> {
    let segment = last_segment(ty).filter(|segment| segment.arguments.is_none())?;
    let name = segment.ident.to_string();
    let known = Scalar::named(&name).is_some() || name == "String" || name == "JsValue";
    (!known).then_some(name)
}
