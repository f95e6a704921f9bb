//! What each option of `#[wasm_bindgen(…)]` is called in wasm-lend. `wasm-bindgen-macro-support` has the list of them.

use crate::attribute::{Given, Value};

/// What an attribute stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Function,
    Struct,
    Enum,
    Impl,
    Method,
    Field,
    Parameter,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Function => "a function",
            Place::Struct => "a struct",
            Place::Enum => "an enum",
            Place::Impl => "an `impl` block",
            Place::Method => "a method",
            Place::Field => "a field",
            Place::Parameter => "a parameter",
        }
    }
}

/// What becomes of an option.
pub enum Translation {
    /// Another spelling.
    Option(String),
    /// wasm-lend does this without an option.
    Nothing,
    /// A line in a section of the doc comment.
    Doc(Section, String),
    /// There is no counterpart. The text says why, and the way out.
    Left(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Arguments,
    Returns,
}

/// What becomes of an option at this place. The signature of the item is not considered.
pub fn translate(given: &Given, place: Place) -> Translation {
    use Place::{Enum, Field, Function, Impl, Method, Parameter, Struct};
    use Translation::{Doc, Nothing, Option};
    let Given { key, value, .. } = given;
    match (key.as_str(), place, value) {
        (
            "js_name",
            Function | Struct | Enum | Method | Field | Parameter,
            Value::Text { value, literal },
        ) => name(value, place).unwrap_or_else(|| Option(format!("name = {literal}"))),
        ("getter" | "setter", Method, Value::None) => Option(key.clone()),
        ("getter" | "setter", Method, Value::Text { value, literal }) => {
            name(value, place).unwrap_or_else(|| Option(format!("{key}, name = {literal}")))
        }
        ("js_namespace", Function, Value::Text { value, literal }) => {
            name(value, place).unwrap_or_else(|| Option(format!("namespace = {literal}")))
        }
        ("unchecked_return_type", Function | Method, Value::Text { literal, .. }) => {
            Option(format!("ts_return = {literal}"))
        }
        (
            "unchecked_param_type" | "unchecked_optional_param_type",
            Parameter,
            Value::Text { literal, .. },
        ) => Option(format!("ts = {literal}")),
        ("param_description", Parameter, Value::Text { value, .. }) => Doc(Section::Arguments, value.clone()),
        ("return_description", Function | Method, Value::Text { value, .. }) => {
            Doc(Section::Returns, value.clone())
        }
        ("skip_typescript", Function | Struct | Enum | Method | Field, Value::None)
        | ("skip_jsdoc", Function | Struct | Method | Field, Value::None)
        | ("variadic", Function | Method, Value::None)
        | ("start", Function, Value::None)
        | ("constructor", Method, Value::None)
        | ("skip", Field | Method, Value::None)
        | ("readonly", Field, Value::None) => Option(key.clone()),
        // Fields are cloned, and consoles show them, in any case. A class has its name from the struct. An `Err` is always thrown.
        // Exports ignore `slice_to_array`.
        ("getter_with_clone", Struct | Field, Value::None)
        | ("inspectable", Struct, Value::None)
        | ("js_class", Impl, Value::Text { .. })
        | ("catch", Function | Method, Value::None)
        | ("slice_to_array", _, Value::None) => Nothing,
        _ => Translation::Left(reason(key, place)),
    }
}

/// Why wasm-lend does not take the name, or `None` if it does.
fn name(name: &str, place: Place) -> Option<Translation> {
    let mut letters = name.chars();
    let is_start = |letter: char| letter == '_' || letter.is_alphabetic();
    let is_word = letters.next().is_some_and(is_start)
        && letters.all(|letter| is_start(letter) || letter.is_alphanumeric());
    if place == Place::Function && is_keyword(name) {
        return Some(Translation::Option(format!("name = \"_{name}\"")));
    }
    let why = if !is_word {
        format!(
            "`{name}` as a name: wasm-lend takes names of letters, digits and `_`; choose such a name, or \
             export it under this one from JavaScript"
        )
    } else if name == "default" && matches!(place, Place::Function | Place::Struct | Place::Enum) {
        "a default export: wasm-lend's exports have names; choose one, or write `export { … as default }` in \
         JavaScript"
            .to_owned()
    } else {
        return None;
    };
    Some(Translation::Left(why))
}

/// True for a word that no function of JavaScript can have as its name. wasm-bindgen puts a `_` before it.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// As in wasm-bindgen, but without `default`, which is a name there.
const KEYWORDS: &[&str] = &[
    "arguments",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

fn reason(key: &str, place: Place) -> String {
    let known = match key {
        "extends" | "extends_js_class" | "extends_js_namespace" => {
            "a class of wasm-lend has no parent; hold the parent in a field, or leave the class as it is"
        }
        "js_namespace" => {
            "wasm-lend's `namespace` is one name, and only of functions; remove it, or leave the item as it is"
        }
        "private" => {
            "wasm-lend exports every item that has `#[export]`; remove `private` if JavaScript may see it"
        }
        "typescript_custom_section" => "the text goes into the `.d.ts` as before; nothing is to be done",
        "this" => "a function of wasm-lend has no `this`; take the object as a parameter",
        "main" => "wasm-lend has no main function; a function with `start` runs when the package starts",
        "jspi" | "suspending" => "wasm-lend does not suspend the stack; make it an `async fn`",
        "experimental_tokio" => {
            "wasm-lend runs futures without tokio; remove it if the function needs no tokio"
        }
        "wasm_bindgen" | "js_sys" | "wasm_bindgen_futures" => {
            "only wasm-bindgen reads this path; remove it, and write `#[export(crate = path)]` if wasm-lend has \
             another name"
        }
        "fallback" => "an enum of wasm-lend has no fallback; take a `JsValue`",
        "skip_typescript" | "skip_jsdoc" => "wasm-lend does not have it there; remove it",
        "structural"
        | "final"
        | "module"
        | "raw_module"
        | "inline_js"
        | "method"
        | "static_method_of"
        | "indexing_getter"
        | "indexing_setter"
        | "indexing_deleter"
        | "vendor_prefix"
        | "typescript_type"
        | "static_string"
        | "thread_local"
        | "thread_local_v2"
        | "reexport"
        | "is_type_of"
        | "no_deref"
        | "no_upcast"
        | "no_promising"
        | "no_into_js_generic"
        | "slice"
        | "vec"
        | "assert_no_shim"
        | "experimental_generic_mono" => "only imports have it; remove it here",
        _ => "wasm-lend has no such option; remove it if nothing needs it",
    };
    format!("`{key}` on {}: {known}", place.name())
}
