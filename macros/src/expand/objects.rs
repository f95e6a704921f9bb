//! Arguments that cross as indices into the table of objects, in the JavaScript shim.
//!
//! What a call borrows is pushed and popped here, and the one object that it owns put into the slab and taken out: as calls of
//! the runtime these cost more than the call of wasm (Firefox does not inline them).

use std::fmt::Write;

use crate::model::{Argument, ArgumentType, Function, Object};

/// The arguments that cross as indices.
pub fn of(function: &Function) -> impl Iterator<Item = (&Argument, Object)> {
    function.arguments.iter().filter_map(|argument| match argument.kind {
        ArgumentType::Object(object) => Some((argument, object)),
        _ => None,
    })
}

/// The locals that hold the indices; 0 is that of `undefined`.
pub fn locals(function: &Function) -> String {
    let locals: Vec<_> = of(function).map(|(argument, _)| format!("{}$ = 0", argument.name)).collect();
    if locals.is_empty() { String::new() } else { format!("  let {};\n", locals.join(", ")) }
}

/// The raw argument.
pub fn passed(function: &Function, argument: &Argument, object: Object) -> String {
    let (name, local) = (&argument.name, format!("{}$", argument.name));
    if !object.is_owned() {
        // An absent one needs no place.
        let push = format!("-$stack.push({name})");
        let may_be_absent = super::call::may_be_absent(argument);
        return if may_be_absent {
            format!("{local} = {name} == null ? 0 : {push}")
        } else {
            format!("{local} = {push}")
        };
    }
    if the_only_owned(function).is_some() { local } else { format!("{local} = $ownEarly({name})") }
}

/// The argument that is owned, if it is one.
fn the_only_owned(function: &Function) -> Option<&Argument> {
    let mut owned = of(function).filter(|(_, object)| object.is_owned());
    let first = owned.next()?.0;
    owned.next().is_none().then_some(first)
}

/// Puts it into the slab: an object here, what may be one of the constants (or finds no room) in the runtime.
pub fn own_the_only(function: &Function, indent: &str) -> String {
    let Some(Argument { name, .. }) = the_only_owned(function) else { return String::new() };
    let is_object = format!("typeof {name} === 'object' && {name} !== null");
    [
        "const slab$ = $slab, places$ = slab$.places;".to_owned(),
        format!("if ({is_object} && ({name}$ = slab$.next) < places$.length) {{"),
        format!("  slab$.next = places$[{name}$];"),
        format!("  places$[{name}$] = {name};"),
        format!("}} else {name}$ = $own({name});"),
    ]
    .map(|line| format!("{indent}{line}\n"))
    .concat()
}

/// What ends the borrows after the call, and frees what Rust has let go of.
pub fn end(function: &Function, indent: &str) -> String {
    let mut js = String::new();
    for (argument, _) in of(function).filter(|(_, object)| !object.is_owned()) {
        let pop = if super::call::may_be_absent(argument) {
            format!("if ({}$ !== 0) $stack.pop();", argument.name)
        } else {
            "$stack.pop();".to_owned()
        };
        let _ = writeln!(js, "{indent}{pop}");
    }
    if the_only_owned(function).is_some() {
        let lines = [
            "const notes$ = slab$.notes, noted$ = notes$[slab$.released];",
            "if (noted$ > 0 && notes$[slab$.released + 1] === 0) {",
            "  notes$[slab$.released] = 0;",
            "  places$[noted$] = slab$.next;",
            "  slab$.next = noted$;",
            "} else if (noted$ !== 0) $settle();",
        ];
        js.push_str(&lines.map(|line| format!("{indent}{line}\n")).concat());
    } else if of(function).any(|(_, object)| object.is_owned()) {
        let _ = writeln!(js, "{indent}$settle();");
    }
    js
}

/// The error that the shim throws, after ending what the call had.
pub fn dropped(function: &Function, failed: String, flags: u32) -> String {
    let locals = |owned| {
        of(function)
            .filter(move |(_, object)| object.is_owned() == owned)
            .map(|(argument, _)| format!("{}$", argument.name))
    };
    if of(function).next().is_none() {
        return failed;
    }
    // The first of those on the stack: absent ones have no place.
    let depth = locals(false).collect::<Vec<_>>().join(" || ");
    let owned: String = locals(true).map(|local| format!(", {local}")).collect();
    format!("$dropObjects({failed}, {flags}, {}{owned})", if depth.is_empty() { "0" } else { &depth })
}
