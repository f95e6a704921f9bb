//! The JavaScript module of one expansion: the shims, and the function that binds them at the start.
//!
//! Names that start with `$` are the runtime's (`expand/components.rs` lists them), and those that end with it are
//! made here. No Rust identifier contains one, so neither meets a user's.

use std::fmt::Write;

use super::tags::Tags;
use super::{components, direct, js, members};
use crate::backend::{Backend, crate_name};
use crate::model::Function;

/// What a snippet's names stand for until the start.
pub const EARLY: &str = "const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };\n";

/// The names that are objects and no functions.
const OBJECTS: [&str; 2] = ["$stack", "$slab"];

/// The module that holds the shims of `functions`.
pub fn snippet(functions: &[Function], tags: &Tags) -> String {
    let shims = shims(functions, tags);
    let used = components::used(&shims);
    let mut module = EARLY.to_owned();
    if used.iter().any(|name| OBJECTS.contains(name)) {
        module.push_str("const unready$ = new Proxy({}, { get: early$ });\n");
    }
    let used: Vec<_> = used.into_iter().collect();
    if !used.is_empty() {
        let early = |name| if OBJECTS.contains(name) { "unready$" } else { "early$" };
        let all: Vec<_> = used.iter().map(|name| format!("{name} = {}", early(name))).collect();
        let _ = writeln!(module, "var {};", all.join(", "));
    }
    let is_class = functions.first().is_some_and(|first| first.member.is_some());
    if !tags.is_empty() {
        module.push_str("var tags$;\n");
    }
    if is_class {
        module.push_str("var class$ = 0, of$ = early$, make$ = early$;\nconst on$ = (method) => Object.assign((self, ...args) => method.apply(self, args), { method });\n");
    }
    if tags.readers().next().is_some() {
        let readers: Vec<_> = tags.readers().map(|(reader, _)| format!("{reader} = none$")).collect();
        let _ = writeln!(module, "const none$ = () => 0;\nvar {};", readers.join(", "));
    }
    for function in functions {
        let _ = writeln!(module, "var {}$raw = early$;", function.shim_name());
    }
    module.push_str(if tags.is_empty() {
        "\nexport function bind$(runtime) {\n"
    } else {
        "\nexport function bind$(runtime, tags) {\n  // A copy: wasm-bindgen passes a view of wasm memory.\n  tags$ = tags.slice();\n"
    });
    if !used.is_empty() {
        let _ = writeln!(module, "  ({{ {} }} = runtime);", used.join(", "));
    }
    for (reader, place) in tags.readers() {
        let _ = writeln!(module, "  runtime.$readHandle(tags$[{place}], (of) => void ({reader} = of));");
    }
    module.push_str(&registration(functions));
    // A plugin has its offers in its section.
    if functions.first().is_some_and(|first| first.backend == Backend::Host) {
        module.push_str(&direct::offers(functions));
    }
    if is_class {
        module.push_str(&members::extension(functions, tags));
    }
    module.push_str("}\n");
    module + &shims
}

fn shims(functions: &[Function], tags: &Tags) -> String {
    let mut shims = String::new();
    for function in functions {
        shims.push('\n');
        let shim = js::shim(function, tags);
        shims.push_str(if function.is_export() { shim.trim_end() } else { &shim });
        if function.is_export() {
            shims.push_str(";\n");
        }
    }
    if let Some(namespace) = functions.first().and_then(|first| first.namespace.as_ref()) {
        let members =
            functions.iter().map(|function| format!("  {}: {},\n", function.name, function.shim_ident()));
        let members: String = members.collect();
        let _ = write!(shims, "\nexport const {namespace}$ = Object.freeze({{\n{members}}});\n");
    }
    shims
}

/// Tells the runtime the functions with their arguments, and binds each to its export.
fn registration(functions: &[Function]) -> String {
    let mut js = String::from("  runtime.$register({\n");
    for function in functions {
        let mut row = vec![members::by_name(function)];
        row.extend(
            function
                .arguments
                .iter()
                .map(|argument| format!("'{}'", argument.registered().replace('\'', "\\'"))),
        );
        let key = if function.is_handler { "$callRust".to_owned() } else { function.path() };
        let _ = writeln!(js, "    '{key}': [{}],", row.join(", "));
    }
    js.push_str("  }, (exports) => {\n");
    for function in functions {
        let _ = writeln!(js, "    {}$raw = exports.{};", function.shim_name(), super::rust::symbol(function));
    }
    // For an error that names both crates, if another one exports the name too.
    let namespace = functions.first().and_then(|first| first.namespace.as_ref());
    let namespace = namespace.map(|namespace| format!(", '{namespace}'")).unwrap_or_default();
    let _ = writeln!(js, "  }}, '{}'{namespace});", crate_name());
    js
}
