//! The numbers of Rust: which cross one by one, which buffers are made of, and what each is called.

use syn::Type;

use crate::syntax::{last_segment, plain, sole_argument};

/// A number, `bool` or `char` that crosses by itself. The order is that of [`NUMBERS`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scalar {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    Usize,
    Isize,
    U128,
    I128,
    Bool,
    Char,
}

/// One row of [`NUMBERS`].
struct Number {
    rust: &'static str,
    /// The type that crosses by itself, if it does.
    scalar: Option<Scalar>,
    /// The typed array, if buffers can be made of it.
    array: Option<&'static str>,
}

const fn both(rust: &'static str, scalar: Scalar, array: &'static str) -> Number {
    Number { rust, scalar: Some(scalar), array: Some(array) }
}

const fn scalar(rust: &'static str, scalar: Scalar) -> Number {
    Number { rust, scalar: Some(scalar), array: None }
}

/// Every number by its name in Rust. Those with an array come first: their place is the runtime's element tag.
const NUMBERS: [Number; 17] = [
    both("u8", Scalar::U8, "Uint8Array"),
    both("i8", Scalar::I8, "Int8Array"),
    both("u16", Scalar::U16, "Uint16Array"),
    both("i16", Scalar::I16, "Int16Array"),
    both("u32", Scalar::U32, "Uint32Array"),
    both("i32", Scalar::I32, "Int32Array"),
    both("u64", Scalar::U64, "BigUint64Array"),
    both("i64", Scalar::I64, "BigInt64Array"),
    both("f32", Scalar::F32, "Float32Array"),
    both("f64", Scalar::F64, "Float64Array"),
    Number { rust: "Clamped<u8>", scalar: None, array: Some("Uint8ClampedArray") },
    scalar("usize", Scalar::Usize),
    scalar("isize", Scalar::Isize),
    scalar("u128", Scalar::U128),
    scalar("i128", Scalar::I128),
    scalar("bool", Scalar::Bool),
    scalar("char", Scalar::Char),
];

/// How an `Option` of a scalar crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Optional {
    /// In the scalar's own place: `NO_SMALL` is `None`.
    Small,
    /// As an `f64`: `NO_WORD` is `None`.
    Word,
    /// With a number before it that is 0 for `None`. A result has it in the second place of the results.
    Flag,
}

/// `None` of `u8`, `i8`, `u16`, `i16`, `bool` and `char`: a number that is too large for each of them.
pub const NO_SMALL: &str = "0xffffff";
/// `None` of `u32`, `i32`, `usize`, `isize` and `f32`: a number that none of them can be.
pub const NO_WORD: &str = "0x100000001";

impl Scalar {
    pub fn named(name: &str) -> Option<Scalar> {
        NUMBERS.iter().find(|number| number.rust == name).and_then(|number| number.scalar)
    }

    pub fn rust(self) -> &'static str {
        NUMBERS.iter().find(|number| number.scalar == Some(self)).map_or("", |number| number.rust)
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
    /// A number, by its element tag.
    Number(usize),
    /// A record, or an alias: its tag is known when the package starts.
    Named(Box<Type>),
}

/// An element that is a number, by its name.
pub fn number(ty: &Type) -> Option<Element> {
    let segment = last_segment(ty)?;
    let name = match sole_argument(segment) {
        Some(inner) => format!("{}<{}>", segment.ident, crate::errors::show(plain(inner))),
        None => segment.ident.to_string(),
    };
    Element::number(&name)
}

impl Element {
    pub fn number(name: &str) -> Option<Element> {
        NUMBERS.iter().position(|number| number.rust == name && number.array.is_some()).map(Element::Number)
    }

    /// The name in messages.
    pub fn shown(&self) -> String {
        match self {
            Element::Number(tag) => Self::rust_number(*tag).to_owned(),
            Element::Named(ty) => crate::errors::show(ty),
        }
    }

    /// The element in the code of a parameter: its tag as a hexadecimal digit, or in parentheses the name of a type whose tag is known at
    /// the start only.
    pub fn code(&self) -> String {
        match self {
            Element::Number(tag) => format!("{tag:x}"),
            Element::Named(ty) => match last_segment(ty) {
                Some(segment) => format!("({})", segment.ident),
                None => format!("({})", crate::errors::show(ty)),
            },
        }
    }

    /// A number's name in Rust.
    pub fn rust_number(tag: usize) -> &'static str {
        NUMBERS[tag].rust
    }

    /// A number's typed array.
    pub fn array_of_number(tag: usize) -> &'static str {
        NUMBERS[tag].array.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_found_by_its_name() {
        for number in &NUMBERS {
            assert_eq!(Scalar::named(number.rust), number.scalar);
            let tag = match Element::number(number.rust) {
                Some(Element::Number(tag)) => Some(Element::array_of_number(tag)),
                _ => None,
            };
            assert_eq!(tag, number.array, "{}", number.rust);
        }
    }

    #[test]
    fn numbers_with_an_array_come_first() {
        let with = NUMBERS.iter().filter(|number| number.array.is_some()).count();
        assert!(NUMBERS[..with].iter().all(|number| number.array.is_some()));
    }
}
