//! The TypeScript of types that cross as values, and of types inside them, as far as their tokens tell.

use syn::Type;

use crate::host_classes;
use crate::numbers::{Element, Scalar, number};
use crate::syntax::{last_segment, plain, type_arguments};
use crate::typescript::{Direction, Piece, TypeScript};

impl TypeScript {
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

    pub fn array_of(&mut self, element: &Type, direction: Direction) {
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
            _ => self.piece(Piece::Named(direction, Box::new(ty.clone()), "any".to_owned())),
        }
    }

    /// A type that is known by its name alone, or a list of it.
    fn named(&mut self, direction: Direction, ty: &Type, inner: Option<&Type>, rust: &str) {
        let ty = Box::new(ty.clone());
        self.piece(match host_classes::in_javascript(rust) {
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
                self.text(" | LendInput<");
                self.array(&element);
                return self.text(">");
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
