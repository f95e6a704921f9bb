//! Which file of the JavaScript half has which function.
//!
//! A snippet names what it uses of the runtime, and a package's snippet imports exactly that. So a bundler leaves out
//! what no function of an app uses.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::runtime_folder;

/// The files of `runtime/js/`, each with what snippets use of it: the name in snippets, and the name in the file.
const FILES: [(&str, &[(&str, &str)]); 17] = [
    ("reject", &[("$reject", "reject")]),
    (
        "refusal",
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
    ("pendingDrops", &[("$drops", "drops")]),
    ("raw", &[("$late", "late")]),
    ("handles", &[("$handle", "handle"), ("$same", "same"), ("$taking", "taking"), ("$taken", "taken")]),
    ("slices", &[("$lend", "copyToScratch")]),
    ("exclusive", &[("$lendMut", "copyForWriting"), ("$copyBack", "copyBack"), ("$apart", "apart")]),
    ("owned", &[("$give", "give"), ("$takeBack", "takeBack")]),
    ("results", &[("$copyOut", "copyOut"), ("$readOnly", "readOnly"), ("$mutable", "mutable")]),
    ("records", &[("$pack", "packArgument"), ("$defineRecord", "defineRecord")]),
    (
        "text",
        &[("$text", "text"), ("$textAfter", "textAfter"), ("$dropText", "dropText"), ("$string", "string")],
    ),
    ("scalars", &[("$isChar", "isChar"), ("$wide", "wide"), ("$absent", "absent")]),
    (
        "objects",
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
    (
        "classes",
        &[
            ("$noInstance", "noInstance"),
            ("$takingInstance", "takingInstance"),
            ("$takenInstance", "takenInstance"),
            ("$extendClass", "extendClass"),
            ("$defineClass", "defineClass"),
        ],
    ),
    ("references", &[("$readHandle", "readHandle"), ("$reference", "passReference")]),
    ("values", &[("$objects", "objects"), ("$value", "value")]),
    ("byName", &[("$register", "register")]),
];

/// A file that only packages with the feature `plugin-host` have.
const OFFERS: (&str, &[(&str, &str)]) = ("plugin/checks", &[("$offer", "offer")]);

/// The names of the runtime in a text.
pub fn used(text: &str) -> BTreeSet<&'static str> {
    let names = FILES.iter().chain([&OFFERS]).flat_map(|(_, names)| *names);
    names.map(|(name, _)| *name).filter(|name| has_name(text, name)).collect()
}

/// The statements that import what a text uses.
///
/// The names stand for variables of the snippet: engines test at each access whether what a module imports is initialised. Bundlers leave
/// out a variable that nothing uses.
pub fn imports(text: &str) -> String {
    let (mut imports, mut variables) = (String::new(), Vec::new());
    for (file, names) in FILES.iter().chain([&OFFERS]) {
        let used: Vec<_> = names.iter().filter(|(name, _)| has_name(text, name)).collect();
        if used.is_empty() {
            continue;
        }
        let exports: Vec<_> = used.iter().map(|(_, export)| *export).collect();
        let folder = runtime_folder::name();
        let _ = writeln!(imports, "import {{ {} }} from '../{folder}/js/{file}.js';", exports.join(", "));
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
