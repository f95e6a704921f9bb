//! TypeScript that is put together while the crate compiles.

/// The TypeScript of a type, for the `.d.ts` of the package: a text, or texts in a row.
///
/// ```
/// use wasm_lend::Ts;
///
/// const POINT: Ts = Ts::Text("Point");
/// const LIST: Ts = Ts::Concat(&[Ts::Text("Array<"), POINT, Ts::Text(">")]);
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Ts {
    /// As it is.
    Text(&'static str),
    /// One after the other.
    Concat(&'static [Ts]),
    /// A type that says nothing of itself: `#[export]` writes what the type's name suggests.
    #[doc(hidden)]
    Unknown,
}

impl Ts {
    /// This, or `name` where it is unknown.
    #[doc(hidden)]
    #[must_use]
    pub const fn or(self, name: &'static str) -> Ts {
        match self {
            Ts::Unknown => Ts::Text(name),
            known => known,
        }
    }

    /// This, or `other` where it is unknown.
    #[doc(hidden)]
    #[must_use]
    pub const fn or_else(self, other: Ts) -> Ts {
        match self {
            Ts::Unknown => other,
            known => known,
        }
    }

    /// A type that wasm-bindgen converts. It declares its classes and the enums of numbers by their name. What a type is called that was imported
    /// only wasm-bindgen knows; it may be a class of the host, and then `global` is that. Of an enum of strings no declaration is sure to be there.
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(name: &'static str, global: &'static str, is: [bool; 5]) -> Ts {
        let [is_ours, is_imported, is_class, is_number, is_text] = is;
        Ts::Text(if is_imported {
            global
        } else if is_ours || is_class || is_number {
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
            $name,
            $global,
            [
                $crate::__private::Probe::<$type>::IS_OURS,
                $crate::__private::Probe::<$type>::IS_IMPORTED,
                $crate::__private::Probe::<$type>::IS_CLASS,
                $crate::__private::Probe::<$type>::IS_NUMBER,
                $crate::__private::Probe::<$type>::IS_TEXT,
            ],
        )
    };
}

/// How many bytes the pieces have together.
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

/// The text of `ts_text`.
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
