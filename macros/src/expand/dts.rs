//! The TypeScript declaration of a function.

use crate::model::{ArgumentType, Function, ResultKind, Scalar};

pub fn declaration(function: &Function) -> String {
    let arguments: Vec<_> = function
        .arguments
        .iter()
        .map(|argument| format!("{}: {}", argument.name, argument_type(argument.kind)))
        .collect();
    let result = result_type(function.result.kind);
    format!("{}export function {}({}): {result};\n", comment(function), function.name, arguments.join(", "))
}

fn comment(function: &Function) -> String {
    // `*/` would end the comment.
    let mut lines: Vec<_> = function
        .docs
        .iter()
        .flat_map(|doc| doc.split('\n'))
        .map(|line| line.trim_end().replace("*/", "*\\/"))
        .collect();
    if let Some(note) = &function.deprecated {
        lines.push(format!(" @deprecated {note}").trim_end().replace("*/", "*\\/"));
    }
    if lines.is_empty() {
        return String::new();
    }
    let body: String = lines.iter().map(|line| format!(" *{line}\n")).collect();
    format!("/**\n{body} */\n")
}

fn argument_type(kind: ArgumentType) -> String {
    match kind {
        ArgumentType::Scalar(scalar) => scalar_type(scalar).to_owned(),
        ArgumentType::Shared(element) => {
            format!("ReadOnlyBuffer<{0}> | MutableBuffer<{0}> | {0}", element.array())
        }
        ArgumentType::Exclusive(element) | ArgumentType::Take(element) | ArgumentType::TakeVec(element) => {
            format!("MutableBuffer<{0}> | {0}", element.array())
        }
        ArgumentType::Keep(element) => format!("ReadOnlyBuffer<{0}> | {0}", element.array()),
    }
}

fn result_type(kind: ResultKind) -> String {
    match kind {
        ResultKind::Unit => "void".to_owned(),
        ResultKind::Scalar(scalar) => scalar_type(scalar).to_owned(),
        ResultKind::Copied(element) => element.array().to_owned(),
        ResultKind::ReadOnly(element) => format!("ReadOnlyBuffer<{}>", element.array()),
        ResultKind::Mutable(element) => format!("MutableBuffer<{}>", element.array()),
    }
}

fn scalar_type(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        _ => "number",
    }
}
