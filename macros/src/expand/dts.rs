//! The TypeScript declarations of functions.

use super::jsdoc;
use crate::form::Argument;
use crate::model::{Function, MemberKind, Worker};
use crate::typescript::{Direction, Piece, TypeScript};

/// `export function f(…): …;` with its comment.
pub fn declaration(function: &Function) -> Vec<Piece> {
    let mut ts = TypeScript::default();
    ts.text(&jsdoc::comment(function));
    ts.text("export function ");
    signature(&mut ts, function);
    ts.0
}

/// The object that has the functions of a namespace.
pub fn namespace(name: &str, functions: &[Function]) -> Vec<Piece> {
    let mut ts = TypeScript::default();
    ts.text(&format!("export const {name}: {{\n"));
    for function in functions.iter().filter(|function| !function.skip_typescript && !function.is_start) {
        ts.text(&jsdoc::comment(function));
        signature(&mut ts, function);
    }
    ts.text("};\n");
    ts.0
}

/// The functions that an `impl` block adds to the object of an enum.
pub fn of_enum(name: &str, functions: &[Function]) -> Vec<Piece> {
    let mut ts = TypeScript::default();
    let mut shown = functions.iter().filter(|function| !function.skip_typescript).peekable();
    if shown.peek().is_none() {
        return ts.0;
    }
    ts.text(&format!("export interface {name}Enum {{\n"));
    for function in shown {
        ts.text(&jsdoc::comment(function));
        ts.text("  ");
        signature(&mut ts, function);
    }
    ts.text("}\n");
    ts.0
}

/// The members of a class: both halves are interfaces, which several blocks can add to.
pub fn members(class: &str, functions: &[Function]) -> Vec<Piece> {
    let mut ts = TypeScript::default();
    let shown = || functions.iter().filter(|function| !function.skip_typescript);
    let interfaces = [(class.to_owned(), false), (format!("{class}Constructor"), true)];
    for (interface, of_class) in interfaces {
        let mut members = shown()
            .filter_map(|function| function.member.as_ref().map(|member| (function, member.kind)))
            .filter(|(function, _)| function.has_receiver() != of_class)
            .peekable();
        if members.peek().is_none() {
            continue;
        }
        ts.text(&format!("export interface {interface} {{\n"));
        for (function, kind) in members {
            ts.text(&jsdoc::comment(function));
            ts.text("  ");
            ts.text(match kind {
                MemberKind::Constructor => "new ",
                MemberKind::Getter => "get ",
                MemberKind::Setter => "set ",
                MemberKind::Method | MemberKind::Static => "",
            });
            member(&mut ts, function, kind);
        }
        ts.text("}\n");
    }
    ts.0
}

fn member(ts: &mut TypeScript, function: &Function, kind: MemberKind) {
    if kind != MemberKind::Constructor {
        ts.text(name(function));
    }
    arguments(ts, function);
    if kind != MemberKind::Setter {
        ts.text(": ");
        result(ts, function);
    }
    ts.text(";\n");
}

/// The name, in quotes if the declaration would be that of a constructor.
fn name(function: &Function) -> &str {
    if function.name == "new" { "'new'" } else { &function.name }
}

/// `f(…): …;`
fn signature(ts: &mut TypeScript, function: &Function) {
    ts.text(name(function));
    arguments(ts, function);
    ts.text(": ");
    result(ts, function);
    ts.text(";\n");
}

/// `(…)`. A setter's parameter cannot be left out.
fn arguments(ts: &mut TypeScript, function: &Function) {
    ts.text("(");
    let is_setter = function.is_of_kind(MemberKind::Setter);
    let required = if is_setter { function.arguments.len() } else { function.required() };
    let receiver = usize::from(function.has_receiver());
    for (index, parameter) in function.arguments.iter().enumerate().skip(receiver) {
        if index > receiver {
            ts.text(", ");
        }
        if let (Some(rest), true) = (function.rest(), index + 1 == function.arguments.len()) {
            self::rest(ts, rest);
            continue;
        }
        ts.text(&parameter.name);
        ts.text(if index >= required { "?: " } else { ": " });
        argument(ts, parameter, if index >= required { " | null" } else { " | null | undefined" });
    }
    if let Some(worker) = &function.worker {
        options(ts, function, worker);
    }
    ts.text(")");
}

/// The options of a call that runs on another thread. `onProgress` is there only if the function reports something.
fn options(ts: &mut TypeScript, function: &Function, worker: &Worker) {
    let is_taken = function.arguments.iter().any(|argument| argument.name == "options");
    let separator = if function.arguments.is_empty() { "" } else { ", " };
    ts.text(&format!("{separator}{}?: LendJobOptions", if is_taken { "options_" } else { "options" }));
    if let Some((_, ty)) = &worker.progress {
        ts.text("<");
        ts.value(ty, Direction::Out);
        ts.text(">");
    }
}

/// The parameter that takes all the rest.
fn rest(ts: &mut TypeScript, argument: &Argument) {
    ts.text(&format!("...{}: ", argument.name));
    match (&argument.ts, argument.form.rest(argument)) {
        (Some(own), _) => ts.text(own),
        (None, rest) => rest.into_iter().flat_map(|rest| rest.0).for_each(|piece| ts.piece(piece)),
    }
}

fn argument(ts: &mut TypeScript, argument: &Argument, absent: &str) {
    match &argument.ts {
        Some(own) => ts.text(own),
        None => argument.form.typescript(argument, absent, ts),
    }
}

fn result(ts: &mut TypeScript, function: &Function) {
    if let Some(own) = &function.ts_return {
        return ts.text(own);
    }
    if function.is_async {
        ts.text("Promise<");
    }
    let result = &function.result;
    result.form.typescript(result.written.as_ref(), ts);
    if result.option {
        ts.text(" | undefined");
    }
    if function.is_async {
        ts.text(">");
    }
}
