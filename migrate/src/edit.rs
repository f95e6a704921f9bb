//! Changes of a text, by place.

use std::ops::Range;

/// Another text for a place.
#[derive(Clone, Debug)]
pub struct Edit {
    pub range: Range<usize>,
    pub text: String,
}

impl Edit {
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    pub fn delete(range: Range<usize>) -> Self {
        Self::replace(range, "")
    }

    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

/// The text with all changes. Insertions at one place keep their order.
///
/// # Panics
///
/// If a change overlaps another one. Deletions may overlap.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let start = edit.range.start.max(done);
        assert!(start == edit.range.start || edit.text.is_empty(), "two changes of one place: {edit:?}");
        if start > edit.range.end {
            continue;
        }
        result.push_str(&text[done..start]);
        result.push_str(&edit.text);
        done = edit.range.end;
    }
    result.push_str(&text[done..]);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deletions_may_overlap() {
        assert_eq!(
            apply("abcdef", vec![Edit::delete(1..4), Edit::delete(2..3), Edit::insert(5, "-")]),
            "ae-f"
        );
    }

    #[test]
    #[should_panic(expected = "two changes of one place")]
    fn replacements_do_not_overlap() {
        apply("abcdef", vec![Edit::replace(1..4, "x"), Edit::replace(2..3, "y")]);
    }
}
