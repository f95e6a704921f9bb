//! The JavaScript half of a function's shim.
//!
//! Names that start with `$` are the runtime's (`runtime/js/runtime.js` lists them) and those that end with it are
//! made here: no Rust identifier contains one, so neither meets a user's.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::rust::symbol;
use crate::model::{Argument, ArgumentType, Element, Function, ResultKind, Scalar};

/// The module that holds the shims of `functions`.
pub fn snippet(functions: &[Function]) -> String {
    let mut shims = String::new();
    for function in functions {
        shims.push('\n');
        shims.push_str(&shim(function));
    }
    let used: BTreeSet<&str> =
        RUNTIME.into_iter().filter(|name| shims.contains(&format!("{name}("))).collect();
    let used = used.into_iter().collect::<Vec<_>>().join(", ");
    let mut module = String::from(
        "const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };\n",
    );
    if !used.is_empty() {
        let _ = writeln!(module, "var {} = early$;", used.replace(", ", " = early$, "));
    }
    for function in functions {
        let _ = writeln!(module, "var {}$raw = early$;", function.name);
    }
    module.push_str("\nexport function bind$(runtime) {\n");
    if !used.is_empty() {
        let _ = writeln!(module, "  ({{ {used} }} = runtime);");
    }
    module.push_str("  runtime.$register({\n");
    for function in functions {
        let signature: Vec<_> =
            function.arguments.iter().map(|argument| format!("'{}'", argument.shown())).collect();
        let _ = writeln!(module, "    {}: [{}],", function.name, signature.join(", "));
    }
    module.push_str("  }, (exports) => {\n");
    for function in functions {
        let _ = writeln!(module, "    {}$raw = exports.{};", function.name, symbol(function));
    }
    module.push_str("  });\n}\n");
    module + &shims
}

/// What a snippet may use of the runtime.
const RUNTIME: [&str; 12] = [
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
];

fn shim(function: &Function) -> String {
    let names: Vec<_> = function.arguments.iter().map(|argument| argument.name.as_str()).collect();
    let mut js = format!("export function {}({}) {{\n", function.name, names.join(", "));
    for (index, argument) in function.arguments.iter().enumerate() {
        if let ArgumentType::Scalar(scalar) = argument.kind {
            let (name, valid) = (&argument.name, valid(scalar, &argument.name));
            let _ = writeln!(js, "  if (!({valid})) $reject({name}, '{}', {index});", function.name);
        }
    }
    let passed: Vec<_> = function.arguments.iter().map(passed).collect();
    let call = returned(function.result.kind, &format!("{}$raw({})", function.name, passed.join(", ")));
    let ends: Vec<_> = function.arguments.iter().filter_map(end).collect();
    let handles: Vec<_> = (0..function.arguments.len()).filter_map(|index| handle(function, index)).collect();
    let failed = failed(function);
    // What has to be ended after the call is taken inside the `try`, so that a refusal of a later argument ends it too.
    // Where nothing has to be, the shim stays as short as it can be: engines inline by size.
    if ends.is_empty() {
        for (local, handle) in handles {
            let _ = writeln!(js, "  const {local} = {handle};");
        }
        let _ = writeln!(js, "  try {{\n    {call}\n  }} catch (error) {{\n    throw {failed};\n  }}\n}}");
        return js;
    }
    let locals: Vec<_> = handles.iter().map(|(local, _)| format!("{local} = 0")).collect();
    let _ = writeln!(js, "  let {};\n  try {{", locals.join(", "));
    for (local, handle) in handles {
        let _ = writeln!(js, "    {local} = {handle};");
    }
    // The `catch` is around the call alone: what is thrown before it has borrowed nothing that `$failed` may end.
    let _ = writeln!(js, "    try {{\n      {call}\n    }} catch (error) {{\n      throw {failed};\n    }}");
    js.push_str("  } finally {\n");
    // In reverse, as loans end.
    for end in ends.iter().rev() {
        let _ = writeln!(js, "    {end}");
    }
    js.push_str("  }\n}\n");
    js
}

/// The local that holds an argument's handle, and where the handle comes from.
fn handle(function: &Function, index: usize) -> Option<(String, String)> {
    let argument = &function.arguments[index];
    let place = format!("'{}', {index}", function.name);
    let (name, earlier) = (&argument.name, &function.arguments[..index]);
    let ordinal = earlier.iter().filter(|earlier| is_slice(earlier)).count();
    // Two plain arrays of one call must not share memory where one of them is written to.
    let list = |which: &dyn Fn(&ArgumentType) -> bool| {
        let names: Vec<_> =
            earlier.iter().filter(|each| which(&each.kind)).map(|each| each.name.as_str()).collect();
        if names.is_empty() { String::new() } else { format!(", [{}]", names.join(", ")) }
    };
    let plain = match argument.kind {
        ArgumentType::Scalar(_) => return None,
        ArgumentType::Shared(element) => {
            let writable = list(&|kind| matches!(kind, ArgumentType::Exclusive(_)));
            format!("$lend({name}, {}, {ordinal}, {place}{writable})", element.tag())
        }
        ArgumentType::Exclusive(element) => {
            let others = list(&|kind| matches!(kind, ArgumentType::Exclusive(_) | ArgumentType::Shared(_)));
            format!("$lendMut({name}, {}, {ordinal}, {place}{others})", element.tag())
        }
        ArgumentType::Keep(element) => format!("$give({name}, {}, {place})", element.tag()),
        ArgumentType::Take(element) | ArgumentType::TakeVec(element) => {
            format!("$give({name}, {}, {place})", element.tag() | MUTABLE)
        }
    };
    Some((format!("{name}$"), format!("$handle({name}) || {plain}")))
}

/// `MUTABLE` of `runtime/js/elements.js`.
const MUTABLE: usize = 1 << 8;

fn is_slice(argument: &Argument) -> bool {
    matches!(argument.kind, ArgumentType::Shared(_) | ArgumentType::Exclusive(_))
}

/// What ends an argument's loan after the call.
fn end(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    match argument.kind {
        ArgumentType::Scalar(_) | ArgumentType::Shared(_) => None,
        ArgumentType::Exclusive(_) => Some(format!("$copyBack({name}, {name}$);")),
        ArgumentType::Keep(_) => Some(format!("$takeBack({name}, {name}$);")),
        ArgumentType::Take(_) | ArgumentType::TakeVec(_) => {
            Some(format!("$takeBack({name}, {name}$); $spend({name});"))
        }
    }
}

/// The arguments by position: 0 for what is no handle, and in brackets what the function owns while it runs, so that an
/// exception leaves no borrow of it behind.
fn failed(function: &Function) -> String {
    let last = function.arguments.iter().rposition(Argument::is_handle).map_or(0, |last| last + 1);
    let handles = function.arguments[..last].iter().map(|argument| match argument.kind {
        ArgumentType::Scalar(_) => ", 0".to_owned(),
        ArgumentType::Shared(_) | ArgumentType::Exclusive(_) => format!(", {}$", argument.name),
        _ => format!(", [{}$]", argument.name),
    });
    format!("$failed(error{})", handles.collect::<String>())
}

/// An expression that is true for the values of a type. The `typeof` comes first, for the operators would convert.
fn valid(scalar: Scalar, name: &str) -> String {
    let integer = |same: String| format!("typeof {name} === 'number' && {same} === {name}");
    match scalar {
        Scalar::U8 => integer(format!("({name} & 0xff)")),
        Scalar::U16 => integer(format!("({name} & 0xffff)")),
        Scalar::U32 => integer(format!("({name} >>> 0)")),
        Scalar::I8 => integer(format!("({name} << 24 >> 24)")),
        Scalar::I16 => integer(format!("({name} << 16 >> 16)")),
        Scalar::I32 => integer(format!("({name} | 0)")),
        Scalar::F32 | Scalar::F64 => format!("typeof {name} === 'number'"),
        Scalar::Bool => format!("typeof {name} === 'boolean'"),
    }
}

fn passed(argument: &Argument) -> String {
    match argument.kind {
        ArgumentType::Scalar(_) => argument.name.clone(),
        _ => format!("{}$", argument.name),
    }
}

fn returned(kind: ResultKind, call: &str) -> String {
    let with = |function: &str, element: Element| format!("return {function}({call}, {});", element.tag());
    match kind {
        ResultKind::Unit => format!("{call};"),
        ResultKind::Scalar(Scalar::Bool) => format!("return {call} !== 0;"),
        ResultKind::Scalar(Scalar::U32) => format!("return {call} >>> 0;"),
        ResultKind::Scalar(_) => format!("return {call};"),
        ResultKind::Copied(element) => with("$copyOut", element),
        ResultKind::ReadOnly(element) => with("$readOnly", element),
        ResultKind::Mutable(element) => with("$mutable", element),
    }
}
