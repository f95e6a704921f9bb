//! The recorded sizes, `benches/size/recorded.json`: what a package may weigh, and what docs/PERFORMANCE.md says.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell::root;

/// The file, from the root of the checkout.
pub const NAME: &str = "benches/size/recorded.json";
/// The bytes by which a part may grow. Compression makes small changes of code larger or smaller than they are.
const TOLERANCE: usize = 100;

/// Gzipped bytes of an app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub wasm: usize,
    /// The wasm after `-Oz` of binaryen.
    pub optimized: usize,
    pub javascript: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub row: String,
    pub boundary: String,
    /// Whether the package has panic messages.
    pub messages: bool,
    pub parts: Parts,
}

impl Row {
    /// What a person calls it.
    pub fn name(&self) -> String {
        format!(
            "{}, {}{}",
            self.boundary,
            self.row,
            if self.messages { "" } else { ", without panic messages" }
        )
    }

    fn is_same(&self, other: &Row) -> bool {
        self.row == other.row && self.boundary == other.boundary && self.messages == other.messages
    }
}

#[derive(Debug)]
pub struct Record {
    /// The version of rustc. Another one makes other wasm.
    pub compiler: String,
    /// The compile time of the large crates: wasm-lend's, divided by wasm-bindgen's.
    pub compile_time: f64,
    pub rows: Vec<Row>,
}

pub fn path() -> PathBuf {
    root().join(NAME)
}

impl Record {
    /// # Errors
    ///
    /// When the file is missing or damaged.
    pub fn read() -> Result<Self> {
        let text = std::fs::read_to_string(path()).with_context(|| format!("cannot read {NAME}"))?;
        Self::parse(&text).with_context(|| format!("{NAME} is damaged"))
    }

    fn parse(text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text)?;
        let text = |value: &Value, key: &str| {
            value[key].as_str().map(str::to_owned).with_context(|| format!("no text `{key}` in {value}"))
        };
        let bytes = |value: &Value, key: &str| {
            let bytes = value[key].as_u64().and_then(|bytes| usize::try_from(bytes).ok());
            bytes.with_context(|| format!("no number `{key}` in {value}"))
        };
        let rows = value["rows"].as_array().context("no `rows`")?.iter().map(|value| {
            Ok(Row {
                row: text(value, "row")?,
                boundary: text(value, "boundary")?,
                messages: value["messages"].as_bool().context("no `messages`")?,
                parts: Parts {
                    wasm: bytes(value, "wasm")?,
                    optimized: bytes(value, "optimized")?,
                    javascript: bytes(value, "javascript")?,
                },
            })
        });
        Ok(Self {
            compiler: text(&value, "compiler")?,
            compile_time: value["compileTime"].as_f64().context("no `compileTime`")?,
            rows: rows.collect::<Result<_>>()?,
        })
    }

    /// One line for each row, so that a diff shows which rows have changed. What is promised follows from the rows; it is there for the
    /// page.
    fn text(&self) -> String {
        let mut text = format!(
            "{{\n  \"compiler\": {},\n  \"compileTime\": {:.2},\n  \"rows\": [\n",
            Value::from(self.compiler.as_str()),
            self.compile_time
        );
        for (index, row) in self.rows.iter().enumerate() {
            let _ = writeln!(
                text,
                "    {{ \"row\": {}, \"boundary\": {}, \"messages\": {}, \"wasm\": {}, \"optimized\": {}, \"javascript\": {} }}{}",
                Value::from(row.row.as_str()),
                Value::from(row.boundary.as_str()),
                row.messages,
                row.parts.wasm,
                row.parts.optimized,
                row.parts.javascript,
                if index + 1 == self.rows.len() { "" } else { "," }
            );
        }
        text.push_str("  ],\n  \"promised\": [\n");
        let promised = self.promised().map(|Promise { what, is, limit }| {
            format!("    {{ \"what\": {}, \"is\": {is:.2}, \"limit\": {limit} }}", Value::from(what))
        });
        text.push_str(&promised.join(",\n"));
        text.push_str("\n  ]\n}\n");
        text
    }

    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn write(&self) -> Result<()> {
        std::fs::write(path(), self.text()).with_context(|| format!("cannot write {NAME}"))
    }

    /// What is larger in `measured` than recorded here, a sentence for each. Only packages of wasm-lend count; the others change with
    /// the version of wasm-bindgen.
    pub fn grown(&self, measured: &[Row], with_wasm: bool) -> Vec<String> {
        let mut grown = Vec::new();
        for row in measured.iter().filter(|row| row.boundary == "wasm-lend") {
            let Some(recorded) = self.rows.iter().find(|recorded| recorded.is_same(row)) else {
                grown.push(format!("{}: not recorded yet", row.name()));
                continue;
            };
            let (now, before) = (row.parts, recorded.parts);
            let parts = [
                ("wasm", now.wasm, before.wasm, with_wasm),
                ("wasm after -Oz", now.optimized, before.optimized, with_wasm),
                ("JavaScript", now.javascript, before.javascript, true),
            ];
            for (part, now, before, is_compared) in parts {
                if is_compared && now > before + TOLERANCE {
                    grown.push(format!(
                        "{}: {now} bytes of {part}, gzipped; recorded are {before} ({} more, and at most {TOLERANCE} are allowed)",
                        row.name(),
                        now - before
                    ));
                }
            }
        }
        grown
    }

    /// The number of rows of wasm-lend that have become smaller by more than the tolerance: their recorded sizes allow too much.
    pub fn shrunk(&self, measured: &[Row], with_wasm: bool) -> usize {
        let is_smaller = |row: &&Row| {
            let Some(recorded) = self.rows.iter().find(|recorded| recorded.is_same(row)) else {
                return false;
            };
            let (now, before) = (row.parts, recorded.parts);
            now.javascript + TOLERANCE < before.javascript
                || with_wasm
                    && (now.wasm + TOLERANCE < before.wasm || now.optimized + TOLERANCE < before.optimized)
        };
        measured.iter().filter(|row| row.boundary == "wasm-lend").filter(is_smaller).count()
    }

    /// What the project promises of sizes and compile time.
    pub fn promised(&self) -> [Promise; 8] {
        let parts = |row: &str, messages: bool| {
            let found = self
                .rows
                .iter()
                .find(|each| each.row == row && each.messages == messages && each.boundary == "wasm-lend");
            found.map(|row| row.parts).unwrap_or_default()
        };
        let (slice, numbers, many) =
            (parts("slice", true), parts("numbers", true), parts("200 functions", true));
        let imported = parts("one of 200", true).javascript as f64 / slice.javascript as f64;
        [
            ("a function of a slice: wasm", slice.wasm as f64, 10_700.0),
            (
                "a function of a slice, without panic messages: wasm",
                parts("slice", false).wasm as f64,
                9_500.0,
            ),
            ("a function of a slice: JavaScript", slice.javascript as f64, 5_600.0),
            ("one function of 200: JavaScript, divided by that of a function of a slice", imported, 1.1),
            ("200 functions: wasm and JavaScript", (many.wasm + many.javascript) as f64, 29_000.0),
            ("a function of two numbers: wasm", numbers.wasm as f64, 6_000.0),
            ("a function of two numbers: JavaScript", numbers.javascript as f64, 2_500.0),
            ("compile time of 200 functions, divided by that with wasm-bindgen", self.compile_time, 1.25),
        ]
        .map(|(what, is, limit)| Promise { what, is, limit })
    }
}

/// A figure, in gzipped bytes or as a ratio, and what it should be at most.
#[derive(Debug)]
pub struct Promise {
    pub what: &'static str,
    pub is: f64,
    pub limit: f64,
}

impl core::fmt::Display for Promise {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { what, is, limit } = self;
        let verdict = if is <= limit { "holds" } else { "MISSES" };
        let digits = if *limit < 10.0 { 2 } else { 0 };
        write!(f, "{is:>9.digits$}  {verdict} ≤ {limit}  {what}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(row: &str, boundary: &str, wasm: usize, optimized: usize, javascript: usize) -> Row {
        let parts = Parts { wasm, optimized, javascript };
        Row { row: row.to_owned(), boundary: boundary.to_owned(), messages: true, parts }
    }

    fn recorded() -> Record {
        let rows = vec![
            row("slice", "wasm-lend", 9_000, 8_000, 5_000),
            row("slice", "wasm-bindgen", 4_000, 3_000, 1_000),
            Row { messages: false, ..row("slice", "wasm-lend", 7_000, 6_000, 5_000) },
        ];
        Record { compiler: "rustc 1.2.3 (\"quoted\")".to_owned(), compile_time: 1.25, rows }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let read = Record::parse(&recorded().text()).expect("it is valid");
        assert_eq!(read.rows, recorded().rows);
        assert_eq!(read.compiler, recorded().compiler);
        assert!((read.compile_time - 1.25).abs() < f64::EPSILON);
    }

    #[test]
    fn a_damaged_record_is_refused() {
        let text = recorded().text().replace("\"javascript\": 5000", "\"javascript\": \"5000\"");
        let error = Record::parse(&text).expect_err("a text is no size");
        assert!(error.to_string().starts_with("no number `javascript` in "), "{error}");
    }

    #[test]
    fn each_part_that_has_grown_is_named_with_both_sizes() {
        let measured = [row("slice", "wasm-lend", 9_101, 8_100, 5_300)];
        assert_eq!(
            recorded().grown(&measured, true),
            [
                "wasm-lend, slice: 9101 bytes of wasm, gzipped; recorded are 9000 (101 more, and at most 100 are allowed)",
                "wasm-lend, slice: 5300 bytes of JavaScript, gzipped; recorded are 5000 (300 more, and at most 100 are allowed)",
            ]
        );
    }

    #[test]
    fn a_row_without_panic_messages_has_a_limit_of_its_own() {
        let measured = [Row { messages: false, ..row("slice", "wasm-lend", 7_101, 6_000, 5_000) }];
        let grown = recorded().grown(&measured, true);
        assert_eq!(grown.len(), 1);
        assert!(
            grown[0].starts_with("wasm-lend, slice, without panic messages: 7101 bytes of wasm"),
            "{}",
            grown[0]
        );
    }

    #[test]
    fn another_compiler_is_compared_by_its_javascript_only() {
        let measured = [row("slice", "wasm-lend", 20_000, 20_000, 5_101)];
        let grown = recorded().grown(&measured, false);
        assert_eq!(grown.len(), 1);
        assert!(grown[0].contains("5101 bytes of JavaScript"), "{}", grown[0]);
    }

    #[test]
    fn packages_of_wasm_bindgen_have_no_limit_and_smaller_ones_of_wasm_lend_pass() {
        let measured =
            [row("slice", "wasm-bindgen", 9_000, 9_000, 9_000), row("slice", "wasm-lend", 100, 100, 100)];
        assert_eq!(recorded().grown(&measured, true), [] as [String; 0]);
    }

    #[test]
    fn rows_that_have_become_much_smaller_are_counted() {
        let measured =
            [row("slice", "wasm-lend", 8_899, 8_000, 5_000), row("slice", "wasm-bindgen", 1, 1, 1)];
        assert_eq!(recorded().shrunk(&measured, true), 1);
        assert_eq!(recorded().shrunk(&measured, false), 0);
    }

    #[test]
    fn a_promise_says_whether_it_holds() {
        let lines = recorded().promised().map(|promise| promise.to_string());
        assert_eq!(lines[0], "     9000  holds ≤ 10700  a function of a slice: wasm");
        assert_eq!(lines[1], "     7000  holds ≤ 9500  a function of a slice, without panic messages: wasm");
        let record = Record { compile_time: 1.6, ..recorded() };
        let lines = record.promised().map(|promise| promise.to_string());
        assert!(lines[7].starts_with("     1.60  MISSES ≤ 1.25  compile time"), "{}", lines[7]);
    }

    #[test]
    fn a_row_that_is_not_recorded_fails() {
        let measured = [row("string", "wasm-lend", 1, 1, 1)];
        assert_eq!(recorded().grown(&measured, true), ["wasm-lend, string: not recorded yet"]);
    }
}
