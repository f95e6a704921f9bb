//! Adds wasm-lend to `Cargo.toml`.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

const LEND: &str = "wasm-lend";
const BINDGEN: &str = "wasm-bindgen";

/// The new text of a `Cargo.toml`, or `None` if the crate depends on wasm-lend. `checkout` is the folder of wasm-lend, if it does not come
/// from the registry.
///
/// # Errors
///
/// If the text is no TOML, or if wasm-lend has another name in it.
pub fn with_dependency(text: &str, checkout: Option<&Path>) -> Result<Option<String>> {
    let mut document = text.parse::<DocumentMut>().context("Cargo.toml is no TOML")?;
    let mut bindgen = None;
    for place in places(&document) {
        let Some(table) = dependencies(&mut document, &place) else { continue };
        for (key, item) in table.iter() {
            let package = item.get("package").and_then(Item::as_str).unwrap_or(key);
            if package == LEND && key != LEND {
                bail!(
                    "Cargo.toml names wasm-lend `{key}`, and this command writes `wasm_lend`: rename the dependency"
                );
            }
            // A test of the crate may use it before the crate itself does.
            if package == LEND && place.last().is_some_and(|last| last == "dependencies") {
                return Ok(None);
            }
            if package == BINDGEN && bindgen.is_none() {
                let is_optional = item.get("optional").and_then(Item::as_bool).unwrap_or(false);
                bindgen = Some((place.clone(), key.to_owned(), is_optional));
            }
        }
    }
    let (place, key, is_optional) =
        bindgen.unwrap_or_else(|| (vec!["dependencies".to_owned()], BINDGEN.to_owned(), false));
    if dependencies(&mut document, &place).is_none() {
        document.insert("dependencies", Item::Table(Table::new()));
    }
    let table = dependencies(&mut document, &place).context("Cargo.toml: `dependencies` is no table")?;
    if table.contains_key(LEND) {
        return Ok(None);
    }
    table.insert(LEND, Item::Value(dependency(checkout, is_optional)));
    if is_optional {
        enable(&mut document, &key);
    }
    let written = document.to_string();
    let is_windows = text.contains("\r\n");
    Ok(Some(if is_windows { written.replace("\r\n", "\n").replace('\n', "\r\n") } else { written }))
}

/// The tables of dependencies, the most important ones first.
fn places(document: &DocumentMut) -> Vec<Vec<String>> {
    let mut places = vec![vec!["dependencies".to_owned()]];
    let targets = document.get("target").and_then(Item::as_table_like);
    for (target, _) in targets.into_iter().flat_map(TableLike::iter) {
        places.push(vec!["target".to_owned(), target.to_owned(), "dependencies".to_owned()]);
    }
    places.push(vec!["dev-dependencies".to_owned()]);
    places
}

fn dependencies<'a>(document: &'a mut DocumentMut, place: &[String]) -> Option<&'a mut dyn TableLike> {
    let mut item = document.as_item_mut();
    for key in place {
        item = item.as_table_like_mut()?.get_mut(key)?;
    }
    item.as_table_like_mut()
}

fn dependency(checkout: Option<&Path>, is_optional: bool) -> Value {
    let mut table = InlineTable::new();
    match checkout {
        Some(path) => table.insert("path", path.to_string_lossy().replace('\\', "/").into()),
        None if !is_optional => return env!("CARGO_PKG_VERSION").into(),
        None => table.insert("version", env!("CARGO_PKG_VERSION").into()),
    };
    if is_optional {
        table.insert("optional", true.into());
    }
    Value::InlineTable(table)
}

/// Each feature that turns wasm-bindgen on turns wasm-lend on, too.
fn enable(document: &mut DocumentMut, bindgen: &str) {
    let Some(features) = document.get_mut("features").and_then(Item::as_table_like_mut) else { return };
    let (short, long) = (bindgen.to_owned(), format!("dep:{bindgen}"));
    for (_, feature) in features.iter_mut() {
        let Some(list) = feature.as_array_mut() else { continue };
        if list.iter().any(|entry| entry.as_str().is_some_and(|entry| entry == short || entry == long)) {
            let mut entry = Value::from(format!("dep:{LEND}"));
            // A list with a line for each entry stays one.
            let before = list.iter().last().and_then(|last| last.decor().prefix()?.as_str());
            match before.filter(|before| before.contains('\n')) {
                Some(before) => {
                    entry.decor_mut().set_prefix(before);
                    list.push_formatted(entry);
                }
                None => list.push(entry),
            }
        }
    }
}

/// A path as it is seen from a folder. Both are absolute.
pub fn relative(path: &Path, folder: &Path) -> PathBuf {
    let shared = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return path.to_owned();
    }
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}
