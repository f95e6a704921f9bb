//! The JavaScript module of one expansion: the shims, and the function that gives them at the start what only Rust knows.
//!
//! Names that start with `$` are the runtime's (`expand/components.rs` lists them). Those that end with one `$` are made of
//! a user's name (`sum$`, `values$`), and all others that are made here end with `$$`, or have it before a word (`sum$$raw`).
//! No identifier of Rust contains a `$`, so none of them meets another.
//!
//! In a package nothing names a function that an app does not import, so a bundler leaves it out: the snippet imports what it uses of
//! the runtime, and each shim finds its export at its first call. A plugin's snippet gets both at its start.

use std::fmt::Write;

use proc_macro2::Ident;
use quote::format_ident;

use super::tags::Tags;
use super::{components, direct, js, members, rust};
use crate::backend::Backend;
use crate::model::Function;

/// A module in parts.
#[derive(Default)]
pub struct Snippet {
    pub backend: Backend,
    /// What is declared before the start.
    pub head: String,
    /// The parameters of the start function after the runtime, and its statements.
    pub parameters: &'static str,
    pub start: String,
    /// The rest: the shims, or the class.
    pub body: String,
}

impl Snippet {
    /// True if the module has a start function.
    pub fn starts(&self) -> bool {
        self.backend.is_plugin() || !self.start.is_empty()
    }

    /// The text of the module.
    pub fn text(&self) -> String {
        let Snippet { head, start, body, .. } = self;
        let own = self.own_text();
        let (names, parameters) = if self.backend.is_plugin() {
            (
                declared_names(&own),
                format!("runtime{}{}", if self.parameters.is_empty() { "" } else { ", " }, self.parameters),
            )
        } else {
            (components::imports(&own), self.parameters.to_owned())
        };
        let mut text = names + head;
        if self.starts() {
            let learned = if self.backend.is_plugin() { learned(&own) } else { String::new() };
            let _ = write!(text, "\nexport function bind$$({parameters}) {{\n{learned}{start}}}\n");
        }
        text + body
    }

    /// What the module uses of the runtime.
    pub fn uses(&self) -> Vec<&'static str> {
        components::used(&self.own_text()).into_iter().collect()
    }

    /// The parts of wasm that the runtime needs for it.
    pub fn parts(&self) -> Vec<Ident> {
        components::parts(&self.own_text()).iter().map(|part| format_ident!("{part}")).collect()
    }

    fn own_text(&self) -> String {
        [self.head.as_str(), &self.start, &self.body].concat()
    }
}

/// Declares what a plugin's snippet uses of the runtime. Nobody can call its functions before its start.
fn declared_names(text: &str) -> String {
    let used: Vec<_> = components::used(text).into_iter().collect();
    if used.is_empty() { String::new() } else { format!("var {};\n", used.join(", ")) }
}

/// Gives it to a plugin's snippet.
fn learned(text: &str) -> String {
    let used: Vec<_> = components::used(text).into_iter().collect();
    if used.is_empty() { String::new() } else { format!("  ({{ {} }} = runtime);\n", used.join(", ")) }
}

/// The module that holds the shims of `functions`.
pub fn snippet(functions: &[Function], tags: &Tags) -> Snippet {
    let backend = functions.first().map(|first| first.backend).unwrap_or_default();
    let mut head = String::new();
    let is_class = functions.first().is_some_and(|first| first.member.is_some());
    if !tags.is_empty() {
        head.push_str("var tags$$ = [];\n");
    }
    if is_class {
        head.push_str("var class$$ = 0, of$$, make$$;\n");
    }
    if tags.readers().next().is_some() {
        let readers: Vec<_> = tags.readers().map(|(reader, _)| format!("{reader} = none$$")).collect();
        let _ = writeln!(head, "const none$$ = () => 0;\nvar {};", readers.join(", "));
    }
    let body = shims(functions, tags);
    for function in functions {
        head.push_str(&declared(function, &body));
    }
    let start = start(functions, tags);
    if start.contains("on$$(") {
        head.push_str("const on$$ = (method) => (self, ...args) => method.apply(self, args);\n");
    }
    let parameters = if tags.is_empty() { "" } else { "tags" };
    Snippet { backend, head, parameters, start, body }
}

/// The variables of a function: its description, for messages, and its export.
fn declared(function: &Function, shims: &str) -> String {
    let (about, name, shim) = (function.about(), function.shim_name(), function.shim_ident());
    let mut js = String::new();
    // Errors that Rust makes name the function by its name: the holder of a borrow, or that of a callback.
    let is_named = function.has_catch() && !function.arguments.is_empty();
    if is_named || registers(function) || shims.contains(&about) {
        let mut row = vec![shim, format!("'{}'", function.path())];
        let arguments = function.arguments.iter();
        row.extend(arguments.map(|argument| format!("'{}'", argument.registered().replace('\'', "\\'"))));
        let _ = writeln!(js, "const {about} = () => [{}];", row.join(", "));
    }
    let _ = if function.backend.is_plugin() {
        writeln!(js, "var {name}$$raw;")
    } else {
        let about = if is_named { format!(", {about}") } else { String::new() };
        let symbol = rust::symbol(function);
        writeln!(
            js,
            "var {name}$$raw = /* @__PURE__ */ $late('{symbol}', (raw) => {{ {name}$$raw = raw; }}{about});"
        )
    };
    js
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
    let is_of_enum = functions.first().is_some_and(|first| first.of_enum.is_some());
    let namespace = functions.first().and_then(|first| first.namespace.as_ref());
    if let Some(namespace) = namespace.filter(|_| !is_of_enum) {
        let members = functions.iter().filter(|function| !function.is_start);
        let members = members.map(|function| format!("  {}: {},\n", function.name, function.shim_ident()));
        let members: String = members.collect();
        let _ =
            write!(shims, "\nexport const {namespace}$ = /* @__PURE__ */ Object.freeze({{\n{members}}});\n");
    }
    shims
}

/// The statements of the start function.
fn start(functions: &[Function], tags: &Tags) -> String {
    let mut js = String::new();
    if !tags.is_empty() {
        js.push_str("  // A copy: wasm-bindgen passes a view of wasm memory.\n  tags$$ = tags.slice();\n");
    }
    for (reader, place) in tags.readers() {
        let _ = writeln!(js, "  $readHandle(tags$$[{place}], (of) => void ({reader} = of));");
    }
    js.push_str(&registration(functions));
    js.push_str(&jobs(functions));
    let backend = functions.first().map(|first| first.backend);
    match backend {
        // A plugin has its offers in its section.
        Some(Backend::Host) => js.push_str(&direct::offers(functions)),
        Some(Backend::Plugin) => js.push_str(&bound(functions)),
        _ => {}
    }
    if functions.first().is_some_and(|first| first.member.is_some()) {
        js.push_str(&members::extension(functions, tags));
    }
    for function in functions.iter().filter(|function| function.is_start) {
        let _ = writeln!(js, "  {}();", function.shim_ident());
    }
    js.push_str(&members::extension_of_enum(functions));
    js
}

/// True if `lend.callRust` finds the function. In a package that costs a feature, because it keeps every function in every bundle.
fn registers(function: &Function) -> bool {
    function.is_handler || !function.is_start && (function.backend.is_plugin() || cfg!(feature = "by-name"))
}

/// Tells the runtime the functions that run on workers: where memory is not shared, a worker looks for them by their names.
fn jobs(functions: &[Function]) -> String {
    let offered = functions.iter().filter(|function| function.worker.is_some());
    let rows: Vec<_> =
        offered.map(|function| format!("'{}': {}", function.path(), function.shim_ident())).collect();
    if rows.is_empty() {
        return String::new();
    }
    // The name of the package's main file, unless another crate is the package.
    let package = std::env::var("CARGO_CRATE_NAME").unwrap_or_default();
    format!("  $offerJobs({{ {} }}, '{package}');\n", rows.join(", "))
}

/// Tells the runtime the functions for calls by name.
fn registration(functions: &[Function]) -> String {
    let registered = functions.iter().filter(|function| registers(function));
    let rows: String = registered
        .map(|function| {
            let key = if function.is_handler { "$callRust".to_owned() } else { function.path() };
            format!("    '{key}': [{}, {}],\n", members::by_name(function), function.about())
        })
        .collect();
    if rows.is_empty() { String::new() } else { format!("  $register({{\n{rows}  }});\n") }
}

/// Binds a plugin's functions to its exports.
fn bound(functions: &[Function]) -> String {
    let mut js = String::from("  runtime.$bind((exports) => {\n");
    for function in functions {
        let _ = writeln!(js, "    {}$$raw = exports.{};", function.shim_name(), rust::symbol(function));
    }
    js + "  });\n"
}
