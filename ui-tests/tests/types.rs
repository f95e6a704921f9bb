//! The tables of `docs/TYPES.md` list the accepted forms of `pass/`.
//!
//! `WASM_LEND_BLESS=1 cargo test --package ui-tests --test types` renews them.

use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, FnArg, ImplItem, Item, ReturnType, Signature, Type};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A function or method that the compiler accepts.
struct Accepted {
    attrs: Vec<Attribute>,
    sig: Signature,
}

/// The functions in the exported module of a fixture, and then the methods of its classes.
fn functions(fixture: &str) -> Vec<Accepted> {
    let path = root().join("ui-tests/pass").join(fixture);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut functions, mut methods) = (Vec::new(), Vec::new());
    for item in file.items {
        match item {
            Item::Mod(module) => functions.extend(module.content.into_iter().flat_map(|(_, items)| items)),
            Item::Impl(block) => methods.extend(block.items),
            _ => {}
        }
    }
    assert!(!functions.is_empty(), "a fixture exports a module");
    let functions = functions.into_iter().filter_map(|item| match item {
        Item::Fn(function) => Some(Accepted { attrs: function.attrs, sig: function.sig }),
        _ => None,
    });
    let methods = methods.into_iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(Accepted { attrs: method.attrs, sig: method.sig }),
        _ => None,
    });
    functions.chain(methods).collect()
}

/// The lines of a doc comment. Each is the rest of a row, after its first column.
fn rows_of(function: &Accepted) -> Vec<String> {
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

fn table(heading: &str, functions: &[Accepted], types: impl Fn(&Accepted) -> String) -> String {
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

fn arguments(function: &Accepted) -> String {
    code(function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(shown(&typed.ty)),
        FnArg::Receiver(_) => None,
    }))
}

fn result(function: &Accepted) -> String {
    let ty = match &function.sig.output {
        ReturnType::Type(_, ty) => shown(ty),
        ReturnType::Default => "()".to_owned(),
    };
    match () {
        () if function.sig.asyncness.is_some() => "`async fn`".to_owned(),
        () if function.sig.receiver().is_some() => format!("`{ty}` of a method"),
        () => format!("`{ty}`"),
    }
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
