//! Which component of the JavaScript half has which function.
//!
//! A snippet names what it uses of the runtime, so its text says which components its package needs.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::format_ident;

/// The functions that every package has, and then each component with its functions. A start function attaches components in this order.
const COMPONENTS: [(Option<&str>, &[&str]); 12] = [
    (
        None,
        &[
            "$reject",
            "$failed",
            "$outcome",
            "$drops",
            "$checked",
            "$checkedFloat",
            "$checkedWide",
            "$checkedWord",
        ],
    ),
    (Some("attach_slices"), &["$handle", "$same", "$lend"]),
    (Some("attach_exclusive"), &["$lendMut", "$copyBack", "$apart"]),
    (Some("attach_owned"), &["$give", "$takeBack", "$taking", "$taken"]),
    (Some("attach_results"), &["$copyOut", "$readOnly", "$mutable"]),
    (Some("attach_records"), &["$pack", "$defineRecord"]),
    (Some("attach_text"), &["$text", "$textAfter", "$dropText", "$string"]),
    (Some("attach_scalars"), &["$isChar", "$wide", "$absent"]),
    (Some("attach_objects"), &["$stack", "$slab", "$own", "$ownEarly", "$settle", "$dropObjects", "$object"]),
    (
        Some("attach_classes"),
        &["$noInstance", "$takingInstance", "$takenInstance", "$extendClass", "$defineClass"],
    ),
    (Some("attach_references"), &["$readHandle"]),
    (Some("attach_values"), &["$objects", "$value", "$unread"]),
];

/// The functions that the shims use, which their snippet binds at its start.
pub fn used(shims: &str) -> BTreeSet<&'static str> {
    COMPONENTS.iter().flat_map(|(_, names)| *names).copied().filter(|name| has_name(shims, name)).collect()
}

/// The functions of the runtime that attach what a snippet uses.
pub fn attached(snippet: &str) -> Vec<Ident> {
    let used = |names: &&[&str]| names.iter().any(|name| has_name(snippet, name));
    let components = COMPONENTS.iter().filter(|(_, names)| used(names));
    components.filter_map(|(attach, _)| attach.map(|attach| format_ident!("{}", attach))).collect()
}

/// True if the text has the whole name. The snippet's own names end in `$`, and the runtime's names start with it.
fn has_name(text: &str, name: &str) -> bool {
    let is_end = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric());
    text.match_indices(name).any(|(at, _)| is_end(&text[at + name.len()..]))
}
