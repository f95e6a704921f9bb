//! What a file has of `#[wasm_bindgen]`: parts that can be rewritten, and what stays.

use std::collections::BTreeSet;

use crate::edit::Edit;

/// An item with `#[wasm_bindgen]`, and the changes that rewrite it.
pub struct Part {
    pub kind: Kind,
    /// The name in Rust; of an `impl` block the name of its class.
    pub name: String,
    pub line: usize,
    pub edits: Vec<Edit>,
    /// Why it stays as it is. Empty if it can be rewritten.
    pub reasons: Vec<Message>,
    /// What is different in JavaScript afterwards.
    pub notes: Vec<Message>,
    /// Names of types that JavaScript passes to it or gets from it.
    pub mentions: BTreeSet<String>,
    /// The object of JavaScript that a function is in.
    pub namespace: Option<String>,
    /// The module that it is in, among the scopes of the file.
    pub scope: usize,
    /// True if the rewritten item says `#[export]`, and not `#[wasm_lend::export]`.
    pub needs_import: bool,
}

impl Part {
    /// `fn blur`.
    pub fn title(&self) -> String {
        format!("{} {}", self.kind.name(), self.name)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Function,
    Struct,
    Impl,
    Enum,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Function => "fn",
            Kind::Struct => "struct",
            Kind::Impl => "impl",
            Kind::Enum => "enum",
        }
    }

    /// True for a class or an enum, and for a block of one.
    pub fn is_type(self) -> bool {
        self != Kind::Function
    }
}

/// A sentence about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub line: usize,
    pub text: String,
}

/// Something that always stays.
pub struct Kept {
    pub line: usize,
    /// What it is, and the way out. `None` for imports, which the report counts.
    pub reason: Option<String>,
    pub mentions: BTreeSet<String>,
    /// The name, if it is a `macro_rules!`.
    pub defines: Option<String>,
}

/// A macro that is called, and the words that it gets.
pub struct Call {
    pub name: String,
    pub line: usize,
    pub words: BTreeSet<String>,
}

/// What the other items of a crate have to know of an exported struct.
pub struct StructFacts {
    pub name: String,
    /// The name in JavaScript.
    pub js_name: String,
    pub skip_typescript: bool,
    pub skip_jsdoc: bool,
    /// The number of its file, and its place in it.
    pub place: (usize, usize),
}
