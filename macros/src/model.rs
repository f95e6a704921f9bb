//! A signature without mistakes, as the code generators see it.

use proc_macro2::Ident;
use syn::{Attribute, Type};

pub struct Function {
    pub ident: Ident,
    /// The name in JavaScript: the identifier without `r#`.
    pub name: String,
    pub docs: Vec<String>,
    /// The text of `#[deprecated]`, which may be empty.
    pub deprecated: Option<String>,
    /// `#[cfg]`s, which everything generated repeats.
    pub cfgs: Vec<Attribute>,
    pub arguments: Vec<Argument>,
    pub result: ResultType,
}

pub struct Argument {
    pub ident: Ident,
    /// The name in JavaScript, which differs where Rust's is a reserved word there.
    pub name: String,
    pub kind: ArgumentType,
    /// As the user wrote it.
    pub written: Type,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ArgumentType {
    Scalar(Scalar),
    /// `&[T]`
    Shared(Element),
    /// `&mut [T]`
    Exclusive(Element),
    /// `Buffer<T>`
    Keep(Element),
    /// `BufferMut<T>`
    Take(Element),
    /// `Vec<T>`
    TakeVec(Element),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ResultKind {
    Unit,
    Scalar(Scalar),
    /// `Vec<T>`
    Copied(Element),
    /// `Buffer<T>`
    ReadOnly(Element),
    /// `BufferMut<T>`
    Mutable(Element),
}

pub struct ResultType {
    pub kind: ResultKind,
    /// As the user wrote it; `None` where nothing is returned.
    pub written: Option<Type>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    F32,
    F64,
    Bool,
}

impl Scalar {
    pub const ALL: [(Scalar, &'static str); 9] = [
        (Scalar::U8, "u8"),
        (Scalar::I8, "i8"),
        (Scalar::U16, "u16"),
        (Scalar::I16, "i16"),
        (Scalar::U32, "u32"),
        (Scalar::I32, "i32"),
        (Scalar::F32, "f32"),
        (Scalar::F64, "f64"),
        (Scalar::Bool, "bool"),
    ];

    pub fn named(name: &str) -> Option<Scalar> {
        Self::ALL.iter().find(|(_, rust)| *rust == name).map(|(scalar, _)| *scalar)
    }

    pub fn rust(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// An index into [`Element::ALL`], which is the runtime's element tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Element(usize);

impl Element {
    /// Rust's name and JavaScript's array, by tag.
    const ALL: [(&'static str, &'static str); 11] = [
        ("u8", "Uint8Array"),
        ("i8", "Int8Array"),
        ("u16", "Uint16Array"),
        ("i16", "Int16Array"),
        ("u32", "Uint32Array"),
        ("i32", "Int32Array"),
        ("u64", "BigUint64Array"),
        ("i64", "BigInt64Array"),
        ("f32", "Float32Array"),
        ("f64", "Float64Array"),
        ("Clamped<u8>", "Uint8ClampedArray"),
    ];

    pub fn named(name: &str) -> Option<Element> {
        Self::ALL.iter().position(|(rust, _)| *rust == name).map(Element)
    }

    pub fn tag(self) -> usize {
        self.0
    }

    pub fn rust(self) -> &'static str {
        Self::ALL[self.0].0
    }

    pub fn array(self) -> &'static str {
        Self::ALL[self.0].1
    }
}

/// The signature as messages show it: `values: &mut [f32]`.
impl Argument {
    pub fn shown(&self) -> String {
        let kind = match self.kind {
            ArgumentType::Scalar(scalar) => scalar.rust().to_owned(),
            ArgumentType::Shared(element) => format!("&[{}]", element.rust()),
            ArgumentType::Exclusive(element) => format!("&mut [{}]", element.rust()),
            ArgumentType::Keep(element) => format!("Buffer<{}>", element.rust()),
            ArgumentType::Take(element) => format!("BufferMut<{}>", element.rust()),
            ArgumentType::TakeVec(element) => format!("Vec<{}>", element.rust()),
        };
        format!("{}: {kind}", self.name)
    }

    pub fn is_handle(&self) -> bool {
        !matches!(self.kind, ArgumentType::Scalar(_))
    }
}
