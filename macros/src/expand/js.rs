//! The JavaScript half of a function's shim.
//!
//! Names that start with `$` are the runtime's (`runtime/js/runtime.js` lists them) and those that end with it are
//! made here: no Rust identifier contains one, so neither meets a user's.

use std::collections::BTreeSet;
use std::fmt::Write;

use quote::ToTokens;

use super::call::{Call, call, may_be_absent, tag};
use super::rust::symbol;
use super::scalar;
use super::{direct, members, objects};
use crate::mode;
use crate::model::{Access, Argument, ArgumentType, Element, Function, ResultKind};

/// The module that holds the shims of `functions`.
pub fn snippet(functions: &[Function]) -> String {
    let elements = named_elements(functions);
    let mut shims = String::new();
    for function in functions {
        shims.push('\n');
        shims.push_str(&shim(function, &elements));
    }
    if let Some(namespace) = functions.first().and_then(|first| first.namespace.as_ref()) {
        let members: Vec<_> = functions
            .iter()
            .map(|function| format!("  {}: {},\n", function.name, function.shim_name()))
            .collect();
        let _ = write!(shims, "\nexport const {namespace} = Object.freeze({{\n{}}});\n", members.concat());
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
        module.push_str("var class$ = 0, of$ = early$, make$ = early$;\nconst on$ = (method) => (self, ...args) => method.apply(self, args);\n");
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
    module.push_str("  });\n");
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
const RUNTIME: [&str; 38] = [
    "$noInstance",
    "$spendInstance",
    "$stack",
    "$slab",
    "$own",
    "$settle",
    "$dropObjects",
    "$object",
    "$handle",
    "$lend",
    "$lendMut",
    "$copyBack",
    "$give",
    "$takeBack",
    "$spend",
    "$reject",
    "$failed",
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
    "$checked",
    "$checkedFloat",
    "$checkedWide",
    "$checkedWord",
    "$pack",
    "$apart",
    "$views",
    "$noteView",
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
    let is_export = function.namespace.is_none() && !function.is_handler && function.member.is_none();
    let exported = if is_export { "export " } else { "" };
    let asynchronous = if function.is_async { "async " } else { "" };
    let mut js =
        format!("{exported}{asynchronous}function {}({}) {{\n", function.shim_name(), names.join(", "));
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
    let ends: Vec<_> = function.arguments.iter().filter_map(end).collect();
    let texts: Vec<_> = texts(function).map(|argument| format!("{}$ = 0", argument.name)).collect();
    if !texts.is_empty() {
        let _ = writeln!(js, "  let {};", texts.join(", "));
    }
    js.push_str(&objects::locals(function));
    let call = call(function, elements);
    let failed = failed(function);
    // What has to be ended after the call is taken inside the `try`, so that a refusal of a later argument ends it too.
    // Where nothing has to be, the shim stays as short as it can be: engines inline by size.
    if ends.is_empty() {
        for (local, handle) in handles {
            let _ = writeln!(js, "  const {local} = {handle};");
        }
        let _ = write!(js, "{}", caught(function, &call, &failed, "  "));
        js.push_str("}\n");
        return js;
    }
    let locals: Vec<_> = handles.iter().map(|(local, _)| format!("{local} = 0")).collect();
    let _ = writeln!(js, "  let {};\n  try {{", locals.join(", "));
    for (local, handle) in handles {
        let _ = writeln!(js, "    {local} = {handle};");
    }
    js.push_str(&caught(function, &call, &failed, "    "));
    js.push_str("  } finally {\n");
    // In reverse, as loans end.
    for end in ends.iter().rev() {
        let _ = writeln!(js, "    {end}");
    }
    js.push_str("  }\n}\n");
    js
}

/// The call, with a `catch` around it alone: what is thrown before it has borrowed nothing that `$failed` may end.
///
/// A refusal and the function's own `Err` are not thrown through frames of wasm, which would never give their stack back:
/// Rust tells `$outcome` and returns. Where the result is a number there is one that stands for a refusal, which
/// `$checked` looks for.
fn caught(function: &Function, call: &Call, failed: &str, indent: &str) -> String {
    let mut js = String::new();
    let values = function.arguments.iter().filter(|argument| argument.is_value()).enumerate();
    for (place, argument) in values {
        let _ = writeln!(js, "{indent}$objects[{place}] = {};", argument.name);
    }
    let may_refuse = function.may_refuse() && !function.refuses_in_result();
    if !may_trap_in_the_middle(function) {
        if call.takes_two {
            let _ = writeln!(js, "{indent}const result$ = {};", call.raw);
        }
        let result = if call.takes_two { call.returned("result$") } else { call.in_one() };
        let _ = writeln!(js, "{indent}{result}");
        return js;
    }
    let has_objects = objects::of(function).next().is_some();
    if !may_refuse && !call.takes_two && !has_objects {
        let _ = writeln!(
            js,
            "{indent}try {{\n{indent}  {}\n{indent}}} catch (error) {{\n{indent}  throw {failed};\n{indent}}}",
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
        "{indent}try {{\n{indent}  {kept}{};\n{indent}}} catch (error) {{\n{indent}  throw {failed};\n{indent}}}",
        call.raw
    );
    js.push_str(&objects::end(function, indent));
    if may_refuse {
        let handles = handles_until_last(function).map(|handle| handle.unwrap_or_else(|| "0".to_owned()));
        let arguments: Vec<_> = std::iter::once(format!("'{}'", function.path())).chain(handles).collect();
        let _ = writeln!(js, "{indent}if ($outcome.failed) throw $outcome.take({});", arguments.join(", "));
    }
    if let Some(result) = &call.result {
        let _ = writeln!(js, "{indent}return {};", result("result$"));
    }
    js
}

/// Whether a trap would leave something of this project's in the middle: a borrow, a string, a value. A function of scalars
/// alone has nothing of that kind, so its shim has no `catch`, with which Firefox would no longer inline it. (A panic ends
/// the instance whether it is caught or not: its hook throws.)
fn may_trap_in_the_middle(function: &Function) -> bool {
    let scalar = |argument: &Argument| matches!(argument.kind, ArgumentType::Scalar(_));
    // A plugin's host goes on after a trap, with the stack where it was.
    mode::PLUGIN
        || function.is_async
        || function.result.fallible
        || !function.arguments.iter().all(scalar)
        || !matches!(function.result.kind, ResultKind::Unit | ResultKind::Scalar(_))
}

fn is_borrowed_instance(argument: &Argument) -> bool {
    matches!(argument.kind, ArgumentType::This(Access::Shared | Access::Exclusive))
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

/// The local that holds an argument's handle, and where the handle comes from.
fn handle(function: &Function, index: usize, elements: &[String]) -> Option<(String, String)> {
    let argument = &function.arguments[index];
    if let ArgumentType::This(_) = argument.kind {
        let handle = format!("of$(this) || $noInstance(this, class$, '{}', {index})", function.path());
        return Some(("this$".to_owned(), handle));
    }
    let tag = tag(argument.element()?, elements);
    let place = format!("'{}', {index}", function.path());
    let (name, earlier) = (&argument.name, &function.arguments[..index]);
    let ordinal = earlier.iter().filter(|earlier| is_slice(earlier)).count();
    // No two arguments of one call share memory where one of them is written to. Of two buffers Rust sees that; an array may be
    // a view of a buffer's memory. Of what is given away the copy is no argument's, so it is the handle that says what is.
    let list = |all: bool| {
        let names = earlier.iter().filter_map(|each| match each.kind {
            ArgumentType::Exclusive(_) => Some(each.name.clone()),
            ArgumentType::Shared(_) if all => Some(each.name.clone()),
            ArgumentType::Keep(_) | ArgumentType::Take(_) | ArgumentType::TakeVec(_) if all => {
                Some(format!("{}$", each.name))
            }
            _ => None,
        });
        let names: Vec<_> = names.collect();
        (!names.is_empty()).then(|| format!("[{}]", names.join(", ")))
    };
    let others = list(matches!(argument.kind, ArgumentType::Exclusive(_)));
    let check = others.as_ref().map_or_else(String::new, |others| format!(", $apart({others}, {place})"));
    let plain = match argument.kind {
        ArgumentType::Shared(_) if others.is_none() && is_written_later(function, index) => {
            format!("$lend({name}, {tag}, {ordinal}, {place}, $noteView)")
        }
        ArgumentType::Shared(_) => format!("$lend({name}, {tag}, {ordinal}, {place}{check})"),
        ArgumentType::Exclusive(_) => {
            let others = others.as_ref().map_or_else(String::new, |others| format!(", {others}"));
            format!("$lendMut({name}, {tag}, {ordinal}, {place}{others})")
        }
        ArgumentType::Keep(_) => format!("$give({name}, {tag}, {place}{check})"),
        _ => format!("$give({name}, {tag} | {MUTABLE}, {place}{check})"),
    };
    // After a view, a buffer is compared with it too.
    let unseen = if others.is_some() { "!$views.lent && " } else { "" };
    let handle = format!("{unseen}$handle({name}) || {plain}");
    let handle = if may_be_absent(argument) { format!("{name} == null ? 0 : {handle}") } else { handle };
    Some((format!("{name}$"), handle))
}

/// Whether an argument comes after this one that the function writes to.
fn is_written_later(function: &Function, index: usize) -> bool {
    function.arguments[index..].iter().any(|later| matches!(later.kind, ArgumentType::Exclusive(_)))
}

/// `MUTABLE` of `runtime/js/elements.js`.
const MUTABLE: &str = "0x10000";

fn is_slice(argument: &Argument) -> bool {
    matches!(argument.kind, ArgumentType::Shared(_) | ArgumentType::Exclusive(_))
}

fn texts(function: &Function) -> impl Iterator<Item = &Argument> {
    function.arguments.iter().filter(|argument| matches!(argument.kind, ArgumentType::Text(_)))
}

/// What ends an argument's loan after the call.
fn end(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    match argument.kind {
        ArgumentType::This(Access::Owned) => Some("$spendInstance(this, class$);".to_owned()),
        ArgumentType::Exclusive(_) => Some(format!("$copyBack({name}, {name}$);")),
        ArgumentType::Keep(_) => Some(format!("$takeBack({name}, {name}$);")),
        ArgumentType::Take(_) | ArgumentType::TakeVec(_) => {
            Some(format!("$takeBack({name}, {name}$); $spend({name});"))
        }
        _ => None,
    }
}

/// The arguments by position: 0 for what is no handle, and in brackets what the function owns while it runs, so that an
/// exception leaves no borrow of it behind. Strings are dropped in passing.
fn failed(function: &Function) -> String {
    let handles =
        function.arguments.iter().zip(handles_until_last(function)).map(|(argument, handle)| match handle {
            Some(handle) if is_slice(argument) || is_borrowed_instance(argument) => format!(", {handle}"),
            Some(handle) => format!(", [{handle}]"),
            None => ", 0".to_owned(),
        });
    let texts: Vec<_> = texts(function).map(|argument| format!("{}$", argument.name)).collect();
    let error =
        if texts.is_empty() { "error".to_owned() } else { format!("$dropText(error, {})", texts.join(", ")) };
    let failed = format!("$failed({error}{})", handles.collect::<String>());
    objects::dropped(function, failed)
}
