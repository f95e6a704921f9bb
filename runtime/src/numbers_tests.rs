//! The lists of the JavaScript half and of the macros have the same numbers in the same order.

use std::fs;
use std::path::{Path, PathBuf};

const ELEMENTS_JS: &str = "js/elements.js";
const RECORDS_JS: &str = "js/records.js";
const MACROS: &str = "../macros/src";

macro_rules! rows {
    ($($tag:literal $type:ty as $raw:ty, $kind:ident, $array:literal;)*) => {
        /// Tag, Rust's type and JavaScript's array.
        pub(crate) const NUMBERS: &[(usize, &str, &str)] = &[$(($tag, stringify!($type), $array)),*];
    };
}

super::for_each_number!(rows);

fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The text between `start` and `end`, without comments.
fn between(file: &Path, start: &str, end: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let after = text.split_once(start).unwrap_or_else(|| panic!("no `{start}` in {}", file.display())).1;
    let inner = after.split_once(end).expect("the list ends").0;
    inner.lines().map(|line| line.split("//").next().unwrap_or_default()).collect()
}

fn list(file: &Path, start: &str) -> Vec<String> {
    let inner = between(file, start, "]");
    let items = inner.split(',').map(|item| item.trim().trim_matches('\'').to_owned());
    items.filter(|item| !item.is_empty()).collect()
}

/// Compares a list with the numbers, and what comes after them with `more`.
fn compare(what: &str, list: &[String], of_row: impl Fn(&str, &str) -> String, more: &[&str]) {
    // `stringify!` puts spaces into `Clamped<u8>`.
    let expected = NUMBERS.iter().map(|(_, rust, array)| of_row(&rust.replace(' ', ""), array));
    let expected: Vec<_> = expected.chain(more.iter().map(|&item| item.to_owned())).collect();
    for (tag, (expected, found)) in expected.iter().zip(list).enumerate() {
        assert_eq!(found, expected, "entry {tag} of {what} (left) is not that of `for_each_number!` (right)");
    }
    assert_eq!(list.len(), expected.len(), "{what} has too many or too few entries: {list:?}");
}

#[test]
fn a_tag_is_the_place_in_the_list() {
    assert!(NUMBERS.iter().enumerate().all(|(place, (tag, ..))| place == *tag));
}

#[test]
fn the_javascript_half_lists_the_same_numbers() {
    let elements = path(ELEMENTS_JS);
    let arrays = list(&elements, "export const arrays = [");
    let half = "/** @type {any} */ (globalThis).Float16Array ?? Uint16Array";
    compare("`arrays` in elements.js", &arrays, |_, array| array.to_owned(), &[half]);
    let names = list(&elements, "export const rustNames = [");
    compare("`rustNames` in elements.js", &names, |rust, _| rust.to_owned(), &["f16"]);
    let accessors = list(&path(RECORDS_JS), "const accessors = [");
    // A DataView has no accessor of clamped bytes.
    let accessor = |_: &str, array: &str| array.trim_end_matches("Array").replace("Clamped", "");
    compare("`accessors` in records.js", &accessors, accessor, &["Float16"]);
}

#[test]
fn the_macros_list_the_same_numbers() {
    let folder = path(MACROS);
    if !folder.exists() {
        // The package of this crate has no macros beside it.
        return;
    }
    let start = "const NUMBERS: [(&str, &str); ";
    let file = file_with(&folder, start).unwrap_or_else(|| panic!("no `{start}…` in {MACROS}"));
    let inner = between(&file, start, "];");
    let texts: Vec<_> = inner.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    let column = |first: usize| texts.iter().skip(first).step_by(2).cloned().collect::<Vec<_>>();
    compare("`NUMBERS` of the macros", &column(0), |rust, _| rust.to_owned(), &[]);
    compare("`NUMBERS` of the macros", &column(1), |_, array| array.to_owned(), &[]);
}

/// The source file that has this text.
fn file_with(folder: &Path, text: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    entries.into_iter().find_map(|path| {
        if path.is_dir() {
            return file_with(&path, text);
        }
        fs::read_to_string(&path).is_ok_and(|source| source.contains(text)).then_some(path)
    })
}
