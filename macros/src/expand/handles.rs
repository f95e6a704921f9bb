//! Arguments that cross as handles, in the JavaScript shim: where each handle comes from, and what is ended after the call.

use std::fmt::Write;

use super::call::{may_be_absent, tag};
use crate::model::{Access, Argument, ArgumentType, Function};

/// The local that holds an argument's handle, and where the handle comes from.
pub struct Handle {
    pub local: String,
    /// The handle of a buffer or instance, else 0.
    own: String,
    /// What makes one of a plain array, or throws; and the argument, if it may be absent.
    plain: Option<(String, Option<String>)>,
}

impl Handle {
    /// `const a$ = …`, for a shim that ends nothing.
    pub fn constants(handles: &[Self], indent: &str) -> String {
        if Self::are_read_at_once(handles) {
            let all: String = handles
                .iter()
                .map(|handle| format!("{indent}const {} = {};\n", handle.local, handle.in_one()))
                .collect();
            return all;
        }
        let locals: Vec<_> =
            handles.iter().map(|handle| format!("{} = {}", handle.local, handle.own)).collect();
        format!("{indent}let {};\n{}", locals.join(", "), Self::of_plain_arrays(handles, indent))
    }

    /// The same of locals that are there already.
    pub fn assignments(handles: &[Self], indent: &str) -> String {
        if Self::are_read_at_once(handles) {
            return handles
                .iter()
                .map(|handle| format!("{indent}{} = {};\n", handle.local, handle.in_one()))
                .collect();
        }
        let own: String =
            handles.iter().map(|handle| format!("{indent}{} = {};\n", handle.local, handle.own)).collect();
        own + &Self::of_plain_arrays(handles, indent)
    }

    /// Whether one alone may run code of others when it is asked for its handle, so that nothing has been done before.
    fn are_read_at_once(handles: &[Self]) -> bool {
        handles.iter().filter(|handle| handle.plain.is_some()).count() < 2
    }

    fn in_one(&self) -> String {
        match &self.plain {
            Some((plain, None)) => format!("{} || {plain}", self.own),
            Some((plain, Some(name))) => format!("{name} == null ? 0 : $handle({name}) || {plain}"),
            None => self.own.clone(),
        }
    }

    fn of_plain_arrays(handles: &[Self], indent: &str) -> String {
        let lines = handles.iter().filter_map(|Handle { local, plain, .. }| {
            let (plain, absent) = plain.as_ref()?;
            let present = absent.as_ref().map_or_else(String::new, |name| format!(" && {name} != null"));
            Some(format!("{indent}if ({local} === 0{present}) {local} = {plain};\n"))
        });
        lines.collect()
    }
}

/// That of an argument, if it crosses as one.
pub fn handle(function: &Function, index: usize, elements: &[String]) -> Option<Handle> {
    let argument = &function.arguments[index];
    if let ArgumentType::This(_) = argument.kind {
        let own = format!("of$(this) || $noInstance(this, class$, '{}', {index})", function.path());
        return Some(Handle { local: "this$".to_owned(), own, plain: None });
    }
    let tag = tag(argument.element()?, elements);
    let place = format!("'{}', {index}", function.path());
    let (name, earlier) = (&argument.name, &function.arguments[..index]);
    let ordinal = earlier.iter().filter(|earlier| is_slice(earlier)).count();
    // No two arguments of one call share memory where one of them is written to. Of two buffers Rust sees that. An array may be a
    // view of a buffer's memory, whose handle is known by now; or of the same memory as an earlier array.
    let conflicts = |other: &Argument| match argument.kind {
        ArgumentType::Shared(_) => matches!(other.kind, ArgumentType::Exclusive(_)),
        ArgumentType::Exclusive(_) => other.element().is_some(),
        _ => false,
    };
    let others = function.arguments.iter().enumerate();
    let others = others.filter(|&(at, other)| at != index && conflicts(other)).map(|(at, other)| {
        let other_name = &other.name;
        if at < index && is_slice(other) {
            format!("{other_name}, {other_name}$")
        } else {
            format!("{other_name}$")
        }
    });
    let others: Vec<_> = others.collect();
    let check = match &others[..] {
        [] => String::new(),
        others => format!(", $apart([{}], {place})", others.join(", ")),
    };
    let plain = match argument.kind {
        ArgumentType::Shared(_) => format!("$lend({name}, {tag}, {ordinal}, {place}{check})"),
        ArgumentType::Exclusive(_) => format!("$lendMut({name}, {tag}, {ordinal}, {place}{check})"),
        ArgumentType::Keep(_) => format!("$give({name}, {tag}, {place})"),
        _ => format!("$give({name}, {tag} | {MUTABLE}, {place})"),
    };
    let absent = may_be_absent(argument).then(|| name.clone());
    let own = match &absent {
        Some(name) => format!("{name} == null ? 0 : $handle({name})"),
        None => format!("$handle({name})"),
    };
    Some(Handle { local: format!("{name}$"), own, plain: Some((plain, absent)) })
}

/// `MUTABLE` of `runtime/js/elements.js`.
const MUTABLE: &str = "0x10000";

fn is_slice(argument: &Argument) -> bool {
    matches!(argument.kind, ArgumentType::Shared(_) | ArgumentType::Exclusive(_))
}

/// What ends an argument's loan after the call.
pub fn end(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    match argument.kind {
        ArgumentType::Exclusive(_) => Some(format!("$copyBack({name}, {name}$);")),
        ArgumentType::Keep(_) => Some(format!("$takeBack({name}, {name}$);")),
        _ => None,
    }
}

/// Spends what the function takes, right before the call.
pub fn taking(function: &Function, indent: &str) -> String {
    let mut js = String::new();
    let pairs = taken_buffers(function);
    if !pairs.is_empty() {
        let _ = writeln!(js, "{indent}$taking('{}', {pairs});", function.path());
    }
    if takes_instance(function) {
        let _ = writeln!(js, "{indent}$takingInstance(this, class$);");
    }
    js
}

/// Ends that.
pub fn taken(function: &Function) -> Option<String> {
    let pairs = taken_buffers(function);
    let mut ends = Vec::new();
    if !pairs.is_empty() {
        ends.push(format!("$taken(moved$, {pairs});"));
    }
    if takes_instance(function) {
        ends.push("$takenInstance(moved$, this, class$, this$);".to_owned());
    }
    (!ends.is_empty()).then(|| ends.join(" "))
}

/// The buffers that the function takes, each with its handle.
fn taken_buffers(function: &Function) -> String {
    let buffers =
        function.arguments.iter().filter(|argument| argument.is_taken() && argument.element().is_some());
    buffers.map(|argument| format!("{0}, {0}$", argument.name)).collect::<Vec<_>>().join(", ")
}

fn takes_instance(function: &Function) -> bool {
    function.arguments.iter().any(|argument| matches!(argument.kind, ArgumentType::This(Access::Owned)))
}
