//! Arguments that cross as handles, in the JavaScript shim: where each handle comes from, and what is ended after the call.

use std::fmt::Write;

use super::call::{may_be_absent, tag};
use crate::model::{Access, Argument, ArgumentType, Function};

/// The local that holds an argument's handle, and where the handle comes from.
pub struct Handle {
    pub local: String,
    /// The handle of a buffer or instance, else 0.
    own: String,
    plain: Option<Plain>,
}

/// An argument that may be a plain array instead.
struct Plain {
    name: String,
    /// What makes a handle of it, or throws.
    lend: String,
    may_be_absent: bool,
}

/// The statements that give the locals their values, `declared` or there already.
///
/// To ask an argument for its handle may run a getter of somebody else's. So all are asked before anything is done with one of them, an
/// instance last, whose handle only its class can see; and where a plain array is among several, which may have had such a getter,
/// the handles of the others are compared with those of today.
pub fn reads(function: &Function, handles: &[Handle], declared: bool, indent: &str) -> String {
    let (asked, seen): (Vec<_>, Vec<_>) = handles.iter().partition(|handle| handle.plain.is_some());
    let is_one = asked.len() < 2;
    let keyword = match (declared, is_one) {
        (false, _) => "",
        (true, true) => "const ",
        (true, false) => "let ",
    };
    let mut js = String::new();
    for Handle { local, own, plain } in asked.iter().chain(&seen) {
        let value = match plain {
            Some(Plain { name, lend, may_be_absent: true }) if is_one => {
                format!("{name} == null ? 0 : $handle({name}) || {lend}")
            }
            Some(Plain { lend, .. }) if is_one => format!("{own} || {lend}"),
            _ => own.clone(),
        };
        let _ = writeln!(js, "{indent}{keyword}{local} = {value};");
    }
    if is_one {
        return js;
    }
    let any: Vec<_> = asked.iter().map(|handle| format!("{} === 0", handle.local)).collect();
    let pairs: Vec<_> = asked
        .iter()
        .filter_map(|handle| Some(format!("{}, {}", handle.plain.as_ref()?.name, handle.local)))
        .collect();
    let _ = writeln!(js, "{indent}if ({}) {{", any.join(" || "));
    let _ = writeln!(js, "{indent}  $same('{}', {});", function.path(), pairs.join(", "));
    for Handle { local, plain, .. } in &asked {
        let Some(Plain { name, lend, may_be_absent }) = plain else { continue };
        let present = if *may_be_absent { format!(" && {name} != null") } else { String::new() };
        let _ = writeln!(js, "{indent}  if ({local} === 0{present}) {local} = {lend};");
    }
    js + indent + "}\n"
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
    let plain = Plain { name: name.clone(), lend: plain, may_be_absent: absent.is_some() };
    Some(Handle { local: format!("{name}$"), own, plain: Some(plain) })
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
        let _ = writeln!(js, "{indent}$takingInstance(this, class$, this$, '{}');", function.path());
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
