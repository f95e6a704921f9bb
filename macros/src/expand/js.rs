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
    let used: BTreeSet<&str> = RUNTIME.into_iter().filter(|name| shims.contains(&format!("{name}("))).collect();
    let used = used.into_iter().collect::<Vec<_>>().join(", ");
    let mut module = String::from(
        "const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };\n",
    );
    if !used.is_empty() {
        let _ = writeln!(module, "let {} = early$;", used.replace(", ", " = early$, "));
    }
    for function in functions {
        let _ = writeln!(module, "let {}$raw = early$;", function.name);
    }
    module.push_str("\nexport function bind$(runtime) {\n");
    if !used.is_empty() {
        let _ = writeln!(module, "  ({{ {used} }} = runtime);");
    }
    module.push_str("  runtime.$register({\n");
    for function in functions {
        let signature: Vec<_> = function.arguments.iter().map(|argument| format!("'{}'", argument.shown())).collect();
        let _ = writeln!(module, "    {}: [{}],", function.name, signature.join(", "));
    }
    module.push_str("  }, (exports) => {\n");
    for function in functions {
        let _ = writeln!(module, "    {}$raw = exports['{}'];", function.name, symbol(function));
    }
    module.push_str("  });\n}\n");
    module + &shims
}

/// What a snippet may use of the runtime.
const RUNTIME: [&str; 9] =
    ["$handle", "$lend", "$give", "$spend", "$reject", "$failed", "$copyOut", "$readOnly", "$mutable"];

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
    let call = format!("{}$raw({})", function.name, passed.join(", "));
    let call = returned(function.result.kind, &call);
    let handles: Vec<_> = function.arguments.iter().enumerate().filter(|(_, argument)| argument.is_handle()).collect();
    if handles.is_empty() {
        let _ = writeln!(js, "  try {{\n    {call}\n  }} catch (error) {{\n    throw $failed(error);\n  }}\n}}");
        return js;
    }
    let locals: Vec<_> = handles.iter().map(|(_, argument)| format!("{0}$ = $handle({0})", argument.name)).collect();
    let _ = writeln!(js, "  let loan$ = null, {};\n  try {{", locals.join(", "));
    for (index, argument) in &handles {
        let name = &argument.name;
        let lend = match argument.kind {
            ArgumentType::Exclusive(element) => format!("$lend(loan$, {name}, {}, true", element.tag()),
            ArgumentType::Shared(element) => format!("$lend(loan$, {name}, {}, false", element.tag()),
            ArgumentType::Keep(element) => format!("$give(loan$, {name}, {}, true", element.tag()),
            ArgumentType::Take(element) | ArgumentType::TakeVec(element) => {
                format!("$give(loan$, {name}, {}, false", element.tag())
            }
            ArgumentType::Scalar(_) => unreachable!("filtered out above"),
        };
        let _ = writeln!(js, "    if ({name}$ === 0) {name}$ = (loan$ = {lend}, '{}', {index})).handle;", function.name);
    }
    let borrowed: String = handles.iter().map(|(_, argument)| format!(", {}$", argument.name)).collect();
    let _ = writeln!(js, "    {call}\n  }} catch (error) {{\n    throw $failed(error{borrowed});\n  }} finally {{");
    js.push_str("    if (loan$ !== null) loan$.settle();\n");
    for (_, argument) in &handles {
        if matches!(argument.kind, ArgumentType::Take(_) | ArgumentType::TakeVec(_)) {
            let _ = writeln!(js, "    $spend({});", argument.name);
        }
    }
    js.push_str("  }\n}\n");
    js
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
