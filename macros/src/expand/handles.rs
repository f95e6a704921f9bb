//! Arguments that cross as handles, in the JavaScript shim: where each handle comes from, and what the call takes.

use std::fmt::Write;

use super::tags::Tags;
use crate::form::{self, Access, Argument};
use crate::model::Function;

/// The local that holds an argument's handle, and the expressions that the handle comes from.
pub struct Handle {
    pub local: String,
    /// The handle of a buffer or instance, else 0.
    own: String,
    plain: Option<Plain>,
}

/// An argument that may be a plain array instead.
struct Plain {
    name: String,
    /// Makes a handle of it, or throws.
    lend: String,
    may_be_absent: bool,
}

/// The statements that give the locals their values. They declare the locals if `declared`.
///
/// Asking for a handle may run a foreign getter. So the shim asks all arguments before it does anything with one of them. An instance
/// comes last, because only its class can see its handle. A plain array among several may have had such a getter. Then the shim compares
/// the handles of the others once more.
pub fn reads(function: &Function, handles: &[Handle], declared: bool, indent: &str) -> String {
    let (asked, seen): (Vec<_>, Vec<_>) = handles.iter().partition(|handle| handle.plain.is_some());
    let is_short = asked.len() < 2 && !may_own_nothing(function);
    let keyword = match (declared, is_short) {
        (false, _) => "",
        (true, true) => "const ",
        (true, false) => "let ",
    };
    let mut js = String::new();
    for Handle { local, own, plain } in asked.iter().chain(&seen) {
        let value = match plain {
            Some(Plain { name, lend, may_be_absent: true }) if is_short => {
                format!("{name} == null ? 0 : $handle({name}) || {lend}")
            }
            Some(Plain { lend, .. }) if is_short => format!("{own} || {lend}"),
            _ => own.clone(),
        };
        let _ = writeln!(js, "{indent}{keyword}{local} = {value};");
    }
    if is_short {
        return js;
    }
    if may_own_nothing(function) {
        let own = taken_buffers(function).map(|argument| format!("{}$ !== 0", argument.name));
        let _ = writeln!(js, "{indent}owns$$ = {};", own.collect::<Vec<_>>().join(" || "));
    }
    let lend = |Handle { local, plain, .. }: &Handle| {
        let Plain { name, lend, may_be_absent } = plain.as_ref()?;
        let present = if *may_be_absent { format!(" && {name} != null") } else { String::new() };
        Some(format!("if ({local} === 0{present}) {local} = {lend};\n"))
    };
    if let [one] = asked[..] {
        return js + indent + &lend(one).unwrap_or_default();
    }
    let any: Vec<_> = asked.iter().map(|handle| format!("{} === 0", handle.local)).collect();
    let pairs: Vec<_> = asked
        .iter()
        .filter_map(|handle| Some(format!("{}, {}", handle.plain.as_ref()?.name, handle.local)))
        .collect();
    let _ = writeln!(js, "{indent}if ({}) {{", any.join(" || "));
    let _ = writeln!(js, "{indent}  $same({}, {});", function.about(), pairs.join(", "));
    for line in asked.iter().copied().filter_map(lend) {
        let _ = write!(js, "{indent}  {line}");
    }
    js + indent + "}\n"
}

/// The handles of a call's arguments.
pub fn of(function: &Function, tags: &Tags) -> Vec<Handle> {
    let arguments = function.arguments.iter().enumerate();
    let handles = arguments.filter(|(_, argument)| argument.has_handle());
    handles.map(|(index, argument)| handle(function, index, argument, tags)).collect()
}

fn handle(function: &Function, index: usize, argument: &Argument, tags: &Tags) -> Handle {
    let place = format!("{}, {index}", function.about());
    let name = &argument.name;
    let lent = argument.form.element().and_then(|element| {
        argument.form.lend(&form::Plain {
            name,
            tag: &tags.expression(element),
            ordinal: function.arguments[..index].iter().filter(|earlier| earlier.form.copies()).count(),
            place: &place,
            check: &check(function, index, &place),
        })
    });
    let own = match argument.class() {
        Some(class) => {
            let values = function.arguments[..index].iter().filter(|earlier| earlier.is_value()).count();
            let (reader, tag) = (tags.reader(class), tags.tag_of_reference(class));
            let read = format!("{reader}({name}) || $reference({name}, {tag}, {values}, {place})");
            if argument.may_be_absent() { format!("{name} == null ? 0 : {read}") } else { read }
        }
        None => argument.form.handle(argument, &place),
    };
    let plain = lent.map(|lend| Plain { name: name.clone(), lend, may_be_absent: argument.may_be_absent() });
    Handle { local: format!("{name}$"), own, plain }
}

/// Checks that a plain array shares no memory with another argument, if one of the two is written to.
///
/// Rust checks this for two buffers. But an array may be a view of a buffer's memory, or have the same memory as an earlier array. All
/// handles of buffers are known at this point.
fn check(function: &Function, index: usize, place: &str) -> String {
    let own = function.arguments[index].form.slice();
    let conflicts = |other: &Argument| match own {
        Some(Access::Shared) => other.form.slice() == Some(Access::Exclusive),
        Some(_) => other.form.element().is_some(),
        None => false,
    };
    let others = function.arguments.iter().enumerate().filter(|&(at, other)| at != index && conflicts(other));
    let others = others.map(|(at, other)| {
        let name = &other.name;
        if at < index && is_slice(other) { format!("{name}, {name}$") } else { format!("{name}$") }
    });
    let others: Vec<_> = others.collect();
    if others.is_empty() { String::new() } else { format!(", $apart([{}], {place})", others.join(", ")) }
}

fn is_slice(argument: &Argument) -> bool {
    argument.form.slice().is_some()
}

/// Moves the arguments that the function takes, right before the call.
pub fn taking(function: &Function, indent: &str) -> String {
    let mut js = String::new();
    let pairs = taken_pairs(function);
    if !pairs.is_empty() {
        let owns = if may_own_nothing(function) { "if (owns$$) " } else { "" };
        let _ = writeln!(js, "{indent}{owns}$taking({}, {pairs});", function.about());
    }
    if takes_instance(function) {
        let _ = writeln!(js, "{indent}$takingInstance(this, class$$, this$, {});", function.about());
    }
    js
}

/// Ends the statement of `taking`, after the call.
pub fn taken(function: &Function) -> Option<String> {
    let pairs = taken_pairs(function);
    let mut ends = Vec::new();
    if !pairs.is_empty() {
        // A copy that the function has needs no end.
        let owns = if may_own_nothing(function) { "if (owns$$ || !moved$$) " } else { "" };
        ends.push(format!("{owns}$taken(moved$$, {pairs});"));
    }
    if takes_instance(function) {
        ends.push("$takenInstance(moved$$, this, class$$, this$);".to_owned());
    }
    (!ends.is_empty()).then(|| ends.join(" "))
}

/// The arguments that are buffers, or copies of plain arrays, and that the function takes.
fn taken_buffers(function: &Function) -> impl Iterator<Item = &Argument> {
    function.arguments.iter().filter(|argument| argument.form.is_taken() && argument.form.element().is_some())
}

/// The same, each with its handle.
fn taken_pairs(function: &Function) -> String {
    taken_buffers(function).map(|argument| format!("{0}, {0}$", argument.name)).collect::<Vec<_>>().join(", ")
}

/// True if all that the function takes may be copies of plain arrays. Then the shim notes in `owns$$` if one of them is a buffer: what is
/// done for those takes as long as the rest of the call.
pub fn may_own_nothing(function: &Function) -> bool {
    let mut taken = taken_buffers(function).peekable();
    taken.peek().is_some() && taken.all(|argument| argument.form.copies())
}

fn takes_instance(function: &Function) -> bool {
    function.arguments.iter().any(|argument| argument.form.receiver() == Some(Access::Owned))
}
