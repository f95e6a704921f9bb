//! The TypeScript declaration of a function.
//!
//! What a type's tokens do not tell (an alias, a type with its own `FromJs`) the compiler fills in: a declaration is made of
//! pieces, some of which are constants of the types.

use syn::{GenericArgument, PathArguments, Type};

use super::jsdoc;
pub use super::piece::{Direction, Piece};

use crate::model::{Argument, ArgumentType, Element, Function, MemberKind, ResultKind};
use crate::types::{self, plain};

/// `export function f(…): …;` with its comment.
pub fn declaration(function: &Function) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    pieces.text(&jsdoc::comment(function));
    pieces.text("export function ");
    pieces.signature(function);
    pieces.0
}

/// The object that has the functions of a namespace.
pub fn namespace(name: &str, functions: &[Function]) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    pieces.text(&format!("export const {name}: {{\n"));
    for function in functions.iter().filter(|function| !function.skip_typescript) {
        pieces.text(&jsdoc::comment(function));
        pieces.signature(function);
    }
    pieces.text("};\n");
    pieces.0
}

/// The members of a class: both halves are interfaces, which several blocks can add to.
pub fn members(class: &str, functions: &[Function]) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let shown = || functions.iter().filter(|function| !function.skip_typescript);
    let is_of_class = |kind: MemberKind| matches!(kind, MemberKind::Constructor | MemberKind::Static);
    let interfaces = [(class.to_owned(), false), (format!("{class}Constructor"), true)];
    for (interface, of_class) in interfaces {
        let mut members = shown()
            .filter_map(|function| function.member.as_ref().map(|member| (function, member.kind)))
            .filter(|(_, kind)| is_of_class(*kind) == of_class)
            .peekable();
        if members.peek().is_none() {
            continue;
        }
        pieces.text(&format!("export interface {interface} {{\n"));
        for (function, kind) in members {
            pieces.text(&jsdoc::comment(function));
            pieces.text("  ");
            pieces.text(match kind {
                MemberKind::Constructor => "new ",
                MemberKind::Getter => "get ",
                MemberKind::Setter => "set ",
                MemberKind::Method | MemberKind::Static => "",
            });
            pieces.member(function, kind);
        }
        pieces.text("}\n");
    }
    pieces.0
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    fn member(&mut self, function: &Function, kind: MemberKind) {
        if kind != MemberKind::Constructor {
            self.text(&function.name);
        }
        self.arguments(function);
        if kind != MemberKind::Setter {
            self.text(": ");
            self.result(function);
        }
        self.text(";\n");
    }

    /// `f(…): …;`
    fn signature(&mut self, function: &Function) {
        self.text(&function.name);
        self.arguments(function);
        self.text(": ");
        self.result(function);
        self.text(";\n");
    }

    /// `(…)`; a setter's parameter cannot be left out.
    fn arguments(&mut self, function: &Function) {
        self.text("(");
        let is_setter = function.member.as_ref().is_some_and(|member| member.kind == MemberKind::Setter);
        let required = if is_setter { function.arguments.len() } else { function.required() };
        let receiver = usize::from(function.has_receiver());
        for (index, argument) in function.arguments.iter().enumerate().skip(receiver) {
            if index > receiver {
                self.text(", ");
            }
            self.text(&argument.name);
            self.text(if index >= required { "?: " } else { ": " });
            self.argument(argument, if index >= required { " | null" } else { " | null | undefined" });
        }
        self.text(")");
    }

    fn argument(&mut self, argument: &Argument, absent: &str) {
        if let Some(ts) = &argument.ts {
            return self.text(ts);
        }
        match &argument.kind {
            ArgumentType::Scalar(scalar) => self.text(scalar.typescript()),
            ArgumentType::Text(_) => self.text("string"),
            ArgumentType::Exclusive(element) | ArgumentType::Take(element) if is_shaped(argument) => {
                self.of("MutableBuffer", element);
            }
            ArgumentType::Shared(element) if is_shaped(argument) => {
                self.of("ReadOnlyBuffer", element);
                self.text(" | ");
                self.of("MutableBuffer", element);
            }
            ArgumentType::Shared(element) => {
                self.of("ReadOnlyBuffer", element);
                self.text(" | ");
                self.mutable_or_plain(element, false);
            }
            ArgumentType::Exclusive(element) => self.mutable_or_plain(element, true),
            ArgumentType::Take(element) | ArgumentType::TakeVec(element) => {
                self.mutable_or_plain(element, false)
            }
            ArgumentType::Keep(element) => self.read_only_or_plain(element),
            ArgumentType::Object(object) if object.is_callable() => {
                let brackets = argument.option || argument.default.is_some();
                self.text(if brackets { "(" } else { "" });
                self.0.push(Piece::Callback(Box::new(argument.inner.clone())));
                self.text(if brackets { ")" } else { "" });
            }
            ArgumentType::Object(_) => return self.text("any"),
            ArgumentType::Value => match types::sole_argument_of(&argument.inner, "Option") {
                Some(inner) => {
                    self.value(inner, Direction::In);
                    self.text(absent);
                }
                None => self.value(&argument.inner, Direction::In),
            },
            ArgumentType::Reference | ArgumentType::ExclusiveReference => {
                self.value(types::referent(&argument.inner), Direction::In);
            }
            ArgumentType::This(_) => {}
        }
        if argument.option || argument.default.is_some() {
            self.text(absent);
        }
    }

    fn result(&mut self, function: &Function) {
        if let Some(ts) = &function.ts_return {
            return self.text(ts);
        }
        if function.is_async {
            self.text("Promise<");
        }
        let result = &function.result;
        match &result.kind {
            ResultKind::Unit => self.text("void"),
            ResultKind::Scalar(scalar) => self.text(scalar.typescript()),
            ResultKind::Text(_) => self.text("string"),
            ResultKind::Copied(element) => {
                self.text("LendPlain<");
                self.array(element);
                self.text(">");
            }
            ResultKind::ReadOnly(element) | ResultKind::Inside(element) => {
                self.of("ReadOnlyBuffer", element);
            }
            ResultKind::Instance => {
                if let Some(member) = &function.member {
                    self.text(&crate::names::plain(&member.class));
                }
            }
            ResultKind::Mutable(element) | ResultKind::InsideMut(element) => {
                self.of("MutableBuffer", element)
            }
            ResultKind::Object => self.text("any"),
            ResultKind::Value => {
                if let Some(written) = &result.written {
                    self.value(written, Direction::Out);
                }
            }
        }
        if result.option {
            self.text(" | undefined");
        }
        if function.is_async {
            self.text(">");
        }
    }

    fn array(&mut self, element: &Element) {
        match element {
            Element::Number(tag) => self.text(Element::array_of_number(*tag)),
            Element::Named(ty) => self.0.push(Piece::Element(ty.clone(), "TYPED_ARRAY")),
        }
    }

    fn of(&mut self, class: &str, element: &Element) {
        self.text(class);
        self.text("<");
        self.array(element);
        self.text(">");
    }

    fn mutable_or_plain(&mut self, element: &Element, may_change: bool) {
        self.of("MutableBuffer", element);
        self.or_plain(element, may_change);
    }

    fn read_only_or_plain(&mut self, element: &Element) {
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

    /// A type that crosses as a value, from its tokens as far as they tell.
    fn value(&mut self, ty: &Type, direction: Direction) {
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
        let parameters: Vec<&Type> = match &segment.arguments {
            PathArguments::AngleBracketed(list) => list
                .args
                .iter()
                .filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        match (name.as_str(), parameters.as_slice()) {
            ("Option", [inner]) => {
                self.value(inner, direction);
                self.text(if direction == Direction::In { " | null | undefined" } else { " | undefined" });
            }
            ("Vec" | "Box", [inner]) => self.list(ty, inner, direction),
            ("Buffer" | "BufferMut", [inner]) => {
                let element =
                    types::number(inner).unwrap_or_else(|| Element::Named(Box::new((*inner).clone())));
                match (name.as_str(), direction) {
                    ("Buffer", Direction::In) => self.read_only_or_plain(&element),
                    ("Buffer", Direction::Out) => self.of("ReadOnlyBuffer", &element),
                    _ => self.of("MutableBuffer", &element),
                }
            }
            ("Serde", [_]) | ("JsValue", []) => self.text("any"),
            ("String", []) => self.text("string"),
            (class, parameters) if crate::classes::is_generic(class) && !parameters.is_empty() => {
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
            (name, []) => match crate::model::Scalar::named(name) {
                Some(scalar) => self.text(scalar.typescript()),
                None => self.named(direction, ty, None, name),
            },
            _ => self.0.push(Piece::Named(direction, Box::new(ty.clone()), "any".to_owned())),
        }
    }

    /// A type that is known by its name alone, or a list of it.
    fn named(&mut self, direction: Direction, ty: &Type, inner: Option<&Type>, rust: &str) {
        let ty = Box::new(ty.clone());
        self.0.push(match crate::classes::in_javascript(rust) {
            crate::classes::Name::Known(name) => {
                let name = if inner.is_some() { format!("Array<{name}>") } else { name };
                Piece::Named(direction, ty, name)
            }
            crate::classes::Name::Other(name) => {
                Piece::Declared { direction, ty, inner: inner.map(|inner| Box::new(inner.clone())), name }
            }
        });
    }

    fn list(&mut self, ty: &Type, inner: &Type, direction: Direction) {
        let inner = match plain(inner) {
            Type::Slice(slice) => &*slice.elem,
            other => other,
        };
        if let Some(element) = types::number(inner) {
            if direction == Direction::In {
                self.of("ReadOnlyBuffer", &element);
                self.text(" | ");
                self.of("MutableBuffer", &element);
                self.text(" | ");
            }
            return self.array(&element);
        }
        match unknown(inner) {
            // Whose list may be something else than an array.
            Some(name) => self.named(direction, ty, Some(inner), &name),
            None => self.array_of(inner, direction),
        }
    }
}

/// True if only a buffer with a shape will do.
fn is_shaped(argument: &Argument) -> bool {
    argument.is_array() && !crate::arrays::may_be_plain(&argument.inner)
}

/// The name of a type that the tokens do not tell.
fn unknown(ty: &Type) -> Option<String> {
    let Type::Path(path) = plain(ty) else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.arguments.is_none())?;
    let name = segment.ident.to_string();
    let known = crate::model::Scalar::named(&name).is_some() || name == "String" || name == "JsValue";
    (!known).then_some(name)
}
