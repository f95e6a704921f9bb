//! The tables of `docs/TYPES.md` list the accepted forms of `pass/`.
//!
//! `WASM_LEND_BLESS=1 cargo test --package ui-tests --test types` renews them.

use std::fs;
use std::path::{Path, PathBuf};

use syn::{FnArg, Item, ItemFn, ReturnType, Type};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The functions in the exported module of a fixture.
fn functions(fixture: &str) -> Vec<ItemFn> {
    let path = root().join("ui-tests/pass").join(fixture);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let module = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) => module.content,
        _ => None,
    });
    let (_, items) = module.expect("a fixture exports a module");
    items
        .into_iter()
        .filter_map(|item| match item {
            Item::Fn(function) => Some(function),
            _ => None,
        })
        .collect()
}

/// The lines of a doc comment. Each is the rest of a row, after its first column.
fn rows_of(function: &ItemFn) -> Vec<String> {
    let lines = function.attrs.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => {
                Some(text.value().trim().to_owned())
            }
            _ => None,
        },
        _ => None,
    });
    lines.collect()
}

/// A type, spaced as people write it, with `T` for the element type.
fn shown(ty: &Type) -> String {
    use quote::ToTokens;
    let text = ty.to_token_stream().to_string();
    let pairs = [
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        ("[ ", "["),
        (" ]", "]"),
        (" :: ", "::"),
        (" ,", ","),
        (" ;", ";"),
        ("( ", "("),
        (" )", ")"),
    ];
    let text = pairs.iter().fold(text, |text, (from, to)| text.replace(from, to));
    text.replace("js_sys::", "")
        .replace("[f32]", "[T]")
        .replace("<f32>", "<T>")
        .replace("[f64;", "[T;")
        .replace("std::fmt::Error", "E")
}

fn table(heading: &str, functions: &[ItemFn], types: impl Fn(&ItemFn) -> String) -> String {
    let columns = heading.matches('|').count() - 1;
    let mut text = format!("{heading}\n|{}\n", "---|".repeat(columns));
    for function in functions {
        for (index, row) in rows_of(function).iter().enumerate() {
            let first = if index == 0 { types(function) } else { String::new() };
            let row = format!("| {first} | {row}").replace("  ", " ");
            text.push_str(&format!("{}\n", if row.ends_with('|') { row } else { row + " |" }));
        }
    }
    text
}

fn code(types: impl Iterator<Item = String>) -> String {
    types.map(|ty| format!("`{ty}`")).collect::<Vec<_>>().join(", ")
}

fn arguments(function: &ItemFn) -> String {
    code(function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(shown(&typed.ty)),
        FnArg::Receiver(_) => None,
    }))
}

fn result(function: &ItemFn) -> String {
    let ty = match &function.sig.output {
        ReturnType::Type(_, ty) => shown(ty),
        ReturnType::Default => "()".to_owned(),
    };
    if function.sig.asyncness.is_some() { "`async fn`".to_owned() } else { format!("`{ty}`") }
}

#[test]
fn the_tables_of_types_list_the_accepted_forms() {
    let arguments = table(
        "| Rust | JavaScript may pass | cost | who owns it |",
        &functions("accepted_arguments.rs"),
        arguments,
    );
    let results =
        table("| Rust returns | JavaScript gets | cost |", &functions("accepted_results.rs"), result);
    let generated = format!("{arguments}\n{results}");
    let path = root().join("docs/TYPES.md");
    let page = fs::read_to_string(&path).expect("docs/TYPES.md exists");
    let (start, end) = ("<!-- types: from ui-tests/pass -->\n", "<!-- /types -->");
    let from = page.find(start).expect("docs/TYPES.md marks where the tables start") + start.len();
    let to = page.find(end).expect("docs/TYPES.md marks where the tables end");
    let wanted = format!("\n{generated}\n");
    if std::env::var_os("WASM_LEND_BLESS").is_some() {
        fs::write(&path, format!("{}{wanted}{}", &page[..from], &page[to..]))
            .expect("docs/TYPES.md can be written");
    } else {
        assert_eq!(
            &page[from..to],
            wanted,
            "run WASM_LEND_BLESS=1 cargo test --package ui-tests --test types"
        );
    }
}
