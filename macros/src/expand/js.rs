//! The JavaScript half of a function's shim.
//!
//! Names that start with `$` are the runtime's (`runtime/js/runtime.js` lists them) and those that end with it are
//! made here: no Rust identifier contains one, so neither meets a user's.

use std::collections::BTreeSet;
use std::fmt::Write;

use quote::ToTokens;

use super::call::{Call, call, may_be_absent, tag};
use super::handles::{end, handle, reads, taken, taking};
use super::rust::symbol;
use super::scalar;
use super::{direct, members, objects};
use crate::mode;
use crate::model::{Argument, ArgumentType, Element, Function, ResultKind};

/// The module that holds the shims of `functions`.
pub fn snippet(functions: &[Function]) -> String {
    let elements = named_elements(functions);
    let mut shims = String::new();
    for function in functions {
        shims.push('\n');
        let shim = shim(function, &elements);
        shims.push_str(if function.is_export() { shim.trim_end() } else { &shim });
        if function.is_export() {
            shims.push_str(";\n");
        }
    }
    if let Some(namespace) = functions.first().and_then(|first| first.namespace.as_ref()) {
        let members: Vec<_> = functions
            .iter()
            .map(|function| format!("  {}: {},\n", function.name, function.shim_ident()))
            .collect();
        let _ = write!(shims, "\nexport const {namespace}$ = Object.freeze({{\n{}}});\n", members.concat());
    }
    let used = used(&shims).into_iter().collect::<Vec<_>>().join(", ");
    let mut module = String::from(
        "const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };\n",
    );
    let objects = ["$stack", "$slab"];
    if used.split(", ").any(|name| objects.contains(&name)) {
        module.push_str("const unready$ = new Proxy({}, { get: early$ });\n");
    }
    if !used.is_empty() {
        let early = |name| if objects.contains(&name) { "unready$" } else { "early$" };
        let all: Vec<_> = used.split(", ").map(|name| format!("{name} = {}", early(name))).collect();
        let _ = writeln!(module, "var {};", all.join(", "));
    }
    let is_class = functions.first().is_some_and(|first| first.member.is_some());
    let has_tags = is_class || !elements.is_empty();
    if has_tags {
        module.push_str("var tags$;\n");
    }
    if is_class {
        module.push_str("var class$ = 0, of$ = early$, make$ = early$;\nconst on$ = (method) => Object.assign((self, ...args) => method.apply(self, args), { method });\n");
    }
    for function in functions {
        let _ = writeln!(module, "var {}$raw = early$;", function.shim_name());
    }
    module.push_str(if !has_tags {
        "\nexport function bind$(runtime) {\n"
    } else {
        "\nexport function bind$(runtime, tags) {\n  // A copy: wasm-bindgen passes a view of wasm memory.\n  tags$ = tags.slice();\n"
    });
    if !used.is_empty() {
        let _ = writeln!(module, "  ({{ {used} }} = runtime);");
    }
    module.push_str("  runtime.$register({\n");
    for function in functions {
        let mut row = vec![members::by_name(function)];
        row.extend(
            function.arguments.iter().map(|argument| format!("'{}'", argument.shown().replace('\'', "\\'"))),
        );
        let key = if function.is_handler { "$callRust".to_owned() } else { function.path() };
        let _ = writeln!(module, "    '{key}': [{}],", row.join(", "));
    }
    module.push_str("  }, (exports) => {\n");
    for function in functions {
        let _ = writeln!(module, "    {}$raw = exports.{};", function.shim_name(), symbol(function));
    }
    let _ = writeln!(module, "  }}, {});", claimant(functions));
    // A plugin says it in its section.
    if mode::LINKED && !mode::PLUGIN {
        module.push_str(&direct::offers(functions));
    }
    if is_class {
        module.push_str(&members::extension(functions, elements.len()));
    }
    module.push_str("}\n");
    module + &shims
}

/// Who exports them, and as what: for an error that names both where another crate has the name too.
fn claimant(functions: &[Function]) -> String {
    let namespace = functions.first().and_then(|first| first.namespace.as_ref());
    let namespace = namespace.map(|namespace| format!(", '{namespace}'")).unwrap_or_default();
    format!("'{}'{namespace}", mode::crate_name())
}

/// The element types whose tags are known at the start only: their tokens, in the order of `tags$`.
pub fn named_elements(functions: &[Function]) -> Vec<String> {
    let mut elements = Vec::new();
    for element in functions.iter().flat_map(elements_of) {
        if let Element::Named(ty) = element {
            let tokens = ty.to_token_stream().to_string();
            if !elements.contains(&tokens) {
                elements.push(tokens);
            }
        }
    }
    elements
}

/// Every element type in a function's signature.
pub fn elements_of(function: &Function) -> impl Iterator<Item = &Element> {
    function.arguments.iter().filter_map(Argument::element).chain(function.result.element())
}

/// What a snippet may use of the runtime.
const RUNTIME: [&str; 42] = [
    "$noInstance",
    "$takingInstance",
    "$takenInstance",
    "$stack",
    "$slab",
    "$own",
    "$ownEarly",
    "$settle",
    "$dropObjects",
    "$object",
    "$handle",
    "$same",
    "$lend",
    "$lendMut",
    "$copyBack",
    "$give",
    "$takeBack",
    "$taking",
    "$taken",
    "$reject",
    "$failed",
    "$unread",
    "$copyOut",
    "$readOnly",
    "$mutable",
    "$text",
    "$textAfter",
    "$dropText",
    "$string",
    "$isChar",
    "$wide",
    "$absent",
    "$objects",
    "$value",
    "$outcome",
    "$drops",
    "$checked",
    "$checkedFloat",
    "$checkedWide",
    "$checkedWord",
    "$pack",
    "$apart",
];

fn used(shims: &str) -> BTreeSet<&'static str> {
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric());
    RUNTIME
        .into_iter()
        .filter(|name| shims.match_indices(name).any(|(at, _)| ends(&shims[at + name.len()..])))
        .collect()
}

fn shim(function: &Function, elements: &[String]) -> String {
    let names: Vec<_> = function.written_arguments().iter().map(|argument| argument.name.as_str()).collect();
    let all: Vec<_> = function.arguments.iter().map(|argument| argument.name.as_str()).collect();
    let asynchronous = if function.is_async { "async " } else { "" };
    let (ident, name, names) = (function.shim_ident(), &function.name, names.join(", "));
    // A function expression's own name is known inside of it alone, and there nothing else is called so. `var`, as no `let` is
    // tested for being initialised at each access.
    let mut js = if function.is_export() {
        format!("export var {ident} = {asynchronous}function {name}({names}) {{\n")
    } else {
        format!("{asynchronous}function {ident}({names}) {{\n")
    };
    // One test of all, and one call that finds out which it was: engines inline a shim by its size.
    let valid: Vec<_> = function.arguments.iter().filter_map(valid).collect();
    if !valid.is_empty() {
        let valid = if valid.len() == 1 { valid.concat() } else { format!("({})", valid.join(") && (")) };
        let _ = writeln!(js, "  if (!({valid})) $reject('{}', {});", function.path(), all.join(", "));
    }
    // Reading the objects of a plain Array runs getters, so that comes first of all.
    for (index, argument) in function.arguments.iter().enumerate() {
        if let Some(element @ Element::Named(_)) = argument.element() {
            let (name, tag, path) = (&argument.name, tag(element, elements), function.path());
            let _ = writeln!(js, "  {name} = $pack({name}, {tag}, '{path}', {index});");
        }
    }
    let handles: Vec<_> =
        (0..function.arguments.len()).filter_map(|index| handle(function, index, elements)).collect();
    let texts: Vec<_> = texts(function).map(|argument| format!("{}$ = 0", argument.name)).collect();
    if !texts.is_empty() {
        let _ = writeln!(js, "  let {};", texts.join(", "));
    }
    js.push_str(&objects::locals(function));
    let call = call(function, elements);
    // What has to be ended after the call is taken inside the `try`, so that a refusal of a later argument ends it too.
    // Where nothing has to be, the shim stays as short as it can be: engines inline by size.
    if !function.has_ends() {
        js.push_str(&reads(function, &handles, true, "  "));
        let _ = write!(js, "{}", caught(function, &call, "  "));
        js.push_str("}\n");
        return js;
    }
    let mut locals: Vec<_> = handles.iter().map(|handle| format!("{} = 0", handle.local)).collect();
    if function.takes() {
        locals.push("moved$ = false".to_owned());
    }
    let _ = writeln!(js, "  let {};\n  try {{", locals.join(", "));
    js.push_str(&reads(function, &handles, false, "    "));
    js.push_str(&taking(function, "    "));
    js.push_str(&caught(function, &call, "    "));
    js.push_str("  } finally {\n");
    // In reverse, as loans end.
    for end in function.arguments.iter().filter_map(end).rev() {
        let _ = writeln!(js, "    {end}");
    }
    if let Some(taken) = taken(function) {
        let _ = writeln!(js, "    {taken}");
    }
    js.push_str("    if ($drops.any) $drops.run();\n  }\n}\n");
    js
}

/// The call, with a `catch` around it alone: what is thrown before it has borrowed nothing that `$failed` may end.
///
/// A refusal and the function's own `Err` are not thrown through frames of wasm, which would never give their stack back:
/// Rust tells `$outcome` and returns. Where the result is a number there is one that stands for a refusal, which
/// `$checked` looks for.
///
/// What the end of the borrows has left to be destroyed goes last, when the result is made: here, unless the shim has something to
/// end, or the Rust shim does it.
fn caught(function: &Function, call: &Call, indent: &str) -> String {
    let mut js = String::new();
    let values = function.arguments.iter().filter(|argument| argument.is_value()).enumerate();
    for (place, argument) in values {
        let _ = writeln!(js, "{indent}$objects[{place}] = {};", argument.name);
    }
    if !has_catch(function) {
        if call.takes_two {
            let _ = writeln!(js, "{indent}const result$ = {};", call.raw);
        }
        let result = if call.takes_two { call.returned("result$") } else { call.in_one() };
        let _ = writeln!(js, "{indent}{result}");
        return js;
    }
    let refusal_shows = function.refuses_in_result();
    let asks_outcome = function.may_refuse() && !refusal_shows;
    let runs_drops = function.has_guards() && !function.has_ends() && !refusal_shows;
    let has_objects = objects::of(function).next().is_some();
    let failed = raise(function, &failed(function));
    // JavaScript may fail to make a string, when the call has ended.
    let may_fail = matches!(function.result.kind, ResultKind::Text(_));
    if !may_fail && !asks_outcome && !call.takes_two && !has_objects && !runs_drops && !function.takes() {
        let _ = writeln!(
            js,
            "{indent}try {{\n{indent}  {}\n{indent}}} catch (error) {{\n{indent}  {failed}\n{indent}}}",
            call.in_one()
        );
        return js;
    }
    let kept = if call.result.is_some() { "result$ = " } else { "" };
    if call.result.is_some() {
        let _ = writeln!(js, "{indent}let result$;");
    }
    js.push_str(&objects::own_the_only(function, indent));
    let _ = writeln!(
        js,
        "{indent}try {{\n{indent}  {kept}{};\n{indent}}} catch (error) {{\n{indent}  {failed}\n{indent}}}",
        call.raw
    );
    js.push_str(&objects::end(function, indent));
    if asks_outcome {
        let handles = handles_until_last(function).map(|handle| handle.unwrap_or_else(|| "0".to_owned()));
        let arguments: Vec<_> = [format!("'{}'", function.path()), flags(function).to_string()]
            .into_iter()
            .chain(handles)
            .collect();
        let raised = raise(function, &format!("$outcome.take({})", arguments.join(", ")));
        let raised = if function.takes() { format!("{{ {raised} }}") } else { raised };
        let _ = writeln!(js, "{indent}if ($outcome.failed) {raised}");
    }
    if function.takes() {
        let _ = writeln!(js, "{indent}moved$ = true;");
    }
    let result = call.result.as_ref().map(|result| result("result$"));
    match (result, runs_drops) {
        (Some(result), false) => _ = writeln!(js, "{indent}return {result};"),
        (Some(result), true) => {
            let _ = writeln!(
                js,
                "{indent}const made$ = {result};\n{indent}if ($drops.any) $drops.run();\n{indent}return made$;"
            );
        }
        (None, true) => _ = writeln!(js, "{indent}if ($drops.any) $drops.run();"),
        (None, false) => {}
    }
    js
}

/// Throws an error that ends the call: whether what it takes was moved by then, its end has to know.
fn raise(function: &Function, error: &str) -> String {
    if function.takes() {
        format!("const error$ = {error}; moved$ = $outcome.wasMoved; throw error$;")
    } else {
        format!("throw {error};")
    }
}

/// What the runtime has to know of a call: `HAS_RECORD`, `HAS_ENDS` and `HAS_OBJECTS` of `runtime/js/refusal.js`.
fn flags(function: &Function) -> u32 {
    let has_objects = objects::of(function).next().is_some();
    u32::from(function.has_record()) | u32::from(function.has_ends()) << 1 | u32::from(has_objects) << 2
}

/// True if a trap would leave something of this project's in the middle: a borrow, a string, a value. A function of scalars
/// alone has nothing of that kind, so its shim has no `catch`, with which Firefox would no longer inline it. (A panic ends
/// the instance whether it is caught or not: its hook throws.)
pub fn has_catch(function: &Function) -> bool {
    let scalar = |argument: &Argument| matches!(argument.kind, ArgumentType::Scalar(_));
    // A plugin's host goes on after a trap, with the stack where it was.
    mode::PLUGIN
        || function.is_async
        || function.result.fallible
        || !function.arguments.iter().all(scalar)
        || !matches!(function.result.kind, ResultKind::Unit | ResultKind::Scalar(_))
}

/// The locals with the handles, up to the last; `None` for the arguments between that have none.
fn handles_until_last(function: &Function) -> impl Iterator<Item = Option<String>> {
    let last = function.arguments.iter().rposition(Argument::is_handle).map_or(0, |last| last + 1);
    function.arguments[..last]
        .iter()
        .map(|argument| argument.is_handle().then(|| format!("{}$", argument.name)))
}

/// An expression that is true for what the argument takes, where the shim can tell.
fn valid(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    let valid = match argument.kind {
        ArgumentType::Scalar(kind) => scalar::valid(kind, name),
        ArgumentType::Text(_) => format!("typeof {name} === 'string'"),
        ArgumentType::Object(object) if object.is_callable() => format!("typeof {name} === 'function'"),
        _ => return None,
    };
    Some(if may_be_absent(argument) { format!("{name} == null || {valid}") } else { valid })
}

fn texts(function: &Function) -> impl Iterator<Item = &Argument> {
    function.arguments.iter().filter(|argument| matches!(argument.kind, ArgumentType::Text(_)))
}

/// The error that the shim throws in place of one that has left the call, after ending what the call had. The arguments by position:
/// 0 for what is no handle, and in brackets what the function owns once it runs, and has no borrow then.
fn failed(function: &Function) -> String {
    let handles =
        function.arguments.iter().zip(handles_until_last(function)).map(|(argument, handle)| match handle {
            Some(handle) if argument.is_taken() => format!(", [{handle}]"),
            Some(handle) => format!(", {handle}"),
            None => ", 0".to_owned(),
        });
    let failed = format!("$failed(error, {}{})", flags(function), handles.collect::<String>());
    // Reading a value may run code of others.
    let has_values = function.arguments.iter().any(Argument::is_value);
    let failed = if has_values { format!("$unread('{}', {failed})", function.path()) } else { failed };
    let texts: Vec<_> = texts(function).map(|argument| format!("{}$", argument.name)).collect();
    let failed = if texts.is_empty() { failed } else { format!("$dropText({failed}, {})", texts.join(", ")) };
    objects::dropped(function, failed, flags(function))
}
