//! Names and members of classes, and the options of functions that stand in no other file.

#![allow(clippy::needless_arbitrary_self_type, clippy::non_minimal_cfg)]

use std::cell::{Cell, RefCell};

use wasm_lend::{JsObject, export};

thread_local! {
    static STARTED: Cell<u32> = const { Cell::new(0) };
    static THEME: RefCell<String> = const { RefCell::new(String::new()) };
    static READ: Cell<u32> = const { Cell::new(0) };
}

// ===== a class with another name =====

/// A page of text.
#[export(name = "Page")]
pub struct Sheet {
    /// What stands on it.
    #[lend(name = "fullText")]
    pub text: String,
    #[lend(ts = "1 | 2 | 3", readonly)]
    pub level: u8,
    #[lend(skip)]
    #[allow(dead_code)]
    pub unseen: Option<JsObject>,
    /// A field that cannot have its own name.
    #[lend(name = isFree)]
    pub free: bool,
    #[lend(name = delete, ts = "'now' | 'later'")]
    pub remove: String,
    #[lend(skip_typescript)]
    pub undeclared: u8,
    /// Without this comment.
    #[lend(skip_jsdoc)]
    pub plain: u8,
    reads: Cell<u32>,
}

#[export]
impl Sheet {
    /// A page with a text, or an error without one.
    #[lend(constructor)]
    pub fn with_text(text: String) -> Option<Self> {
        (!text.is_empty()).then(|| Sheet {
            text,
            level: 1,
            unseen: None,
            free: true,
            remove: "later".to_owned(),
            undeclared: 7,
            plain: 0,
            reads: Cell::new(0),
        })
    }

    /// A getter that changes the instance.
    #[lend(getter, name = "readCount")]
    pub fn count_reads(&mut self) -> u32 {
        self.reads.set(self.reads.get() + 1);
        self.reads.get()
    }

    /// A setter that does not need to change the instance.
    #[lend(setter, name = "readCount")]
    pub fn reset_reads(&self, count: u32) {
        self.reads.set(count);
    }

    #[lend(getter)]
    pub async fn later(&self) -> String {
        self.text.clone()
    }

    #[lend(getter)]
    pub fn checked(&self) -> Result<u32, String> {
        if self.text == "wrong" { Err("no length".to_owned()) } else { Ok(self.text.len() as u32) }
    }

    #[lend(setter)]
    pub fn set_checked(&mut self, length: u32) -> Result<(), String> {
        if length as usize > self.text.len() {
            return Err("too long".to_owned());
        }
        self.text.truncate(length as usize);
        Ok(())
    }

    /// The theme of all pages.
    #[lend(getter)]
    pub fn theme() -> String {
        THEME.with_borrow(Clone::clone)
    }

    #[lend(setter)]
    pub fn set_theme(theme: String) {
        THEME.set(theme);
    }

    #[lend(getter)]
    pub fn version() -> u32 {
        3
    }

    pub fn shared(self: &Self) -> u32 {
        self.text.len() as u32
    }

    pub fn changed(self: &mut Self, more: &str) -> u32 {
        self.text.push_str(more);
        self.shared()
    }

    pub fn ended(self: Self) -> String {
        self.text
    }

    pub fn ended_after(mut self, more: &str) -> String {
        self.text.push_str(more);
        self.text
    }

    pub fn copy(&self) -> Option<Self> {
        Sheet::with_text(self.text.clone())
    }

    /// Two arguments that nobody reads.
    pub fn ignoring(&self, _: u32, _: &str, last: u32) -> u32 {
        last
    }

    #[lend(variadic)]
    pub fn joined(&self, separator: &str, more: Vec<String>) -> String {
        [std::slice::from_ref(&self.text), &more].concat().join(separator)
    }
}

#[export]
pub fn page_length(page: &Sheet) -> u32 {
    page.text.len() as u32
}

#[export]
pub fn pages(texts: Vec<String>) -> Vec<Sheet> {
    texts.into_iter().filter_map(Sheet::with_text).collect()
}

/// A constructor that fails, or makes nothing. The struct is expanded after its block, because of the `#[cfg]`.
#[export(name = "Failing")]
pub struct Fallible(#[cfg(all())] pub u32);

#[export]
impl Fallible {
    #[lend(constructor)]
    pub fn from_number(number: i32) -> Result<Option<Self>, String> {
        match number {
            0 => Ok(None),
            1.. => Ok(Some(Fallible(number as u32))),
            _ => Err("negative".to_owned()),
        }
    }
}

// ===== functions =====

/// Counts that the package has started.
#[export(start)]
pub fn count_start() -> Result<(), String> {
    STARTED.set(STARTED.get() + 1);
    Ok(())
}

#[export]
pub fn starts() -> u32 {
    STARTED.get()
}

/// The sum of all numbers.
#[export(variadic)]
pub fn total_of(first: f64, rest: &[f64]) -> f64 {
    rest.iter().fold(first, |sum, number| sum + number)
}

#[export(variadic)]
pub fn total_bytes(bytes: Vec<u8>) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte)).sum()
}

#[export(variadic)]
pub fn total_wide(#[lend(default = 1)] first: u64, rest: &[u64]) -> u64 {
    rest.iter().fold(first, |sum, number| sum + number)
}

#[export(variadic)]
pub fn pairs(pairs: Vec<(String, u32)>) -> String {
    pairs.iter().map(|(name, number)| format!("{name}{number}")).collect()
}

#[export(variadic, skip_jsdoc)]
/// Not in the declaration.
pub fn first_of(#[lend(ts = "Array<'a' | 'b'>")] letters: Vec<String>) -> Option<String> {
    letters.into_iter().next()
}

#[export]
pub fn ignoring_all(_: u32, _: &[u8], #[lend(name = third)] _: Option<&str>) -> u32 {
    READ.set(READ.get() + 1);
    READ.get()
}

// ===== one instance as two arguments =====

#[export]
pub fn both_pages(one: Sheet, other: Sheet) -> u32 {
    one.shared() + other.shared()
}

#[export]
pub fn page_and_read(one: Sheet, other: &Sheet) -> u32 {
    one.shared() + other.shared()
}

#[export]
pub fn read_and_page(one: &Sheet, other: Option<Sheet>) -> u32 {
    one.shared() + other.map_or(0, |other| other.shared())
}

#[export]
pub fn write_both(one: &mut Sheet, other: &mut Sheet) -> u32 {
    one.changed("!") + other.changed("!")
}
