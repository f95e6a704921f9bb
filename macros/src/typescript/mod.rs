//! Writes TypeScript: text, and the parts that the compiler fills in later.
//!
//! The tokens of a type do not tell everything. Only the compiler knows an alias, or a type with its own `FromJs`. So a declaration is
//! made of [pieces](Piece). Some of them are constants of the types.

mod piece;

pub use piece::{Direction, Piece};

use syn::Type;

use crate::numbers::{Element, Scalar};

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

    /// An array of the numbers of an element. `None` for a record.
    pub fn numbers(element: &Element) -> Option<TypeScript> {
        let Element::Number(tag) = element else { return None };
        let number = Scalar::named(Element::rust_number(*tag)).map_or("number", Scalar::typescript);
        let mut ts = TypeScript::default();
        ts.text(&format!("Array<{number}>"));
        Some(ts)
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

    /// A part that the compiler fills in.
    pub fn piece(&mut self, piece: Piece) {
        self.0.push(piece);
    }

    fn or_plain(&mut self, element: &Element, may_change: bool) {
        match element {
            Element::Number(tag) => {
                let array = Element::array_of_number(*tag);
                // Elements of an Array could not be written back.
                let kind = if may_change { "LendBytes" } else { "LendInput" };
                let is_typed_array = may_change && !array.starts_with("Uint8");
                self.text(&if is_typed_array {
                    format!(" | {array}")
                } else {
                    format!(" | {kind}<{array}>")
                });
            }
            Element::Named(ty) => {
                let constant = if may_change { "OR_PLAIN_MUT" } else { "OR_PLAIN" };
                self.0.push(Piece::Element(ty.clone(), constant));
            }
        }
    }
}
