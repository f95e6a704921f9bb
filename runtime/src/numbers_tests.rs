//! The lists of the JavaScript half and of the macros have the same numbers in the same order.

use std::fs;
use std::path::Path;

/// The list of the JavaScript half: `['u8', 'Uint8Array'],` a line. Its last row is an element type that only the feature `half` has.
const ELEMENTS: &str = "js/elements.js";
/// The list of the macros: `both("u8", Scalar::U8, "Uint8Array"),` a line, and other rows for numbers without an array.
const MACROS: &str = "../macros/src/numbers.rs";

macro_rules! rows {
    ($($tag:literal $type:ty as $raw:ty, $kind:ident, $array:literal;)*) => {
        /// Tag, Rust's type and JavaScript's array.
        pub(crate) const NUMBERS: &[(usize, &str, &str)] = &[$(($tag, stringify!($type), $array)),*];
    };
}

super::for_each_number!(rows);

/// The rows of a list: of each line between `start` and `];` the first and the last text in quotes, if it has two.
fn rows_of(file: &Path, start: &str, quote: char) -> Vec<(String, String)> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let after = text.split_once(start).unwrap_or_else(|| panic!("no `{start}` in {}", file.display())).1;
    let list = after.split_once("];").expect("the list ends").0;
    let texts =
        |line: &str| -> Vec<String> { line.split(quote).skip(1).step_by(2).map(str::to_owned).collect() };
    let rows = list.lines().map(texts).filter(|texts| texts.len() == 2);
    rows.map(|texts| (texts[0].clone(), texts[1].clone())).collect()
}

fn compare(what: &str, rows: &[(String, String)], more: &[(&str, &str)]) {
    // `stringify!` puts spaces into `Clamped<u8>`.
    let expected = NUMBERS.iter().map(|(_, rust, array)| (rust.replace(' ', ""), (*array).to_owned()));
    let more = more.iter().map(|(rust, array)| ((*rust).to_owned(), (*array).to_owned()));
    let expected: Vec<_> = expected.chain(more).collect();
    for (tag, (expected, found)) in expected.iter().zip(rows).enumerate() {
        assert_eq!(found, expected, "entry {tag} of {what} (left) is not that of `for_each_number!` (right)");
    }
    assert_eq!(rows.len(), expected.len(), "{what} has too many or too few entries: {rows:?}");
}

#[test]
fn a_tag_is_the_place_in_the_list() {
    assert!(NUMBERS.iter().enumerate().all(|(place, (tag, ..))| place == *tag));
}

#[test]
fn the_javascript_half_lists_the_same_numbers() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(ELEMENTS);
    let rows = rows_of(&file, "export const NUMBERS = [", '\'');
    compare("`NUMBERS` in elements.js", &rows, &[("f16", "Float16Array")]);
}

#[test]
fn the_macros_list_the_same_numbers() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(MACROS);
    // In the crate as published on crates.io, the macros' sources are not in the folder beside it.
    if file.parent().is_some_and(Path::exists) {
        compare("`NUMBERS` of the macros", &rows_of(&file, "const NUMBERS: [Number; 17] = [", '"'), &[]);
    }
}
