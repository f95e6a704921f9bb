//! Which file of the JavaScript half has which function.
//!
//! A snippet names what it uses of the runtime, and a package's snippet imports exactly that. So a bundler leaves out
//! what no function of an app uses.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::runtime_folder;

/// A file of `runtime/js/`, and what it needs of wasm that not every package has: parts of `runtime/src/package/exports.rs`.
struct File {
    path: &'static str,
    parts: &'static [&'static str],
    /// What snippets use of it: the name in snippets, and the name in the file.
    names: &'static [(&'static str, &'static str)],
}

const fn file(
    path: &'static str,
    parts: &'static [&'static str],
    names: &'static [(&'static str, &'static str)],
) -> File {
    File { path, parts, names }
}

const FILES: [File; 23] = [
    file("reject", &[], &[("$reject", "reject")]),
    file("rest", &["buffers"], &[("$restOf", "elementsOf")]),
    file(
        "refusal",
        &[],
        &[
            ("$failed", "failed"),
            ("$outcome", "outcome"),
            ("$unread", "notRead"),
            ("$checked", "checked"),
            ("$checkedFloat", "checkedFloat"),
            ("$checkedWide", "checkedWide"),
            ("$checkedWord", "checkedWord"),
        ],
    ),
    file("pendingDrops", &["buffers"], &[("$drops", "drops")]),
    file("raw", &[], &[("$late", "late")]),
    file(
        "handles",
        &["buffers"],
        &[("$handle", "handle"), ("$same", "same"), ("$taking", "taking"), ("$taken", "taken")],
    ),
    file("smallCopies", &["buffers"], &[("$small", "copySmall")]),
    file("slices", &["buffers", "arrays"], &[("$lend", "copyToScratch")]),
    file(
        "exclusive",
        &["buffers", "arrays"],
        &[("$lendMut", "copyForWriting"), ("$copyBack", "copyBack"), ("$apart", "apart")],
    ),
    file("owned", &["buffers", "records_of_calls"], &[("$give", "give"), ("$takeBack", "takeBack")]),
    file("vectors", &["buffers", "gifts", "records_of_calls"], &[("$giveVector", "giveVector")]),
    file(
        "results",
        &["buffers"],
        &[("$copyOut", "copyOut"), ("$readOnly", "readOnly"), ("$mutable", "mutable")],
    ),
    file("records", &["buffers"], &[("$pack", "packArgument"), ("$defineRecord", "defineRecord")]),
    file(
        "text",
        &["buffers", "text"],
        &[("$text", "text"), ("$textAfter", "textAfter"), ("$dropText", "dropText"), ("$string", "string")],
    ),
    file("scalars", &[], &[("$isChar", "isChar"), ("$wide", "wide"), ("$absent", "absent")]),
    file(
        "objects",
        &["buffers", "objects", "text"],
        &[
            ("$stack", "stack"),
            ("$slab", "slab"),
            ("$own", "ownNow"),
            ("$ownEarly", "ownEarly"),
            ("$settle", "settle"),
            ("$dropObjects", "dropObjects"),
            ("$object", "takeObject"),
        ],
    ),
    file(
        "classes",
        &["buffers", "records_of_calls"],
        &[
            ("$noInstance", "noInstance"),
            ("$takingInstance", "takingInstance"),
            ("$takenInstance", "takenInstance"),
            ("$extendClass", "extendClass"),
            ("$defineClass", "defineClass"),
            ("$accessors", "addAccessors"),
            ("$early", "early"),
        ],
    ),
    file(
        "references",
        &["buffers", "records_of_calls"],
        &[("$readHandle", "readHandle"), ("$reference", "passReference")],
    ),
    file("values", &["buffers", "records_of_calls"], &[("$objects", "objects"), ("$value", "value")]),
    file(
        "jobs",
        &["buffers", "jobs"],
        &[
            ("$job", "newJob"),
            ("$started", "started"),
            ("$refusePlain", "refusePlain"),
            ("$offerJobs", "offerJobs"),
        ],
    ),
    file("byName", &["buffers"], &[("$register", "register")]),
    // The last of these is for plugins, whose snippets import nothing.
    file(
        "enums",
        &[],
        &[("$enum", "enumObject"), ("$extendEnum", "extendEnum"), ("$shareEnum", "enumsOfPlugin")],
    ),
    // Only packages with the feature `plugin-host` have it.
    file("plugin/checks", &[], &[("$offer", "offer")]),
];

/// The names of the runtime in a text.
pub fn used(text: &str) -> BTreeSet<&'static str> {
    let names = FILES.iter().flat_map(|file| file.names);
    names.map(|(name, _)| *name).filter(|name| has_name(text, name)).collect()
}

/// The parts that a text needs of wasm.
pub fn parts(text: &str) -> BTreeSet<&'static str> {
    let files = FILES.iter().filter(|file| file.names.iter().any(|(name, _)| has_name(text, name)));
    files.flat_map(|file| file.parts).copied().collect()
}

/// The statements that import what a text uses.
///
/// The names stand for variables of the snippet: engines test at each access whether what a module imports is initialised. Bundlers leave
/// out a variable that nothing uses.
pub fn imports(text: &str) -> String {
    let (mut imports, mut variables) = (String::new(), Vec::new());
    for File { path, names, .. } in &FILES {
        let used: Vec<_> = names.iter().filter(|(name, _)| has_name(text, name)).collect();
        if used.is_empty() {
            continue;
        }
        let exports: Vec<_> = used.iter().map(|(_, export)| *export).collect();
        let folder = runtime_folder::name();
        let _ = writeln!(imports, "import {{ {} }} from '../{folder}/js/{path}.js';", exports.join(", "));
        variables.extend(used.iter().map(|(name, export)| format!("{name} = {export}")));
    }
    if !variables.is_empty() {
        let _ = writeln!(imports, "var {};", variables.join(", "));
    }
    imports
}

/// True if the text has the whole name. The snippet's own names end in `$`, and the runtime's names start with it.
fn has_name(text: &str, name: &str) -> bool {
    let is_end = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric());
    text.match_indices(name).any(|(at, _)| is_end(&text[at + name.len()..]))
}
