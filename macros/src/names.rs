//! Names that JavaScript allows.

use proc_macro2::Ident;

/// The name without Rust's `r#`.
pub fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or_else(|| name.clone(), str::to_owned)
}

/// `max_width` as `maxWidth`. Underscores at the ends stay.
pub fn camel_case(name: &str) -> String {
    let body = name.trim_start_matches('_');
    let start = name.len() - body.len();
    let mut result = name[..start].to_owned();
    let mut capital = false;
    let trimmed = body.trim_end_matches('_');
    for letter in trimmed.chars() {
        match letter {
            '_' => capital = true,
            letter if capital => {
                result.extend(letter.to_uppercase());
                capital = false;
            }
            letter => result.push(letter),
        }
    }
    result + &body[trimmed.len()..]
}

/// `FastMode` as `fastMode`: the name of a variant.
pub fn camel_case_of_variant(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    camel_case(&first.chain(letters).collect::<String>())
}

/// `a` or `an`, before a name.
pub fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']) { "an" } else { "a" }
}

/// A string as JavaScript and TypeScript write it.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => {
                quoted.push_str(&format!("\\u{:04x}", letter as u32));
            }
            letter => quoted.push(letter),
        }
    }
    quoted + "'"
}

/// The name of a property, in quotes if it is no word.
pub fn property(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { quoted(name) }
}

/// The name of an argument in JavaScript: with `_` after a word that is reserved there.
pub fn of_argument(ident: &Ident) -> String {
    let mut name = plain(ident);
    if is_reserved_for_arguments(&name) {
        name.push('_');
    }
    name
}

pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

pub fn is_reserved_for_arguments(name: &str) -> bool {
    is_reserved(name) || name == "arguments" || name == "eval"
}

/// True if the runtime or wasm-bindgen exports the name itself.
pub fn is_of_package(name: &str) -> bool {
    PACKAGE_EXPORTS.contains(&name)
}

/// True if it is an identifier of JavaScript without a `$`: the generated names have one.
pub fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && letters.all(|letter| letter == '_' || letter.is_alphanumeric())
}

const PACKAGE_EXPORTS: &[&str] = &["lend", "LendError", "ReadOnlyBuffer", "MutableBuffer", "initSync"];

/// Words that no function of an ES module can be named.
const RESERVED: &[&str] = &[
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
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
