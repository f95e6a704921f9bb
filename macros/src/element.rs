//! Numbers: those that cross one by one, and those that buffers are made of.

use syn::Type;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
    Usize,
    Isize,
    Char,
    U64,
    I64,
    U128,
    I128,
}

/// How an `Option` of a scalar crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Optional {
    /// In the scalar's own place: `NO_SMALL` is `None`.
    Small,
    /// As an `f64`: `NO_WORD` is `None`.
    Word,
    /// With a number before it that is 0 for `None`; as a result, in the second place of the results.
    Flag,
}

/// `None` of `u8`, `i8`, `u16`, `i16`, `bool` and `char`, none of which is so large.
pub const NO_SMALL: &str = "0xffffff";
/// `None` of `u32`, `i32`, `usize`, `isize` and `f32`: a number that none of them is.
pub const NO_WORD: &str = "0x100000001";

impl Scalar {
    const ALL: [(Scalar, &'static str); 16] = [
        (Scalar::U8, "u8"),
        (Scalar::I8, "i8"),
        (Scalar::U16, "u16"),
        (Scalar::I16, "i16"),
        (Scalar::U32, "u32"),
        (Scalar::I32, "i32"),
        (Scalar::F32, "f32"),
        (Scalar::F64, "f64"),
        (Scalar::Bool, "bool"),
        (Scalar::Usize, "usize"),
        (Scalar::Isize, "isize"),
        (Scalar::Char, "char"),
        (Scalar::U64, "u64"),
        (Scalar::I64, "i64"),
        (Scalar::U128, "u128"),
        (Scalar::I128, "i128"),
    ];

    pub fn named(name: &str) -> Option<Scalar> {
        Self::ALL.iter().find(|(_, rust)| *rust == name).map(|(scalar, _)| *scalar)
    }

    pub fn rust(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    pub fn typescript(self) -> &'static str {
        match self {
            Scalar::Bool => "boolean",
            Scalar::Char => "string",
            Scalar::U64 | Scalar::I64 | Scalar::U128 | Scalar::I128 => "bigint",
            _ => "number",
        }
    }

    pub fn optional(self) -> Optional {
        match self {
            Scalar::U8 | Scalar::I8 | Scalar::U16 | Scalar::I16 | Scalar::Bool | Scalar::Char => {
                Optional::Small
            }
            Scalar::U32 | Scalar::I32 | Scalar::Usize | Scalar::Isize | Scalar::F32 => Optional::Word,
            _ => Optional::Flag,
        }
    }

    /// True if it crosses as two numbers of 64 bits, the lower half first.
    pub fn is_wide(self) -> bool {
        matches!(self, Scalar::U128 | Scalar::I128)
    }
}

/// What a buffer is made of.
#[derive(Clone)]
pub enum Element {
    /// An index into [`NUMBERS`], which is the runtime's element tag.
    Number(usize),
    /// A record, or an alias: its tag is known when the package starts.
    Named(Box<Type>),
}

/// Rust's name and JavaScript's array, by tag.
const NUMBERS: [(&str, &str); 11] = [
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

impl Element {
    pub fn number(name: &str) -> Option<Element> {
        NUMBERS.iter().position(|(rust, _)| *rust == name).map(Element::Number)
    }

    /// As messages show it.
    pub fn shown(&self) -> String {
        match self {
            Element::Number(tag) => Self::rust_number(*tag).to_owned(),
            Element::Named(ty) => crate::errors::show(ty),
        }
    }

    /// Rust's name of a number.
    pub fn rust_number(tag: usize) -> &'static str {
        NUMBERS[tag].0
    }

    /// The typed array of a number.
    pub fn array_of_number(tag: usize) -> &'static str {
        NUMBERS[tag].1
    }
}
