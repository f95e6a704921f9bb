//! Arguments that cross as indices into the object table, in the JavaScript shim.
//!
//! The shim pushes and pops what the call borrows, and puts the one object that it owns into the slab and takes it out. As calls of
//! the runtime these would cost more than the call of wasm (Firefox does not inline them).

use std::fmt::Write;

use crate::form::{Argument, Crossing};
use crate::model::Function;

/// The arguments that cross as indices, and true for those that the function owns.
fn of(function: &Function) -> impl Iterator<Item = (&Argument, bool)> {
    function.arguments.iter().filter_map(|argument| match argument.form.crossing() {
        Crossing::Object { is_owned } => Some((argument, is_owned)),
        _ => None,
    })
}

/// True if an argument crosses as an index.
pub fn any(function: &Function) -> bool {
    of(function).next().is_some()
}

/// The locals that hold the indices. 0 is the index of `undefined`.
pub fn locals(function: &Function) -> String {
    let locals: Vec<_> = of(function).map(|(argument, _)| format!("{}$ = 0", argument.name)).collect();
    if locals.is_empty() { String::new() } else { format!("  let {};\n", locals.join(", ")) }
}

/// The argument that the function owns, if it owns exactly one.
pub fn the_only_owned(function: &Function) -> Option<&Argument> {
    let mut owned = of(function).filter(|(_, is_owned)| *is_owned);
    let first = owned.next()?.0;
    owned.next().is_none().then_some(first)
}

/// Puts it into the slab. The runtime does it for a value that may be one of the constants, and if the slab is full.
pub fn own_the_only(function: &Function, indent: &str) -> String {
    let Some(Argument { name, .. }) = the_only_owned(function) else { return String::new() };
    let is_object = format!("typeof {name} === 'object' && {name} !== null");
    [
        "const slab$$ = $slab, places$$ = slab$$.places;".to_owned(),
        format!("if ({is_object} && ({name}$ = slab$$.next) < places$$.length) {{"),
        format!("  slab$$.next = places$$[{name}$];"),
        format!("  places$$[{name}$] = {name};"),
        format!("}} else {name}$ = $own({name});"),
    ]
    .map(|line| format!("{indent}{line}\n"))
    .concat()
}

/// Ends the borrows after the call, and frees the places that Rust has dropped.
pub fn end(function: &Function, indent: &str) -> String {
    let mut js = String::new();
    for (argument, _) in of(function).filter(|(_, is_owned)| !is_owned) {
        let pop = if argument.may_be_absent() {
            format!("if ({}$ !== 0) $stack.pop();", argument.name)
        } else {
            "$stack.pop();".to_owned()
        };
        let _ = writeln!(js, "{indent}{pop}");
    }
    if the_only_owned(function).is_some() {
        let lines = [
            "const notes$$ = slab$$.notes, noted$$ = notes$$[slab$$.released];",
            "if (noted$$ > 0 && notes$$[slab$$.released + 1] === 0) {",
            "  notes$$[slab$$.released] = 0;",
            "  places$$[noted$$] = slab$$.next;",
            "  slab$$.next = noted$$;",
            "} else if (noted$$ !== 0) $settle();",
        ];
        js.push_str(&lines.map(|line| format!("{indent}{line}\n")).concat());
    } else if of(function).any(|(_, is_owned)| is_owned) {
        let _ = writeln!(js, "{indent}$settle();");
    }
    js
}

/// The error that the shim throws, after ending what the call had.
pub fn dropped(function: &Function, failed: String, flags: &str) -> String {
    let locals = |owned| {
        of(function)
            .filter(move |(_, is_owned)| *is_owned == owned)
            .map(|(argument, _)| format!("{}$", argument.name))
    };
    if !any(function) {
        return failed;
    }
    // The first argument on the stack: absent arguments have no place there.
    let depth = locals(false).collect::<Vec<_>>().join(" || ");
    let owned: String = locals(true).map(|local| format!(", {local}")).collect();
    format!("$dropObjects({failed}, {flags}, {}{owned})", if depth.is_empty() { "0" } else { &depth })
}
