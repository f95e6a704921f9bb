//! An exported enum, as the code generator sees it.

use proc_macro2::Ident;

use crate::backend::{Backend, crate_name};

pub struct Enumeration {
    pub backend: Backend,
    pub ident: Ident,
    /// The name in JavaScript.
    pub name: String,
    pub docs: Vec<String>,
    pub skip_typescript: bool,
    pub variants: Vec<Variant>,
}

pub struct Variant {
    pub ident: Ident,
    /// The property of the enum's object.
    pub name: String,
    pub docs: Vec<String>,
    pub value: Value,
}

/// What a variant is in JavaScript.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    Number(i64),
    Text(String),
}

/// The name by which the functions of an enum find its object.
pub fn key(name: &str) -> String {
    format!("{}.{name}", crate_name())
}

/// The most variants that a message lists.
const LISTED: usize = 24;

impl Enumeration {
    pub fn is_text(&self) -> bool {
        self.variants.iter().any(|variant| matches!(variant.value, Value::Text(_)))
    }

    /// What a function takes, for messages: `a Mode: one of 0 (Fast), 1 (Slow)`.
    pub fn expected(&self) -> String {
        let shown = self.variants.iter().take(LISTED).map(|variant| match &variant.value {
            Value::Number(number) => format!("{number} ({})", variant.name),
            Value::Text(text) => format!("{text:?}"),
        });
        let shown: Vec<_> = shown.collect();
        let more = self.variants.len().saturating_sub(LISTED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        format!("{} {}: one of {}{more}", crate::names::article(&self.name), self.name, shown.join(", "))
    }
}
