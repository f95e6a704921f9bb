//! TypeScript that is put together at compile time.

/// The TypeScript of a type, for the `.d.ts` of the package: a piece of text, or several in a row.
///
/// ```
/// use wasm_lend::Ts;
///
/// const POINT: Ts = Ts::Text("Point");
/// const LIST: Ts = Ts::Concat(&[Ts::Text("Array<"), POINT, Ts::Text(">")]);
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Ts {
    /// This text.
    Text(&'static str),
    /// These pieces, one after the other.
    Concat(&'static [Ts]),
    /// The type does not know its TypeScript. `#[export]` uses what the name of the type suggests.
    #[doc(hidden)]
    Unknown,
}

impl Ts {
    /// This, or `name` if it is unknown.
    #[doc(hidden)]
    #[must_use]
    pub const fn or(self, name: &'static str) -> Ts {
        match self {
            Ts::Unknown => Ts::Text(name),
            known => known,
        }
    }

    /// This, or `other` if it is unknown.
    #[doc(hidden)]
    #[must_use]
    pub const fn or_else(self, other: Ts) -> Ts {
        match self {
            Ts::Unknown => other,
            known => known,
        }
    }

    /// The name of a type that wasm-bindgen converts, or `class`, that of an exported struct. wasm-bindgen declares its classes and its enums of numbers by
    /// their names. Only wasm-bindgen knows the name of an imported type; it may be a class of the browser or of Node, and then
    /// `global` is its name. An enum of strings may have no declaration.
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(
        class: &'static str,
        name: &'static str,
        global: &'static str,
        is: [bool; 4],
    ) -> Ts {
        let [is_imported, is_class, is_number, is_text] = is;
        Ts::Text(if is_imported {
            global
        } else if !class.is_empty() {
            class
        } else if is_class || is_number {
            name
        } else if is_text {
            "string"
        } else {
            UNKNOWN
        })
    }
}

/// [`Ts::declared`] of a type.
#[doc(hidden)]
#[macro_export]
macro_rules! __lend_declared {
    ($type:ty, $name:literal, $global:literal) => {
        $crate::Ts::declared(
            $crate::__private::Probe::<$type>::CLASS_NAME,
            $name,
            $global,
            [
                $crate::__private::Probe::<$type>::IS_IMPORTED,
                $crate::__private::Probe::<$type>::IS_CLASS,
                $crate::__private::Probe::<$type>::IS_NUMBER,
                $crate::__private::Probe::<$type>::IS_TEXT,
            ],
        )
    };
}

/// The length of all pieces together, in bytes.
pub const fn ts_length(pieces: &[Ts]) -> usize {
    let (mut length, mut index) = (0, 0);
    while index < pieces.len() {
        length += match pieces[index] {
            Ts::Text(text) => text.len(),
            Ts::Concat(inner) => ts_length(inner),
            Ts::Unknown => UNKNOWN.len(),
        };
        index += 1;
    }
    length
}

const UNKNOWN: &str = "any";

/// The pieces in a row.
pub const fn ts_text<const N: usize>(pieces: &[Ts]) -> [u8; N] {
    let mut text = [0; N];
    write(&mut text, 0, pieces);
    text
}

const fn write<const N: usize>(text: &mut [u8; N], mut at: usize, pieces: &[Ts]) -> usize {
    let mut index = 0;
    while index < pieces.len() {
        at = match pieces[index] {
            Ts::Text(piece) => copy(text, at, piece.as_bytes()),
            Ts::Concat(inner) => write(text, at, inner),
            Ts::Unknown => copy(text, at, UNKNOWN.as_bytes()),
        };
        index += 1;
    }
    at
}

const fn copy<const N: usize>(text: &mut [u8; N], at: usize, piece: &[u8]) -> usize {
    let mut index = 0;
    while index < piece.len() {
        text[at + index] = piece[index];
        index += 1;
    }
    at + index
}

/// The text that `ts_text` made.
pub const fn ts_str(text: &'static [u8]) -> &'static str {
    match core::str::from_utf8(text) {
        Ok(text) => text,
        Err(_) => panic!("pieces of UTF-8 are UTF-8"),
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_in_a_row() {
        const PIECES: &[Ts] = &[
            Ts::Text("f(ä: "),
            Ts::Concat(&[Ts::Text("Array<"), Ts::Unknown.or("Date"), Ts::Text(">")]),
            Ts::Unknown,
        ];
        const TEXT: [u8; ts_length(PIECES)] = ts_text(PIECES);
        assert_eq!(ts_str(&TEXT), "f(ä: Array<Date>any");
    }
}
